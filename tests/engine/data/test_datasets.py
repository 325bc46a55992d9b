"""Data sets made to order."""

import numpy as np
import pytest

from engine import FormulaError
from engine.data.columns import Columns
from engine.data.datasets import GENERATORS, generate

every = pytest.mark.parametrize("name", GENERATORS)


@every
def test_a_data_set_has_the_columns_that_it_names(name: str) -> None:
    columns = Columns(generate(name))
    assert tuple(columns) == GENERATORS[name].columns
    assert columns.rows == GENERATORS[name].defaults["points"]


@every
def test_every_setting_changes_the_data_and_may_be_at_either_end(name: str) -> None:
    usual = generate(name)
    for setting in GENERATORS[name].settings:
        for value in (setting.low, setting.high):
            changed = generate(name, **{setting.name: value})
            assert Columns(changed).rows >= 1
            same = all(np.array_equal(changed[column], usual[column]) for column in usual)
            assert same == (value == setting.default), setting.name


@every
def test_with_more_points_those_that_were_there_stay(name: str) -> None:
    few, many = generate(name, points=50, seed=4), generate(name, points=80, seed=4)
    for column in few:
        np.testing.assert_array_equal(few[column], many[column][:50])


def test_points_scatter_around_the_line_as_far_as_the_noise_says() -> None:
    columns = generate("line", points=10_000, noise=0.7, slope=-1, intercept=2, offset=3)
    slope, intercept = np.polyfit(columns["u"], columns["v"], 1)
    residuals = columns["v"] - slope * columns["u"] - intercept
    assert (slope, intercept) == (pytest.approx(-1, abs=0.03), pytest.approx(2, abs=0.1))
    assert residuals.std() == pytest.approx(0.7, rel=0.03) and columns["u"].mean() == pytest.approx(3, abs=0.05)


def test_columns_are_as_alike_and_as_empty_as_asked() -> None:
    columns = generate("two columns", points=10_000, correlation=0.8, sparsity=0.9)
    there = columns["s"] != 0
    assert there.mean() == pytest.approx(0.1, abs=0.01)
    assert np.corrcoef(columns["u"][there], columns["s"][there])[0, 1] == pytest.approx(0.8, abs=0.05)


@pytest.mark.parametrize(
    ("name", "settings", "told"),
    [
        ("circle", {}, 'There is no data set "circle".'),
        ("line", {"colour": 1.0}, 'There is no setting "colour" here.'),
        ("line", {"points": 1e9}, 'The setting "points" lies between 2 and 10000, not at 1e+09.'),
        ("line", {"noise": float("nan")}, 'The setting "noise" must be a finite number, not nan.'),
    ],
)
def test_what_cannot_be_made_is_told_in_a_sentence(name: str, settings: dict[str, float], told: str) -> None:
    with pytest.raises(FormulaError) as caught:
        generate(name, **settings)
    assert caught.value.message == told
