"""The rows of a trail: bounded, whole at both ends, even in between, however long the race."""

import numpy as np
import pytest

from engine.race.history import BEGINNING, MIDDLE, NEWEST, History

BUDGET = 4096


def long_history(steps: int, part: int) -> History:
    history = History((0.0, 0.0), 0.0)
    for first in range(1, steps, part):
        numbers = np.arange(first, min(first + part, steps), dtype=np.float64)
        history.append(first, np.column_stack([numbers, -numbers, numbers**2]), BUDGET)
    return history


@pytest.mark.parametrize("part", [1000, 1024, 300])
@pytest.mark.parametrize("steps", [5_000, 100_000, 1_000_000])
def test_a_long_trail_is_whole_at_both_ends_and_even_in_between(steps: int, part: int) -> None:
    trail = long_history(steps, part).trail()
    first, newest = BUDGET // BEGINNING, BUDGET // NEWEST
    assert len(trail.steps) <= BUDGET
    assert (trail.steps[:first] == np.arange(first)).all()
    assert (trail.steps[-newest:] == np.arange(steps - newest, steps)).all()
    gaps = np.diff(trail.steps)
    assert gaps.min() >= 1
    assert gaps.max() <= max(2 * steps / (BUDGET // MIDDLE), 1)
    assert (trail.positions[:, 0] == trail.steps).all() and (trail.losses == trail.steps.astype(float) ** 2).all()


def test_thinning_many_thousand_times_leaves_a_trail_that_is_still_drawn_from_start_to_end() -> None:
    history, part = History((0.0, 0.0), 0.0), BUDGET // NEWEST
    for turn in range(5_000):
        history.append(1 + turn * part, np.zeros((part, 3)), BUDGET)
    steps = history.trail().steps
    middle = steps[(steps > part) & (steps < steps[-1] - part)]
    assert len(middle) > BUDGET // (4 * MIDDLE)
    assert np.ptp(middle) > 0.9 * steps[-1]


def test_rows_from_the_first_without_a_finite_loss_on_are_left_out() -> None:
    history = History((0.0, 0.0), 1.0)
    rows = np.ones((6, 3))
    rows[4, 2], rows[5, 2] = np.nan, 3.0
    assert history.append(1, rows, BUDGET) == 4
    assert history.trail().steps.tolist() == [0, 1, 2, 3, 4]
