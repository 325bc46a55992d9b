"""The standings of a league: ranks on each landscape, and performance profiles over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.language.types import Array
from engine.tuning.row import LeagueRow, checkpoints

TOLERANCE = 1e-3
"""The share of the descent that may be left where a landscape counts as solved."""


@dataclass(frozen=True, eq=False)
class PerformanceProfiles:
    """For each racer, on which share of the landscapes it needs at most so many times the evaluations of the fastest.

    Dolan and Moré, Benchmarking optimization software with performance profiles, 2002.  A landscape is solved where no
    more than a tolerance is left of the descent from the start to the lowest loss that any racer of the league has
    reached, as in Moré and Wild, Benchmarking derivative-free optimization algorithms, 2009: no minimum is asked for.

    Attributes
    ----------
    racers : tuple of str
    ratios : float64 (ratios,)
        1, 2, 4 ... times the evaluations of the fastest: a row knows its losses at such numbers of evaluations.
    shares : float64 (racers, ratios)
    landscapes : tuple of str
        Those that count: the ones that any racer has gone down.
    """

    racers: tuple[str, ...]
    ratios: Array
    shares: Array
    landscapes: tuple[str, ...]


def ranks(rows: Sequence[LeagueRow]) -> Array:
    """Return the rank of each racer on each landscape by its loss, float64 (racers, landscapes), from 1.

    Racers and landscapes are in the order of `racers_of` and `landscapes_of`.  Equal losses share the mean of their
    ranks, and so do all that have diverged; NaN stands where there is no row.
    """
    losses = _table(rows, [row.loss for row in rows])
    known = ~np.isnan(losses)
    # Comparisons with NaN are False.
    lower = (losses[:, np.newaxis] > losses[np.newaxis]).sum(axis=1)
    equal = (losses[:, np.newaxis] == losses[np.newaxis]).sum(axis=1)
    return np.where(known, lower + (equal + 1) / 2.0, np.nan)


def performance_profiles(rows: Sequence[LeagueRow], tolerance: float = TOLERANCE) -> PerformanceProfiles:
    """Return the performance profiles of all racers."""
    racers, landscapes = racers_of(rows), landscapes_of(rows)
    lowest = np.fmin.reduce(_table(rows, [min((row.loss, *row.curve)) for row in rows]), axis=0, initial=np.inf)
    at_start = np.fmin.reduce(_table(rows, [row.loss_at_start for row in rows]), axis=0, initial=np.inf)
    counted = lowest < at_start
    # Where nothing could be raced, both are infinite, and no loss is low enough.
    descents = np.where(counted, at_start, lowest) - np.where(np.isfinite(lowest), lowest, 0.0)
    targets = dict(zip(landscapes, (lowest + tolerance * descents).tolist(), strict=True))
    costs = _table(rows, [_evaluations_to(row, targets[row.landscape]) for row in rows])
    costs = np.where(np.isnan(costs), np.inf, costs)[:, counted]
    most = max((row.budget for row in rows), default=1)
    ratios = np.exp2(np.arange((most - 1).bit_length() + 1.0))
    fastest = costs.min(axis=0, initial=np.inf)
    within = costs[..., np.newaxis] <= ratios * fastest[:, np.newaxis]
    solved = within & np.isfinite(costs)[..., np.newaxis]
    shares: Array = solved.sum(axis=1) / max(int(counted.sum()), 1)
    names = tuple(name for name, counts in zip(landscapes, counted, strict=True) if counts)
    return PerformanceProfiles(racers, ratios, shares, names)


def racers_of(rows: Sequence[LeagueRow]) -> tuple[str, ...]:
    """Return the racers of a league in the order of its rows."""
    return tuple(dict.fromkeys(row.racer for row in rows))


def landscapes_of(rows: Sequence[LeagueRow]) -> tuple[str, ...]:
    """Return the landscapes of a league in the order of its rows."""
    return tuple(dict.fromkeys(row.landscape for row in rows))


def _evaluations_to(row: LeagueRow, target: float) -> float:
    """Return within how many evaluations a row has reached a loss; infinity where it has not."""
    for count, loss in zip(checkpoints(row.budget), row.curve, strict=False):
        if loss <= target:
            return float(count)
    return np.inf


def _table(rows: Sequence[LeagueRow], values: Sequence[float]) -> Array:
    """Return a value of each row, float64 (racers, landscapes); NaN where there is no row."""
    racers = {name: number for number, name in enumerate(racers_of(rows))}
    landscapes = {name: number for number, name in enumerate(landscapes_of(rows))}
    table = np.full((len(racers), len(landscapes)), np.nan)
    for row, value in zip(rows, values, strict=True):
        table[racers[row.racer], landscapes[row.landscape]] = value
    return table
