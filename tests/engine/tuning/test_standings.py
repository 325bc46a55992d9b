"""Ranks and performance profiles."""

import math
from collections.abc import Sequence

import numpy as np

from engine.tuning.row import FORMAT, LeagueRow, checkpoints
from engine.tuning.standings import performance_profiles, ranks


def row(racer: str, landscape: str, curve: Sequence[float], loss: float | None = None) -> LeagueRow:
    """Return a row of a race from loss 1 with a budget of 8, whose curve is known."""
    ended = curve[-1] if loss is None else loss
    return LeagueRow(
        FORMAT, racer, landscape, 8, 5, 0, 0, "x", {}, racer, {}, (), (), (), (), (), ended, 1.0, 0.0, 8, 8,
        tuple(curve),
    )  # fmt: skip


ROWS = [
    row("fast", "bowl", [0.0, 0.0, 0.0, 0.0]),
    row("fast", "valley", [1.0, 1.0, 0.0005, 0.0005]),
    row("fast", "level", [1.0, 1.0, 1.0, 1.0]),
    row("slow", "bowl", [1.0, 0.5, 0.0, 0.0]),
    row("slow", "valley", [1.0, 1.0, 1.0, 0.0]),
    row("slow", "level", [1.0, 1.0, 1.0, 1.0]),
    row("wild", "bowl", [1.0, 1.0, 1.0, 1.0], math.inf),
    row("wild", "valley", [1.0, 1.0, 1.0, 1.0], math.inf),
]


def test_checkpoints_are_powers_of_two_and_the_budget() -> None:
    assert [checkpoints(budget) for budget in (1, 2, 5, 8)] == [(1,), (1, 2), (1, 2, 4, 5), (1, 2, 4, 8)]


def test_equal_losses_share_a_rank_and_a_missing_row_has_none() -> None:
    np.testing.assert_array_equal(ranks(ROWS), [[1.5, 2, 1.5], [1.5, 1, 1.5], [3, 3, np.nan]])
    assert ranks([]).shape == (0, 0)


def test_a_profile_says_which_share_is_solved_within_so_many_times_the_evaluations_of_the_fastest() -> None:
    profiles = performance_profiles(ROWS)
    assert profiles.racers == ("fast", "slow", "wild") and profiles.landscapes == ("bowl", "valley")
    assert profiles.ratios.tolist() == [1, 2, 4, 8]
    # On the bowl 1 and 4 evaluations, in the valley 4 and 8: there a thousandth of the descent may be left.
    assert profiles.shares.tolist() == [[1, 1, 1, 1], [0, 0.5, 1, 1], [0, 0, 0, 0]]
    strict = performance_profiles(ROWS, tolerance=1e-6).shares
    assert strict.tolist() == [[0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 1, 1], [0, 0, 0, 0]]


def test_where_nobody_descends_nothing_is_solved() -> None:
    profiles = performance_profiles([row("fast", "level", [1.0] * 4)])
    assert profiles.landscapes == () and profiles.shares.tolist() == [[0.0] * 4]
