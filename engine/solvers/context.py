"""The context of a solver's step: the loss to evaluate, its parameters, and what the random numbers depend on.

Numba compiles a step, so the context is one record of addresses, numbers and buffers.  Functions named ``evaluate_...``
add their points to the state's `evaluations`.  Functions named ``..._at`` count nothing: they are for points that an
earlier step has evaluated, such as the position itself.
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np

from engine.compiled.address_calls import call_void
from engine.language.types import Point
from engine.solvers.reasons import Reason

SolverState: TypeAlias = Any
"""What one instance of a solver remembers: a record of NumPy, as `engine.solvers.state` describes it."""
Hyperparameters: TypeAlias = Any
"""The hyperparameters of one step: a record of NumPy with a float64 for each name."""
SolverContext: TypeAlias = Any
"""The context of a step: a record of NumPy with the fields of `CONTEXT`."""
Buffer: TypeAlias = Any
"""A field of a state that is an array."""
Symmetric: TypeAlias = tuple[float, float, float]
"""A symmetric matrix of the plane: its elements xx, xy and yy."""

MOST_POINTS = 64
"""Points evaluated together: those of the largest population."""
_BUFFER = np.float64, (MOST_POINTS,)
CONTEXT = np.dtype(
    [
        *((name, np.int64) for name in ("value", "gradient", "hessian", "parameters", "lanes")),
        *((name, np.int64) for name in ("seed", "step", "instance", "has_noise")),
        *((name, np.float64, (2,)) for name in ("noise", "noise_origin")),
        *((name, *_BUFFER) for name in ("x", "y", "first", "second", "third")),
    ],
    align=True,
)
"""The fields of a context.

value, gradient, hessian, parameters
    Addresses of the loss's machine code and of its parameters.
lanes
    The number of points that the machine code takes at least.
seed, step, instance
    What random numbers follow from.
has_noise, noise, noise_origin
    Gradient noise: while `has_noise` is 1, `noise` is added to every gradient, and the linear function with this
    gradient, 0 at `noise_origin`, to every loss.  So losses and gradients fit each other, as those of a mini-batch do.
x, y, first, second, third
    Buffers for points and results.
"""


def loss_at(context: SolverContext, point: Point) -> float:
    """Return the loss at a point."""
    _set_point(context, point)
    _compute_losses(context, context.lanes)
    return float(context.first[0])


def loss_or_infinity_at(context: SolverContext, point: Point) -> float:
    """Return the loss at a point, infinity where it is not finite."""
    loss = loss_at(context, point)
    return loss if math.isfinite(loss) else math.inf


def evaluate_loss(state: SolverState, context: SolverContext, point: Point) -> float:
    """Return the loss at a new point, and count it."""
    state.evaluations += 1.0
    return loss_at(context, point)


def evaluate_loss_or_infinity(state: SolverState, context: SolverContext, point: Point) -> float:
    """Return the loss at a new point, infinity where it is not finite: no other loss is worse."""
    loss = evaluate_loss(state, context, point)
    return loss if math.isfinite(loss) else math.inf


def losses_at(context: SolverContext, points: Buffer, count: int) -> None:
    """Write the losses of the first `count` of `points` into ``context.first``, infinity where one is not finite."""
    padded = -(-count // context.lanes) * context.lanes
    for i in range(padded):
        member = min(i, count - 1)
        context.x[i], context.y[i] = points[member, 0], points[member, 1]
    _compute_losses(context, padded)
    for i in range(count):
        if not math.isfinite(context.first[i]):
            context.first[i] = math.inf


def evaluate_losses(state: SolverState, context: SolverContext, points: Buffer, count: int) -> None:
    """Do what `losses_at` does, for new points, and count them."""
    state.evaluations += float(count)
    losses_at(context, points, count)


def loss_and_gradient_at(context: SolverContext, point: Point) -> tuple[float, Point]:
    """Return the loss and its gradient at a point."""
    _set_point(context, point)
    _compute_three(context, context.gradient)
    loss, gradient = float(context.first[0]), (float(context.second[0]), float(context.third[0]))
    if context.has_noise == 0:
        return loss, gradient
    return loss + _noise_in_loss(context, 0), (gradient[0] + context.noise[0], gradient[1] + context.noise[1])


def evaluate_loss_and_gradient(state: SolverState, context: SolverContext, point: Point) -> tuple[float, Point]:
    """Return the loss and its gradient at a new point, and count it."""
    state.evaluations += 1.0
    return loss_and_gradient_at(context, point)


def loss_and_gradient_here(state: SolverState, context: SolverContext) -> tuple[float, Point, Reason]:
    """Return the loss and its gradient at the position, and the reason for which no gradient can be followed there.

    Every step computes them anew, since a slider may have changed the landscape after the last one.
    """
    loss, gradient = loss_and_gradient_at(context, position(state))
    if not (math.isfinite(gradient[0]) and math.isfinite(gradient[1])):
        return loss, gradient, Reason.NO_GRADIENT
    if gradient[0] == 0.0 and gradient[1] == 0.0:
        return loss, gradient, Reason.ZERO_GRADIENT
    return loss, gradient, Reason.NONE


def hessian_at(context: SolverContext, point: Point) -> Symmetric:
    """Return the second derivatives at a point; gradient noise, being linear, adds nothing to them."""
    _set_point(context, point)
    _compute_three(context, context.hessian)
    return float(context.first[0]), float(context.second[0]), float(context.third[0])


def position(state: SolverState) -> Point:
    """Return the position of a solver."""
    return float(state.w[0]), float(state.w[1])


def move_to(state: SolverState, point: Point) -> None:
    """Make `point` the position of a solver."""
    state.w[0], state.w[1] = point


def _set_point(context: SolverContext, point: Point) -> None:
    for i in range(context.lanes):
        context.x[i], context.y[i] = point


def _compute_losses(context: SolverContext, count: int) -> None:
    x, y, first = context.x.ctypes.data, context.y.ctypes.data, context.first.ctypes.data
    call_void(context.value, (count, x, y, context.parameters, first))
    if context.has_noise != 0:
        for i in range(count):
            context.first[i] += _noise_in_loss(context, i)


def _noise_in_loss(context: SolverContext, number: int) -> float:
    """Return what gradient noise adds to the loss at the point `number` of the buffers."""
    along_x = context.noise[0] * (context.x[number] - context.noise_origin[0])
    return float(along_x + context.noise[1] * (context.y[number] - context.noise_origin[1]))


def _compute_three(context: SolverContext, code: int) -> None:
    x, y, first = context.x.ctypes.data, context.y.ctypes.data, context.first.ctypes.data
    second, third = context.second.ctypes.data, context.third.ctypes.data
    call_void(code, (context.lanes, x, y, context.parameters, first, second, third))
