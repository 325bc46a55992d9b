"""The minima of a map: those that were known before, and those that are found where racers have settled.

A minimum that is level along a line, as the floor of a valley, is one minimum: all its points of the same loss count
as one, and the first that was found stands for it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.compiled.argument_types import MATRIX, REAL, ArgumentType
from engine.compiled.driver import driver
from engine.language.errors import FormulaError
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.loss.polish import DIRECTIONS, LOST_IN_ROUNDING, PROBE
from engine.race.maps.newton import curvatures_of, hessians
from engine.race.maps.settling import nearest

LOSS, HESSIAN, FLOOR = 2, slice(3, 6), 6
"""Columns of the table of minima, beside x and y; the last is 1 for a floor."""
NUMBERS = 7
MERGED = 1e-5
"""Relative: minima that are no farther apart are one."""
LEVEL_CURVATURE = 1e-6
"""Relative to the largest; a minimum that is flatter in some direction belongs to a floor."""
SAME_LOSS = 1e-9
"""Relative to the height of the map: losses of one floor differ by no more."""
AXES = np.array([(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)])
ALIKE = 0.75
"""How far the loss may rise otherwise than its second derivatives say, relative to the larger rise."""
LABELS = ArgumentType(np.dtype(np.int64), 1)


class Minima:
    """The minima of a loss, in the order in which they were given or found.

    Parameters
    ----------
    loss : MachineLoss
    height : float
        The loss of the median start, by which `SAME_LOSS` is measured.

    Attributes
    ----------
    table : float64 (k, 7)
        Of each its point, its loss, the Hessian as xx, xy and yy, and whether it is a floor.  The Hessian is 0 where
        the loss has no parabola, as at a kink.
    """

    def __init__(self, loss: MachineLoss, height: float) -> None:
        self._loss, self._height = loss, height
        self.table = np.empty((0, NUMBERS))

    @property
    def points(self) -> Array:
        """The points, float64 (k, 2)."""
        return self.table[:, :LOSS].copy()

    @property
    def losses(self) -> Array:
        """The losses, float64 (k,)."""
        return self.table[:, LOSS].copy()

    @property
    def lowest(self) -> float | None:
        """The lowest loss; None where no minimum is known."""
        return float(self.losses.min()) if len(self.table) else None

    def add_known(self, minima: ArrayLike) -> None:
        """Add minima that are known, (k, 2).

        Raises
        ------
        FormulaError
            Where one of them is no point, or the loss has no finite value there.
        """
        points = _points(minima)
        losses = self._loss.value(*points.T)
        if not np.isfinite(losses).all():
            x, y = points[~np.isfinite(losses)][0]
            raise FormulaError(f"The loss is not a finite number at the minimum ({x:g}, {y:g}).")
        self._add(points, losses)

    def match(self, points: Array, losses: Array) -> NDArray[np.int64]:
        """Return the number of the minimum at each of `points` (n, 2), which have these losses (n,); else -1."""
        labels = np.empty(len(points), dtype=np.int64)
        match_nearest(np.ascontiguousarray(points), self.table, MERGED, labels)
        floors = np.flatnonzero(self.table[:, FLOOR])
        if len(floors):
            others = np.flatnonzero(labels < 0)
            others = others[self._are_floors(points[others])]
            apart = np.abs(losses[others, np.newaxis] - self.table[floors, LOSS])
            alike = apart <= self._same(self.table[floors, LOSS])
            labels[others] = np.where(alike.any(1), floors[alike.argmax(1)], -1)
        return labels

    def find(self, points: Array, losses: Array) -> None:
        """Add the minima at `points` (n, 2) that are not known yet; the lowest first, then the leftmost."""
        order = np.lexsort((points[:, 1], points[:, 0], losses))
        order = order[self.match(points[order], losses[order]) < 0]
        waiting, floors = order, self._are_floors(points)
        chosen = []
        while len(waiting):
            first = waiting[0]
            chosen.append(first)
            same = np.hypot(*(points[waiting] - points[first]).T) <= MERGED * (1.0 + np.hypot(*points[first]))
            if floors[first]:
                same |= floors[waiting] & (np.abs(losses[waiting] - losses[first]) <= self._same(losses[first]))
            waiting = waiting[~same]
        kept = [number for number in chosen if self._is_minimum(points[number], losses[number])]
        self._add(points[kept], losses[kept])

    def _is_minimum(self, point: Array, value: float) -> bool:
        """Return whether no loss close by is lower: level ground may lie on a slope, as in x^3."""
        around = point + PROBE * (1.0 + np.abs(point)) * DIRECTIONS
        return bool((self._loss.value(*around.T) >= value - LOST_IN_ROUNDING * abs(value)).all())

    def _add(self, points: Array, losses: Array) -> None:
        if not len(points):
            return
        _, curved = hessians(self._loss, points)
        parabolas = self._are_parabolas(points, losses, curved)
        floors = parabolas & self._are_floors(points)
        added = np.column_stack([points, losses, np.where(parabolas[:, np.newaxis], curved, 0.0), floors])
        self.table = np.vstack([self.table, added])

    def _are_parabolas(self, points: Array, losses: Array, curved: Array) -> NDArray[np.bool_]:
        """Return whether the loss rises along both axes as its second derivatives say: not so at a kink."""
        probes = PROBE * (1.0 + np.abs(points))
        moved = points + (probes * AXES[:, np.newaxis])
        with np.errstate(all="ignore"):
            rises = (self._loss.value(moved[..., 0], moved[..., 1]) - losses).T
            expected = np.repeat(curved[:, [0, 2]] * probes**2 / 2.0, 2, axis=1)
            larger = np.maximum(np.abs(rises), np.abs(expected))
            alike = np.abs(rises - expected) <= ALIKE * larger + SAME_LOSS * larger.max(1, keepdims=True)
        return np.asarray(alike.all(1))

    def _are_floors(self, points: Array) -> NDArray[np.bool_]:
        small, large = curvatures_of(hessians(self._loss, points)[1])
        level: NDArray[np.bool_] = small <= LEVEL_CURVATURE * large
        return level

    def _same(self, losses: Array) -> Array:
        return SAME_LOSS * np.maximum(np.abs(losses), np.abs(self._height - losses))


@driver(MATRIX, MATRIX, REAL, LABELS, title="the minima of a map")
def match_nearest(points: Array, minima: Array, merged: float, labels: NDArray[np.int64]) -> None:
    """Write the number of the minimum at each point; -1 where the nearest is farther away than `merged`."""
    for i in range(len(labels)):
        j = nearest(points[i, 0], points[i, 1], minima)
        labels[i] = -1
        if j >= 0:
            across, up = points[i, 0] - minima[j, 0], points[i, 1] - minima[j, 1]
            size = 1.0 + (minima[j, 0] ** 2 + minima[j, 1] ** 2) ** 0.5
            if (across * across + up * up) ** 0.5 <= merged * size:
                labels[i] = j


def _points(minima: ArrayLike) -> Array:
    """Return points, float64 (k, 2)."""
    try:
        points = np.asarray(minima, dtype=np.float64)
    except (TypeError, ValueError):
        points = np.full((1, 2), np.nan)
    if points.size == 0:
        return np.empty((0, 2))
    if points.ndim != 2 or points.shape[1] != 2 or not np.isfinite(points).all():
        raise FormulaError("Known minima are points: a list of pairs of finite numbers.")
    return points
