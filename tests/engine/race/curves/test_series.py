"""The values of a quantity along a race, in bounded memory."""

import math

import numpy as np
import pytest

from engine import OPTIMIZERS, Race, compile_loss
from engine.race.curves.quantities import ANGLE, DERIVED, DISTANCE, STEP_LENGTH, names_in
from engine.race.curves.series import MOST_ROWS, QuantityCurve, Series
from engine.rules.rule import Rule
from engine.solvers.solver import Solver

ROSENBROCK = "(a - x)^2 + b*(y - x^2)^2"
START = (-1.2, 1.0)
MINIMA = ((1.0, 1.0),)
RULES = [name for name, entry in OPTIMIZERS.items() if not isinstance(entry, Solver)]


def race_of(*racers: str) -> Race:
    return Race(compile_loss(ROSENBROCK, a=1, b=100), list(racers), START)


def curve_of(race: Race, quantity: str, number: int = 0) -> QuantityCurve:
    series = Series(race.watch(number), quantity)
    assert series.extend(race.step, MINIMA, math.inf) and series.is_complete(race.step, MINIMA)
    curve = series.curve()
    assert curve is not None
    return curve


def test_a_short_race_has_a_value_for_every_step() -> None:
    race = race_of("Adam(lr=0.02)")
    race.advance(100)
    curve = curve_of(race, "m")
    assert curve.steps.tolist() == list(range(1, 101))
    values = race.watch(0).made(60)
    assert values is not None and tuple(curve.values[:, 59]) == values.after["m"]


@pytest.mark.parametrize("steps", [511, 512, 5000, 300_001, 1_000_000])
def test_a_long_race_has_few_values_the_first_and_the_newest_among_them(steps: int) -> None:
    race = race_of("Adam(lr=0.02)")
    race.advance(steps)
    curve = curve_of(race, "v")
    assert MOST_ROWS / 5 <= len(curve.steps) <= MOST_ROWS + 1
    assert curve.steps[0] == 1 and curve.steps[-1] == steps
    middle = len(curve.steps) // 2
    values = race.watch(0).made(int(curve.steps[middle]))
    assert values is not None and tuple(curve.values[:, middle]) == values.after["v"]


def test_a_curve_that_grows_with_the_race_is_the_one_that_is_made_at_once() -> None:
    race = race_of("Adam(lr=0.02)")
    series = Series(race.watch(0), "m_hat")
    for steps in (3, 500, 600, 40_000):
        race.advance(steps)
        series.extend(race.step, MINIMA, math.inf)
    grown, anew = series.curve(), curve_of(race, "m_hat")
    assert grown is not None and grown.steps.tolist() == anew.steps.tolist()
    assert np.array_equal(grown.values, anew.values)


def test_without_time_nothing_is_made_and_it_goes_on_later() -> None:
    race = race_of("Adam(lr=0.02)")
    race.advance(50)
    series = Series(race.watch(0), "m")
    assert not series.extend(race.step, MINIMA, 0.0) and series.curve() is None
    assert not series.is_complete(race.step, MINIMA)
    assert series.extend(race.step, MINIMA, math.inf)


def test_going_back_and_another_way_leaves_no_old_value() -> None:
    race = race_of("Adam(lr=0.02)")
    series = Series(race.watch(0), "m")
    race.advance(100)
    series.extend(race.step, MINIMA, math.inf)
    race.rewind(40)
    series.extend(race.step, MINIMA, math.inf)
    assert series.curve().steps[-1] == 40  # type: ignore[union-attr]
    race.rewind(20)
    race.set(0, lr=0.1)
    race.advance(100)
    series.extend(race.step, MINIMA, math.inf)
    grown, anew = series.curve(), curve_of(race, "m")
    assert grown is not None and np.array_equal(grown.values, anew.values)
    race.restart((0.5, 0.5))
    race.advance(120)
    series.extend(race.step, MINIMA, math.inf)
    grown, anew = series.curve(), curve_of(race, "m")
    assert grown is not None and np.array_equal(grown.values, anew.values)


def test_a_rule_without_the_quantity_leaves_a_gap_and_a_solver_has_none() -> None:
    race = race_of("Adam(lr=0.02)", "BFGS")
    race.advance(10)
    race.replace(0, "SGD(lr=0.0001)")
    race.advance(10)
    assert curve_of(race, "m").steps.tolist() == list(range(1, 11))
    series = Series(race.watch(1), "m")
    assert series.extend(race.step, MINIMA, math.inf)
    assert series.curve() is None and series.is_complete(race.step, MINIMA)


def test_distance_angle_and_length_are_those_of_geometry() -> None:
    race = race_of("SGD(lr=0.001)")
    race.advance(30)
    trail = race.trail(0)
    np.testing.assert_allclose(curve_of(race, DISTANCE).values[0], np.hypot(*(trail[1:] - 1.0).T), rtol=1e-14)
    np.testing.assert_allclose(curve_of(race, STEP_LENGTH).values[0], np.hypot(*np.diff(trail, axis=0).T), rtol=1e-14)
    np.testing.assert_allclose(curve_of(race, ANGLE).values[0], 0.0, atol=1e-6)


@pytest.mark.parametrize("name", RULES)
def test_everything_that_a_rule_of_the_catalogue_names_can_be_drawn(name: str) -> None:
    race = Race(compile_loss("x^2 + 3*y^2 + x*y"), [name], START)
    race.advance(4)
    rule = race.racers[0].rule
    assert isinstance(rule, Rule)
    for quantity in names_in(rule.written):
        assert len(curve_of(race, quantity).values) in (1, 2)
    for quantity in DERIVED:
        series = Series(race.watch(0), quantity)
        assert series.extend(race.step, MINIMA, math.inf)
