"""Armijo's backtracking search: shortens a step until it decreases the loss by a share of what the slope promises."""

from __future__ import annotations

from engine.language.types import Point
from engine.rules.hyperparameters import Hyperparameter
from engine.solvers.context import Hyperparameters, SolverContext, SolverState, evaluate_loss, move_to, position
from engine.solvers.plane import along
from engine.solvers.reasons import Reason

MOST_TRIALS = 60
"""A step size of 1 that is halved so often is within rounding of 0."""

C1 = Hyperparameter("c1", 1e-4, 1e-8, 0.5, "log", help="share of the promised descent that a step must bring")
SHRINK = Hyperparameter("shrink", 0.5, 0.1, 0.9, help="what a step that is too long is multiplied by")


def backtrack(
    state: SolverState,
    hyper: Hyperparameters,
    context: SolverContext,
    direction: Point,
    first: float,
    loss: float,
    slope: float,
) -> Reason:
    """Move along `direction` by the first of the step sizes first, first*shrink, ... with a sufficient decrease.

    `loss` and `slope` are the loss at the position and its derivative along the direction.
    """
    if not slope < 0.0:
        return Reason.NO_LOWER_POINT
    begin, step_size = position(state), first
    for _ in range(MOST_TRIALS):
        point = along(begin, step_size, direction)
        if point == begin:
            break
        if evaluate_loss(state, context, point) <= loss + hyper.c1 * step_size * slope:
            move_to(state, point)
            return Reason.NONE
        step_size *= hyper.shrink
    return Reason.NO_LOWER_POINT
