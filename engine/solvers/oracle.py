"""Answers what a solver asks of a loss at points of its choice: value, slope, curvature."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.aligned import aligned_empty
from engine.language.assembly import LANES
from engine.language.loss_kernel import DIMENSIONS
from engine.loss import Loss

Array = NDArray[np.float64]
ROOM = 8 * LANES
"""Points asked at once; more are asked in portions."""


class Oracle:
    """The machine code of a loss at single points and small sets of points, without the cost of broadcasting.

    Parameters
    ----------
    loss : Loss
    parameters : float64
        The values of the loss's parameters that hold for every answer.
    """

    def __init__(self, loss: Loss, parameters: Array) -> None:
        self._loss = loss
        self._parameters = parameters
        self._asked: dict[str, Callable[[int], None]] = {}
        self._results = {"value": 1, "gradient": 1 + DIMENSIONS, "hessian": DIMENSIONS * (DIMENSIONS + 1) // 2}
        self._rows = aligned_empty((DIMENSIONS + max(self._results.values()), ROOM))
        self._points, self._answers = self._rows[:DIMENSIONS], self._rows[DIMENSIONS:]

    def value(self, point: Array) -> float:
        """Return the loss at `point` (d,)."""
        self._ask("value", point)
        return float(self._answers[0, 0])

    def values(self, points: Array) -> Array:
        """Return the loss at each of `points` (n, d), infinity where it is not finite: nothing is worse."""
        found = np.empty(len(points))
        for begin in range(0, len(points), ROOM):
            part = points[begin : begin + ROOM]
            size = -(-len(part) // LANES) * LANES
            self._points[:, :size] = part[-1][:, None]
            self._points[:, : len(part)] = part.T
            self._function("value")(size)
            found[begin : begin + len(part)] = self._answers[0, : len(part)]
        found[~np.isfinite(found)] = np.inf
        return found

    def slope(self, point: Array) -> tuple[float, Array]:
        """Return the loss at `point` (d,), and its gradient (d,)."""
        self._ask("gradient", point)
        return float(self._answers[0, 0]), self._answers[1 : 1 + DIMENSIONS, 0].copy()

    def curvature(self, point: Array) -> Array:
        """Return the Hessian at `point`, float64 (d, d)."""
        self._ask("hessian", point)
        upper = np.triu_indices(DIMENSIONS)
        matrix = np.empty((DIMENSIONS, DIMENSIONS))
        matrix[upper] = matrix.T[upper] = self._answers[: len(upper[0]), 0]
        return matrix

    def _ask(self, name: str, point: Array) -> None:
        self._points[:, :LANES] = point[:, None]
        self._function(name)(LANES)

    def _function(self, name: str) -> Callable[[int], None]:
        """Return the machine code over the rows of this oracle."""
        if name not in self._asked:
            results = self._results[name]
            code = self._loss.function(name, results)
            points = [row.ctypes.data for row in self._points]
            answers = [row.ctypes.data for row in self._answers[:results]]
            parameters = self._parameters.ctypes.data
            self._asked[name] = lambda size: code(size, *points, parameters, *answers)
        return self._asked[name]
