"""Nonlinear conjugate gradients: steepest descent plus a share of the last direction, so no step undoes the last."""

from __future__ import annotations

from engine.solvers.context import Hyperparameters, SolverContext, SolverState, loss_and_gradient_here
from engine.solvers.line_searches.wolfe import (
    C1,
    LARGEST,
    MOST_TRIALS,
    NO_LOSS_BEFORE,
    TOLERANCE,
    SearchDirection,
    WolfeSearch,
    c2,
    first_step_size,
    search_or_restart,
    steepest_descent,
)
from engine.solvers.plane import difference, dot, is_zero, scaled
from engine.solvers.reasons import Reason
from engine.solvers.solver import AS_SCIPY, Solver


def begin(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> None:
    """Begin without a direction: the first step is steepest descent."""
    state.before = NO_LOSS_BEFORE


def conjugate_gradient(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Search along the direction, and compute the next one."""
    loss, gradient, reason = loss_and_gradient_here(state, context)
    if reason != Reason.NONE:
        return reason
    direction = float(state.direction[0]), float(state.direction[1])
    if is_zero(direction):
        direction = scaled(-1.0, gradient)
    conjugate = SearchDirection(direction, first_step_size(state.before, loss, gradient, direction))
    conditions = WolfeSearch(hyper.c1, hyper.c2, TOLERANCE, MOST_TRIALS, LARGEST)
    found, along_conjugate, there = search_or_restart(state, context, loss, gradient, conjugate, conditions)
    if not found:
        return Reason.NO_LOWER_POINT
    taken = direction if along_conjugate else steepest_descent(gradient).direction
    beta = max(0.0, dot(difference(there, gradient), there) / dot(gradient, gradient))
    state.direction[0], state.direction[1] = beta * taken[0] - there[0], beta * taken[1] - there[1]
    state.before = loss
    return Reason.NONE


CONJUGATE_GRADIENT = Solver(
    "ConjugateGradient",
    """
    s = length by a strong Wolfe search along p with c1, c2
    w_next = w + s*p
    beta = max(0, dot(g_next, g_next - g)/dot(g, g))
    p = -g_next + beta*p
    w = w_next
    """,
    (C1, c2(0.1)),
    "Polak and Ribière, Note sur la convergence de méthodes de directions conjuguées, 1969",
    "Remembers one direction only, and yet crosses a long bowl in as many steps as there are coordinates.",
    "beta is never below 0 (Powell, 1984); where the search finds nothing lower, or p leads upwards, p is forgotten; "
    "scipy.optimize searches on there, and has a larger c2",
    "https://doi.org/10.1051/m2an/196903R100351",
    proof=AS_SCIPY,
    step=conjugate_gradient,
    movable=False,
    begin=begin,
    states=(("direction", (2,)), ("before", ())),
)
