"""The labels of a map: at which minimum each racer has settled, where new minima are found on the way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.machine.threads import parallel_for
from engine.race.maps.minima import Minima
from engine.race.maps.newton import newton_limits, newton_steps
from engine.race.maps.settling import EXPLAINED, MOVING, Ends, Levels, label_near

PART = 4096
"""Cells that a thread labels at a time."""


def labels_of(ends: Ends, minima: Minima, levels: Levels, loss: MachineLoss) -> NDArray[np.int64]:
    """Return the number of the minimum at which each racer has settled, int64 (n,), `DIVERGED` or `MOVING`.

    Minima that are not known yet are added.
    """
    labels = np.empty(len(ends.losses), dtype=np.int64)
    table = minima.table

    def label(first: int) -> None:
        part = slice(first, first + PART)
        label_near(np.ascontiguousarray(ends.positions[part]), np.ascontiguousarray(ends.losses[part]),
                   np.ascontiguousarray(ends.start_losses[part]), np.ascontiguousarray(ends.diverged[part]),
                   table, levels.tolerance, levels.height, labels[part])  # fmt: skip

    parallel_for(label, range(0, len(labels), PART))
    others = np.flatnonzero((labels == MOVING) & np.isfinite(ends.losses))
    if len(others):
        labels[others] = _labels_by_newton(ends, others, minima, levels, loss)
    return labels


def _labels_by_newton(
    ends: Ends, chosen: NDArray[np.intp], minima: Minima, levels: Levels, loss: MachineLoss
) -> NDArray[np.int64]:
    """Return the labels of some racers by where Newton's method leads from where they are."""
    labels = np.full(len(chosen), MOVING, dtype=np.int64)
    points, losses, starts = ends.positions[chosen], ends.losses[chosen], ends.start_losses[chosen]
    limits = np.empty_like(points)

    def lead(first: int) -> None:
        part = slice(first, first + PART)
        limits[part] = _limits(points[part], losses[part], starts[part], levels, loss)

    parallel_for(lead, range(0, len(points), PART))
    near = np.flatnonzero(np.isfinite(limits[:, 0]))
    if not len(near):
        return labels
    limits = limits[near]
    values = loss.value(limits[:, 0], limits[:, 1])
    allowed = levels.of(starts[near], values)
    # Beneath a minimum there is nothing that could lie at it: the method has led elsewhere.
    settled = (losses[near] <= allowed) & (losses[near] >= values - (allowed - values))
    near, limits, values = near[settled], limits[settled], values[settled]
    minima.find(limits, values)
    found = minima.match(limits, values)
    labels[near] = np.where(found < 0, MOVING, found)
    return labels


def _limits(points: Array, losses: Array, starts: Array, levels: Levels, loss: MachineLoss) -> Array:
    """Return where Newton's method leads, float64 (n, 2); NaN where no minimum is near, by the parabola at a point."""
    steps, limits = newton_steps(loss, points), np.full(points.shape, np.nan)
    with np.errstate(all="ignore"):
        expected = losses - steps.gains
        low = losses <= expected + EXPLAINED * (levels.of(starts, expected) - expected)
    near = np.flatnonzero(steps.convex & low)
    limits[near] = newton_limits(loss, points[near])
    return limits
