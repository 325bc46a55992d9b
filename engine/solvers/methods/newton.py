"""Newton's method: a step to the stationary point of the parabola with the gradient and Hessian of the position."""

from __future__ import annotations

import math

from engine.language.types import Point
from engine.rules.hyperparameters import Hyperparameter, positive
from engine.solvers.context import (
    Hyperparameters,
    SolverContext,
    SolverState,
    Symmetric,
    hessian_at,
    loss_and_gradient_here,
    move_to,
    position,
)
from engine.solvers.line_searches.backtracking import C1, SHRINK, backtrack
from engine.solvers.plane import along, dot, eigenvalues, is_finite, larger_axis, quarter_turn, scaled, solved
from engine.solvers.reasons import Reason
from engine.solvers.solver import Solver

SHARE = Hyperparameter("lr", 1.0, 0.01, 2.0, help="share of the whole step")
BOOK = "https://doi.org/10.1007/978-0-387-40065-5"


def newton(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Move by the share `lr` of the full step."""
    _, gradient, hessian, reason = derivatives_here(state, context)
    if reason != Reason.NONE:
        return reason
    step = solved(hessian, gradient)
    if not is_finite(step):
        return Reason.NO_CURVATURE
    return move_unchecked(state, scaled(-hyper.lr, step))


def damped_newton(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Search backwards along the step of a Hessian that is shifted until it is positive definite."""
    loss, gradient, hessian, reason = derivatives_here(state, context)
    if reason != Reason.NONE:
        return reason
    smaller, larger = eigenvalues(hessian)
    shift = max(0.0, hyper.least - smaller)
    # A shift that is tiny beside the larger eigenvalue would be lost in rounding if it were added to the matrix itself.
    smaller, larger = max(smaller + shift, hyper.least), max(larger + shift, hyper.least)
    direction = scaled(-1.0, divided_by_eigenvalues(hessian, gradient, smaller, larger))
    if not is_finite(direction):
        return Reason.NO_CURVATURE
    return backtrack(state, hyper, context, direction, 1.0, loss, dot(gradient, direction))


def saddle_free_newton(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Move by the gradient divided by the absolute eigenvalues of the Hessian."""
    _, gradient, hessian, reason = derivatives_here(state, context)
    if reason != Reason.NONE:
        return reason
    smaller, larger = eigenvalues(hessian)
    move = divided_by_eigenvalues(hessian, gradient, max(abs(smaller), hyper.least), max(abs(larger), hyper.least))
    return move_unchecked(state, scaled(-hyper.lr, move))


def divided_by_eigenvalues(hessian: Symmetric, gradient: Point, smaller: float, larger: float) -> Point:
    """Return the gradient divided along each eigenvector of the Hessian by the eigenvalue that is given for it."""
    axis = larger_axis(hessian)
    across = quarter_turn(axis)
    by_larger, by_smaller = dot(axis, gradient) / larger, dot(across, gradient) / smaller
    return by_larger * axis[0] + by_smaller * across[0], by_larger * axis[1] + by_smaller * across[1]


def derivatives_here(state: SolverState, context: SolverContext) -> tuple[float, Point, Symmetric, Reason]:
    """Return the loss, its gradient and its Hessian at the position, and the reason for which no step can be made."""
    loss, gradient, reason = loss_and_gradient_here(state, context)
    xx, xy, yy = hessian = hessian_at(context, position(state))
    if reason == Reason.NONE and not (is_finite((xx, xy)) and math.isfinite(yy)):
        reason = Reason.NO_CURVATURE
    return loss, gradient, hessian, reason


def move_unchecked(state: SolverState, move: Point) -> Reason:
    """Move without a look at the loss there, and count the evaluation that the loop makes at the new position."""
    state.evaluations += 1.0
    move_to(state, along(position(state), 1.0, move))
    return Reason.NONE


NEWTON = Solver(
    "Newton",
    """
    H = hessian(w)
    solve H p = -g
    w = w + lr*p
    """,
    (SHARE,),
    "Nocedal and Wright, Numerical optimization, section 3.3, 2006",
    "Doubles its correct digits at every step once it is near, and runs to saddles and peaks as gladly as to valleys.",
    "lr, 1 unless it is moved, takes a share of the step",
    BOOK,
    warning="Where the ground bends downwards it climbs: on a hill it goes to the top.",
    step=newton,
    step_size="lr",
    uses_hessian=True,
)

DAMPED_NEWTON = Solver(
    "DampedNewton",
    """
    H = hessian(w)
    shift = max(0, least - smallest eigenvalue of H)
    solve (H + shift*I) p = -g
    s = 1
    while loss(w + s*p) > f + c1*s*dot(g, p):
        s = shrink*s
    w = w + s*p
    """,
    (
        positive("least", 1e-3, 1e-8, 10.0, "the least curvature that a step believes in"),
        C1,
        SHRINK,
    ),
    "Nocedal and Wright, Numerical optimization, algorithm 3.2, 2006",
    "Newton's step where that leads down, a shorter one where it would overshoot, and never uphill.",
    "the shift comes from the smallest eigenvalue, not from trial factorisations",
    BOOK,
    step=damped_newton,
    uses_hessian=True,
)

SADDLE_FREE_NEWTON = Solver(
    "SaddleFreeNewton",
    """
    H = hessian(w) = Q diag(eigenvalues) Q^T
    p = -Q diag(1/max(|eigenvalues|, least)) Q^T g
    w = w + lr*p
    """,
    (SHARE, positive("least", 1e-3, 1e-8, 10.0, "the least curvature that a step is divided by")),
    "Dauphin et al., Identifying and attacking the saddle point problem in high-dimensional non-convex optimization, "
    "2014",
    "Is thrown off saddles, where Newton's method is drawn in.",
    'the whole curvature is known here, where the paper has that of a few directions; "least" keeps steps finite',
    "https://arxiv.org/abs/1406.2572",
    step=saddle_free_newton,
    step_size="lr",
    uses_hessian=True,
)
