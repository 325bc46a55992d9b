"""Zooming and moving within everything there is to see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.views.curves.zoom import moved, zoomed

WHOLE = ((0.0, 100.0), (-3.0, 2.0))
shares = st.floats(0.0, 1.0)


@given(shares, shares, st.floats(0.1, 0.99))
def test_what_is_under_the_pointer_stays_there(across: float, up: float, factor: float) -> None:
    about = 100.0 * across, 5.0 * up - 3.0
    (x0, x1), (y0, y1) = zoomed(WHOLE, WHOLE, about, (factor, factor))
    assert x1 - x0 == pytest.approx(100.0 * factor) and y1 - y0 == pytest.approx(5.0 * factor)
    assert (about[0] - x0) / (x1 - x0) == pytest.approx(across, abs=1e-6)
    assert (about[1] - y0) / (y1 - y0) == pytest.approx(up, abs=1e-6)


def test_nothing_beyond_everything_is_shown() -> None:
    part = ((0.0, 50.0), (-3.0, 0.0))
    assert zoomed(part, WHOLE, (25.0, -1.0), (100.0, 100.0)) is None
    (x0, x1), (y0, y1) = zoomed(part, WHOLE, (25.0, -1.0), (1.2, 1.0))
    assert (x0, y0, y1) == (0.0, -3.0, 0.0) and x1 == pytest.approx(60.0)
    assert moved(part, WHOLE, (-10.0, 9.0)) == ((0.0, 50.0), (-1.0, 2.0))


def test_along_one_axis_the_other_stays() -> None:
    (x0, x1), up = zoomed(WHOLE, WHOLE, (50.0, 0.0), (0.5, 1.0))
    assert (x0, x1, up) == (25.0, 75.0, WHOLE[1])


def test_a_part_too_small_to_be_told_apart_is_not_zoomed_further() -> None:
    part = ((50.0, 50.00001), (-3.0, 2.0))
    assert zoomed(part, WHOLE, (50.0, 0.0), (0.5, 1.0)) == part
