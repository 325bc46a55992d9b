"""Newton's method from many points at once: at which minimum each of them lies, where it lies near one.

It is `engine.loss.polish` without damping, for points that have nearly arrived.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.loss.polish import ARRIVED, DIFFERENCE, LEAST_CURVATURE

MOST_ITERATIONS = 40
"""As many as a minimum takes that is as flat as that of x^4, of which each step leaves two thirds."""
FARTHEST = 0.1
"""Relative: a minimum that is farther away is not the one that a point has nearly arrived at."""


@dataclass(frozen=True)
class NewtonSteps:
    """Newton steps from n points.

    Attributes
    ----------
    moves : float64 (n, 2)
    gains : float64 (n,)
        By how much the loss would fall if it were its own parabola.
    convex : bool (n,)
        Whether no direction bends down, and everything is finite.
    """

    moves: Array
    gains: Array
    convex: NDArray[np.bool_]


def hessians(loss: MachineLoss, points: Array) -> tuple[Array, Array]:
    """Return gradients (n, 2) and Hessians (n, 3), as xx, xy and yy, by differences of the gradient."""
    x, y = points.T
    with np.errstate(all="ignore"):
        apart_x, apart_y = DIFFERENCE * np.maximum(np.abs(x), 1.0), DIFFERENCE * np.maximum(np.abs(y), 1.0)
        xs = np.array([x, x + apart_x, x - apart_x, x, x])
        ys = np.array([y, y, y, y + apart_y, y - apart_y])
        gx, gy = loss.gradient(xs, ys)
        wide, high = xs[1] - xs[2], ys[3] - ys[4]
        mixed = ((gy[1] - gy[2]) / wide + (gx[3] - gx[4]) / high) / 2.0
        return np.column_stack([gx[0], gy[0]]), np.column_stack([(gx[1] - gx[2]) / wide, mixed, (gy[3] - gy[4]) / high])


def curvatures_of(curved: Array) -> tuple[Array, Array]:
    """Return the smaller and the larger curvature of Hessians (n, 3)."""
    xx, xy, yy = curved.T
    with np.errstate(all="ignore"):
        mean, half = (xx + yy) / 2.0, np.hypot((xx - yy) / 2.0, xy)
        return mean - half, mean + half


def newton_steps(loss: MachineLoss, points: Array) -> NewtonSteps:
    """Return the Newton step from each of `points` (n, 2)."""
    slopes, curved = hessians(loss, points)
    xx, xy, yy = curved.T
    small, large = curvatures_of(curved)
    with np.errstate(all="ignore"):
        largest = np.maximum(np.abs(small), np.abs(large))
        angle = np.arctan2(2.0 * xy, xx - yy) / 2.0
        steep = np.array([np.cos(angle), np.sin(angle)])
        flat = np.array([-steep[1], steep[0]])
        pull, side = (slopes.T * steep).sum(0), (slopes.T * flat).sum(0)
        step = pull / np.maximum(np.abs(large), LEAST_CURVATURE * largest)
        aside = side / np.maximum(np.abs(small), LEAST_CURVATURE * largest)
        moves, gains = -(step * steep + aside * flat).T, (pull * step + side * aside) / 2.0
        # Differences of rounded gradients bend a level direction down by as much as this.
        convex = (small >= -DIFFERENCE * largest) & (largest > 0.0) & np.isfinite(gains) & np.isfinite(moves).all(1)
    return NewtonSteps(moves, gains, convex)


def newton_limits(loss: MachineLoss, points: Array) -> Array:
    """Return to which minimum close by Newton's method leads from each of `points` (n, 2), NaN where to none."""
    limits, here = np.full(points.shape, np.nan), points.copy()
    farthest = FARTHEST * (1.0 + np.hypot(*points.T))
    active = np.arange(len(points))
    for _ in range(MOST_ITERATIONS):
        if not len(active):
            break
        steps = newton_steps(loss, here[active])
        active, moves = active[steps.convex], steps.moves[steps.convex]
        here[active] += moves
        close = np.hypot(*(here[active] - points[active]).T) <= farthest[active]
        arrived = close & (np.hypot(*moves.T) <= ARRIVED * (1.0 + np.hypot(*here[active].T)))
        limits[active[arrived]] = here[active[arrived]]
        active = active[close & ~arrived]
    return limits
