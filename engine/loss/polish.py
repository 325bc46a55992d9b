"""A minimum of a loss to the last digits: damped Newton's method from a point near it.

The second derivatives are central differences of the gradient: exact ones would have to be compiled first, while a race
waits.  They only decide how fast the method arrives, not where.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.language.types import Array, Point
from engine.loss.machine_loss import MachineLoss

MOST_ITERATIONS, FEWEST_ITERATIONS = 60, 8
MOST_EVALUATIONS = 1_000_000
"""Points times rows of all iterations together, as long as they are not the fewest."""
POINTS = 8
"""Evaluations of one iteration, about."""
DIFFERENCE = 6e-6
"""Relative; the cube root of the rounding error, at which a central difference is most exact."""
LEAST_CURVATURE = 1e-10
"""Relative to the largest; a flatter direction is treated as if it had this curvature, and counts as level."""
SHRINKING = 0.5 ** np.arange(1, 25)
"""The shares of a Newton step that are tried where all of it leads up."""
ARRIVED = 1e-7
"""A Newton step as short as this, relative to the point, ends the search."""
PROBE = 1e-3
"""How far around a minimum lower losses are looked for, relative to the point."""
DIRECTIONS = np.array([(across, up) for across in (-1.0, 0.0, 1.0) for up in (-1.0, 0.0, 1.0)])
NEAR, LOST_IN_ROUNDING = 1e-3, 1e-13
"""Where rounding lets the loss fall no more: the longest step, and what it would gain relative to the loss, that count
as arrived."""


@dataclass(frozen=True)
class NewtonStep:
    """A damped Newton step.

    Attributes
    ----------
    move : float64 (2,)
    gain : float
        By how much the loss would fall if it were its own parabola.
    convex : bool
        Whether no direction bends down.
    """

    move: Array
    gain: float
    convex: bool


def polish(loss: MachineLoss, start: Point) -> tuple[Point, float] | None:
    """Return the minimum that Newton's method reaches from `start`, and the loss there; None where it reaches none.

    The loss there is never above that at `start`, the gradient vanishes, the Hessian is positive semidefinite, and
    close by no loss is lower.
    """
    point, value = np.array(start, dtype=np.float64), float(loss.value(*map(float, start)))
    for _ in range(_iterations(loss.rows)):
        step = newton_step(loss, point)
        if step is None or not np.isfinite(value):
            return None
        lower = _lower_point(loss, point, value, step.move)
        length = float(np.hypot(*step.move)) / (1.0 + float(np.hypot(*point)))
        if lower is not None:
            point, value = lower
        at_rest = lower is None and length <= NEAR and step.gain <= LOST_IN_ROUNDING * abs(value)
        if length <= ARRIVED or at_rest:
            return _minimum(loss, point, value) if step.convex else None
        if lower is None:
            return None
    return None


def newton_step(loss: MachineLoss, point: Array) -> NewtonStep | None:
    """Return the Newton step from `point`, downhill where the loss bends down; None where there is no such step."""
    slope, hessian = _slope_and_hessian(loss, point)
    if not (np.isfinite(slope).all() and np.isfinite(hessian).all()):
        return None
    curvatures, directions = np.linalg.eigh(hessian)
    largest = float(np.abs(curvatures).max())
    if largest == 0.0:
        return None
    with np.errstate(all="ignore"):
        slopes = directions.T @ slope
        along = slopes / np.maximum(np.abs(curvatures), LEAST_CURVATURE * largest)
        gain = float(slopes @ along) / 2.0
        step = -directions @ along
    # Differences of rounded gradients bend a level direction down by as much as this.
    convex = bool(curvatures.min() >= -DIFFERENCE * largest)
    return NewtonStep(step, gain, convex)


def _minimum(loss: MachineLoss, point: Array, value: float) -> tuple[Point, float] | None:
    """Return a point and its loss where none close by is lower: level ground may lie on a slope, as in x^3."""
    around = point + PROBE * (1.0 + np.abs(point)) * DIRECTIONS
    values = loss.value(around[:, 0], around[:, 1])
    if not (values >= value - LOST_IN_ROUNDING * abs(value)).all():
        return None
    return (float(point[0]), float(point[1])), value


def _iterations(rows: int) -> int:
    return max(min(MOST_EVALUATIONS // (POINTS * rows), MOST_ITERATIONS), FEWEST_ITERATIONS)


def _slope_and_hessian(loss: MachineLoss, point: Array) -> tuple[Array, Array]:
    """Return the gradient (2,) and the Hessian (2, 2) at `point`, from one pass over it and its four neighbours."""
    apart = DIFFERENCE * np.maximum(np.abs(point), 1.0)
    moves = np.array([(0.0, 0.0), (apart[0], 0.0), (-apart[0], 0.0), (0.0, apart[1]), (0.0, -apart[1])])
    with np.errstate(all="ignore"):
        around = point + moves
    slopes = np.column_stack(loss.gradient(around[:, 0], around[:, 1]))
    with np.errstate(all="ignore"):
        across = (slopes[1] - slopes[2]) / (around[1, 0] - around[2, 0])
        up = (slopes[3] - slopes[4]) / (around[3, 1] - around[4, 1])
        hessian = np.array([across, up])
        return slopes[0], (hessian + hessian.T) / 2.0


def _lower_point(loss: MachineLoss, point: Array, value: float, move: Array) -> tuple[Array, float] | None:
    """Return the point after all of a step or the best share of it, and its loss; None where none is lower."""
    for shares in (np.ones(1), SHRINKING):
        points = point + shares[:, None] * move
        values = loss.value(points[:, 0], points[:, 1])
        values = np.where(np.isfinite(values), values, np.inf)
        best = int(values.argmin())
        if values[best] < value:
            return points[best], float(values[best])
    return None
