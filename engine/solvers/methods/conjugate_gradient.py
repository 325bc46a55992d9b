"""Nonlinear conjugate gradients: each step goes downhill, bent by the last one so as not to undo it."""

from __future__ import annotations

from engine.solvers.context import Record, slope_here
from engine.solvers.line_searches.wolfe import (
    C1,
    LONGEST,
    MOST_TRIALS,
    NARROW,
    NO_LOSS_BEFORE,
    Way,
    Wolfe,
    afresh,
    descend,
    first_length,
    share_left,
)
from engine.solvers.plane import difference, dot, is_zero, scaled
from engine.solvers.reasons import Reason
from engine.solvers.solver import AS_SCIPY, Solver


def begin(walk: Record, hyper: Record, context: Record) -> None:
    """Begin without a direction: the first step goes straight downhill."""
    walk.before = NO_LOSS_BEFORE


def conjugate_gradient(walk: Record, hyper: Record, context: Record) -> Reason:
    """Search along the direction, and bend the next one."""
    loss, gradient, reason = slope_here(walk, context)
    if reason != Reason.NONE:
        return reason
    direction = float(walk.direction[0]), float(walk.direction[1])
    if is_zero(direction):
        direction = scaled(-1.0, gradient)
    bent = Way(direction, first_length(walk.before, loss, gradient, direction))
    wolfe = Wolfe(hyper.c1, hyper.c2, NARROW, MOST_TRIALS, LONGEST)
    found, by_bent, there = descend(walk, context, loss, gradient, bent, wolfe)
    if not found:
        return Reason.NOTHING_LOWER
    gone = direction if by_bent else afresh(gradient).direction
    share = max(0.0, dot(difference(there, gradient), there) / dot(gradient, gradient))
    walk.direction[0], walk.direction[1] = share * gone[0] - there[0], share * gone[1] - there[1]
    walk.before = loss
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
    (C1, share_left(0.1)),
    "Polak and Ribière, Note sur la convergence de méthodes de directions conjuguées, 1969",
    "Remembers one direction only, and yet crosses a long bowl in as many steps as there are coordinates.",
    "beta is never below 0 (Powell, 1984); where the search finds nothing lower, or p leads upwards, p is forgotten; "
    "scipy.optimize searches on there, and has a larger c2",
    "https://doi.org/10.1051/m2an/196903R100351",
    proof=AS_SCIPY,
    step=conjugate_gradient,
    anywhere=False,
    begin=begin,
    states=(("direction", (2,)), ("before", ())),
)
