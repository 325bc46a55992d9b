"""Axes of settings, on both scales and as deep as float64 goes."""

import numpy as np
import pytest

from gui.views.studies.setting_axis import SettingAxis

LINEAR = SettingAxis("momentum", 0.0, 0.99, log=False)
LOG = SettingAxis("lr", 1e-5, 10.0, log=True)
DEEP = [
    SettingAxis("lr", 0.3, 0.3 + 1e-10, log=True),
    SettingAxis("momentum", 0.9, 0.9 + 1e-12, log=False),
]


@pytest.mark.parametrize("axis", [LINEAR, LOG, *DEEP], ids=str)
def test_a_value_lies_where_it_is_found_again(axis: SettingAxis) -> None:
    for share in (0.0, 0.25, 0.5, 1.0):
        assert axis.share(axis.at(share)) == pytest.approx(share, abs=1e-3)


@pytest.mark.parametrize("axis", [LINEAR, LOG, *DEEP], ids=str)
def test_ticks_lie_on_the_axis_and_have_different_texts(axis: SettingAxis) -> None:
    ticks = axis.ticks(6)
    assert 2 <= len(ticks) <= 14
    assert all(-1e-6 <= share <= 1.0 + 1e-6 for share, _ in ticks)
    assert len({text for _, text in ticks}) == len(ticks)


def test_a_deep_axis_names_from_where_its_numbers_are_counted() -> None:
    assert DEEP[1].title.startswith("momentum = 0.9")
    assert LOG.title == "lr"


def test_the_middles_of_cells_differ_as_long_as_float64_tells_them_apart() -> None:
    assert (np.diff(DEEP[0].middles(300)) > 0.0).all()
    assert len(np.unique(SettingAxis("lr", 0.3, 0.3 + 1e-15, log=False).middles(300))) < 300
