"""Schedules as they are drawn."""

import numpy as np
import pytest

from engine.rules.modifiers.schedule import SCHEDULES, Schedule, factors, typed_schedule
from engine.rules.modifiers.schedule_curve import curve_of


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
def test_a_curve_shows_all_that_a_schedule_does(schedule: Schedule) -> None:
    curve = curve_of(schedule, {}, 0.0, 0, 400)
    longer = factors(schedule, {}, np.arange(1, 5000))
    if schedule.name not in ("step", "inverse_time", "inverse_sqrt", "exponential"):
        assert curve.factors.min() == pytest.approx(longer.min(), abs=0.03)
        assert curve.factors.max() == pytest.approx(longer.max(), abs=0.03)
    else:
        assert curve.factors[-1] < 0.6, "these fall for ever, and are seen to fall"
    assert curve.steps[0] == 1.0


def test_a_curve_reaches_the_step_of_the_race_and_changes_its_length_seldom() -> None:
    ends = [curve_of(SCHEDULES["cosine"], {"T": 100.0}, 0.0, step, 10).steps[-1] for step in range(2000)]
    assert all(end >= step for step, end in enumerate(ends))
    assert len(set(ends)) < 7


def test_a_schedule_that_waits_is_drawn_waiting() -> None:
    curve = curve_of(SCHEDULES["cosine"], {"T": 100.0}, 50.0, 0, 171)
    assert curve.steps[-1] == 170.0
    np.testing.assert_array_equal(curve.factors[curve.steps <= 51], 1.0)
    assert curve.factors[-1] == 0.0


@pytest.mark.parametrize("value", [-1e300, -5.0, 0.0, 1e300])
def test_absurd_lengths_still_make_a_curve(value: float) -> None:
    curve = curve_of(SCHEDULES["cosine"], {"T": value}, 0.0, 10**6, 50)
    assert len(curve.steps) == 50 and np.all(np.diff(curve.steps) > 0)


def test_free_names_of_a_typed_schedule_have_the_sliders_that_they_have_elsewhere() -> None:
    length, plain = typed_schedule("k*cos(pi*t/T)").hyperparameters[::-1]
    assert {length.name, plain.name} == {"k", "T"}
    rows = {row.name: row for row in (length, plain)}
    assert rows["T"] == SCHEDULES["cosine"].hyperparameters[0]
    assert (rows["k"].default, rows["k"].low, rows["k"].high) == (1.0, 0.0, 10.0)
