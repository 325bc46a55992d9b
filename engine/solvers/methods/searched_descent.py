"""Gradient descent with a line search in place of a learning rate."""

from __future__ import annotations

import math

from engine.rules.hyperparameters import positive
from engine.solvers.context import Hyperparameters, SolverContext, SolverState, loss_and_gradient_here
from engine.solvers.line_searches.backtracking import C1, SHRINK, backtrack
from engine.solvers.line_searches.exact_search import TRIAL, move_to_minimum
from engine.solvers.plane import dot, norm, scaled
from engine.solvers.reasons import Reason
from engine.solvers.solver import Solver


def armijo_descent(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Search backwards along steepest descent."""
    loss, gradient, reason = loss_and_gradient_here(state, context)
    if reason != Reason.NONE:
        return reason
    return backtrack(state, hyper, context, scaled(-1.0, gradient), hyper.lr, loss, -dot(gradient, gradient))


def exact_descent(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Search for the minimum along steepest descent."""
    loss, gradient, reason = loss_and_gradient_here(state, context)
    if reason != Reason.NONE:
        return reason
    return move_to_minimum(state, hyper, context, scaled(-1.0 / norm(gradient), gradient), loss, gradient)


def coordinate_descent(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Search for the minimum along the axis whose turn it is; along the next where that finds nothing lower."""
    loss, gradient, reason = loss_and_gradient_here(state, context)
    if reason != Reason.NONE:
        return reason
    for skipped in range(2):
        axis = (int(state.axis) + skipped) % 2
        if gradient[axis] == 0.0:
            continue
        sign = -math.copysign(1.0, gradient[axis])
        direction = (sign, 0.0) if axis == 0 else (0.0, sign)
        if move_to_minimum(state, hyper, context, direction, loss, gradient) == Reason.NONE:
            state.axis = float((axis + 1) % 2)
            return Reason.NONE
    return Reason.NO_LOWER_POINT


ARMIJO_DESCENT = Solver(
    "ArmijoDescent",
    """
    s = lr
    while loss(w - s*g) > f - c1*s*dot(g, g):
        s = shrink*s
    w = w - s*g
    """,
    (positive("lr", 1.0, 1e-5, 10.0, "the length that is tried first"), C1, SHRINK),
    "Armijo, Minimization of functions having Lipschitz continuous first partial derivatives, 1966",
    "Gradient descent that cannot diverge: a step that is too long is taken back and shortened.",
    "every step begins its search anew with lr",
    "https://doi.org/10.2140/pjm.1966.16.1",
    step=armijo_descent,
    step_size="lr",
)

EXACT_DESCENT = Solver(
    "ExactDescent",
    """
    s = first minimum of loss(w - s*g/norm(g)), enclosed by trial, 2*trial, 4*trial ...
    w = w - s*g/norm(g)
    """,
    (TRIAL,),
    "Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, 1847; in the form of Curry, The "
    "method of steepest descent for non-linear minimization problems, 1944",
    "Each step stands at a right angle to the last: the famous zigzag down a long valley.",
    link="https://doi.org/10.1090/qam/10667",
    step=exact_descent,
)

COORDINATE_DESCENT = Solver(
    "CoordinateDescent",
    """
    for one axis e after the other:
        s = first minimum of loss(w + s*e), enclosed by trial, 2*trial, 4*trial ...
        w = w + s*e
    """,
    (TRIAL,),
    "Wright, Coordinate descent algorithms, 2015",
    "Walks along the axes only, which is quick on a straight valley and hopeless on a slanting one.",
    "one axis a step, in turn; an axis that leads nowhere lower is passed over",
    "https://doi.org/10.1007/s10107-015-0892-3",
    step=coordinate_descent,
    states=(("axis", ()),),
)
