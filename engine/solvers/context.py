"""What surrounds a solver's step: the loss to ask, its parameters, and the place of the step among random numbers.

A step is compiled, so all this is one record of addresses, numbers and room for points and answers.  The functions that
count their points are for points that no step has asked before; where the racer stands, the step that came there has.
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np

from engine.compiled.calls import call_for_nothing
from engine.solvers.reasons import Reason
from engine.types import Point

Record: TypeAlias = Any
"""A record of NumPy, whose fields are attributes."""
Symmetric: TypeAlias = tuple[float, float, float]
"""A symmetric matrix of the plane: its elements xx, xy and yy."""

MOST_POINTS = 64
"""Points asked at once: those of the largest population."""
_ROW = np.float64, (MOST_POINTS,)
CONTEXT = np.dtype(
    [
        *((name, np.int64) for name in ("value", "gradient", "hessian", "parameters", "lanes")),
        *((name, np.int64) for name in ("seed", "step", "instance", "tilted")),
        *((name, np.float64, (2,)) for name in ("tilt", "pivot")),
        *((name, *_ROW) for name in ("x", "y", "first", "second", "third")),
    ],
    align=True,
)
"""Addresses of the loss's machine code and parameters, how many points it takes at least, what random numbers follow
from, whether and how the landscape is tilted that a step sees, and rows for points and answers.

Noise tilts it: losses and slopes then still fit each other, as those of a few rows of a data set do.
"""


def loss_at(context: Record, point: Point) -> float:
    """Return the loss at a point."""
    _put(context, point)
    _ask_values(context, context.lanes)
    return float(context.first[0])


def new_loss(walk: Record, context: Record, point: Point) -> float:
    """Return the loss at a new point, and count it."""
    walk.evaluations += 1.0
    return loss_at(context, point)


def known_loss(context: Record, point: Point) -> float:
    """Return the loss at a point that an earlier step has asked, infinity in a hole."""
    loss = loss_at(context, point)
    return loss if math.isfinite(loss) else math.inf


def loss_or_infinity(walk: Record, context: Record, point: Point) -> float:
    """Return the loss at a new point, infinity in a hole: nothing is worse."""
    loss = new_loss(walk, context, point)
    return loss if math.isfinite(loss) else math.inf


def losses_at(context: Record, points: Record, count: int) -> None:
    """Write the losses of the first `count` of `points` into ``context.first``, infinity in holes."""
    asked = -(-count // context.lanes) * context.lanes
    for i in range(asked):
        own = min(i, count - 1)
        context.x[i], context.y[i] = points[own, 0], points[own, 1]
    _ask_values(context, asked)
    for i in range(count):
        if not math.isfinite(context.first[i]):
            context.first[i] = math.inf


def new_losses(walk: Record, context: Record, points: Record, count: int) -> None:
    """Do what `losses_at` does, for new points, and count them."""
    walk.evaluations += float(count)
    losses_at(context, points, count)


def slope_at(context: Record, point: Point) -> tuple[float, Point]:
    """Return the loss and its gradient at a point."""
    _put(context, point)
    _ask_three(context, context.gradient)
    loss, gradient = float(context.first[0]), (float(context.second[0]), float(context.third[0]))
    if context.tilted == 0:
        return loss, gradient
    return loss + _rise(context, 0), (gradient[0] + context.tilt[0], gradient[1] + context.tilt[1])


def new_slope(walk: Record, context: Record, point: Point) -> tuple[float, Point]:
    """Return the loss and its gradient at a new point, and count it."""
    walk.evaluations += 1.0
    return slope_at(context, point)


def hessian_at(context: Record, point: Point) -> Symmetric:
    """Return the second derivatives at a point."""
    _put(context, point)
    _ask_three(context, context.hessian)
    return float(context.first[0]), float(context.second[0]), float(context.third[0])


def slope_here(walk: Record, context: Record) -> tuple[float, Point, Reason]:
    """Return the loss and its gradient where the racer stands, and why there is no slope to follow, if so.

    They are asked anew in every step, since a slider may have moved the landscape in between.
    """
    loss, gradient = slope_at(context, place(walk))
    if not (math.isfinite(gradient[0]) and math.isfinite(gradient[1])):
        return loss, gradient, Reason.NO_SLOPE
    if gradient[0] == 0.0 and gradient[1] == 0.0:
        return loss, gradient, Reason.LEVEL
    return loss, gradient, Reason.NONE


def place(walk: Record) -> Point:
    """Return where the racer stands."""
    return float(walk.w[0]), float(walk.w[1])


def stand(walk: Record, point: Point) -> None:
    """Put the racer at a point."""
    walk.w[0], walk.w[1] = point


def _put(context: Record, point: Point) -> None:
    for i in range(context.lanes):
        context.x[i], context.y[i] = point


def _ask_values(context: Record, count: int) -> None:
    x, y, first = context.x.ctypes.data, context.y.ctypes.data, context.first.ctypes.data
    call_for_nothing(context.value, (count, x, y, context.parameters, first))
    if context.tilted != 0:
        for i in range(count):
            context.first[i] += _rise(context, i)


def _rise(context: Record, number: int) -> float:
    """Return by how much the tilt lifts one of the points that were asked."""
    along_x = context.tilt[0] * (context.x[number] - context.pivot[0])
    return float(along_x + context.tilt[1] * (context.y[number] - context.pivot[1]))


def _ask_three(context: Record, code: int) -> None:
    x, y, first = context.x.ctypes.data, context.y.ctypes.data, context.first.ctypes.data
    second, third = context.second.ctypes.data, context.third.ctypes.data
    call_for_nothing(code, (context.lanes, x, y, context.parameters, first, second, third))
