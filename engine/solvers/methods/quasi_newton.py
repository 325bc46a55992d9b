"""Quasi-Newton methods: they learn the inverse Hessian from the changes of the gradient along their steps."""

from __future__ import annotations

import math

from engine.language.types import Point
from engine.rules.hyperparameters import Hyperparameter
from engine.solvers.context import Buffer, Hyperparameters, SolverContext, SolverState, loss_and_gradient_here, position
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
)
from engine.solvers.plane import difference, dot, is_finite, norm, scaled
from engine.solvers.reasons import Reason
from engine.solvers.solver import AS_SCIPY, Solver, integer

ROUNDING = 2.0**-52
MOST_PAIRS = 20
LBFGS_TOLERANCE, LBFGS_TRIALS, LBFGS_LARGEST = 0.1, 20, 1e10
"""The limits of the search in L-BFGS-B, which gives up sooner than that of BFGS."""


def begin_bfgs(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> None:
    """Begin with the identity for the inverse Hessian."""
    reset(state.inverse)
    state.before = NO_LOSS_BEFORE


def bfgs(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Search along the quasi-Newton step, and learn from the change of the gradient."""
    begin = position(state)
    loss, gradient, reason = loss_and_gradient_here(state, context)
    if reason != Reason.NONE:
        return reason
    inverse = state.inverse
    direction = (
        -(inverse[0, 0] * gradient[0] + inverse[0, 1] * gradient[1]),
        -(inverse[1, 0] * gradient[0] + inverse[1, 1] * gradient[1]),
    )
    quasi_newton = SearchDirection(direction, first_step_size(state.before, loss, gradient, direction))
    conditions = WolfeSearch(hyper.c1, hyper.c2, TOLERANCE, MOST_TRIALS, LARGEST)
    found, along_step, gradient_there = search_or_restart(state, context, loss, gradient, quasi_newton, conditions)
    if not found:
        return Reason.NO_LOWER_POINT
    if not along_step:
        reset(inverse)
    state.before = loss
    update_inverse(inverse, difference(position(state), begin), difference(gradient_there, gradient))
    return Reason.NONE


def reset(inverse: Buffer) -> None:
    """Make `inverse` (2, 2) the identity."""
    inverse[0, 0] = inverse[1, 1] = 1.0
    inverse[0, 1] = inverse[1, 0] = 0.0


def update_inverse(inverse: Buffer, move: Point, change: Point) -> None:
    """Make `inverse` (2, 2), in place, map the `change` of the gradient to the `move` that it belongs to."""
    curvature = dot(move, change)
    if not curvature > 0.0:
        # The update would not stay positive definite.
        return
    (dx, dy), (yx, yy) = move, change
    # left = I - move change^T / curvature; the new inverse is left inverse left^T + move move^T / curvature.
    a, b, c, d = 1.0 - dx * yx / curvature, -dx * yy / curvature, -dy * yx / curvature, 1.0 - dy * yy / curvature
    p, q = a * inverse[0, 0] + b * inverse[1, 0], a * inverse[0, 1] + b * inverse[1, 1]
    r, s = c * inverse[0, 0] + d * inverse[1, 0], c * inverse[0, 1] + d * inverse[1, 1]
    xx, xy = p * a + q * b + dx * dx / curvature, p * c + q * d + dx * dy / curvature
    yx, yy = r * a + s * b + dy * dx / curvature, r * c + s * d + dy * dy / curvature
    if is_finite((xx, xy)) and is_finite((yx, yy)):
        inverse[0, 0], inverse[0, 1], inverse[1, 0], inverse[1, 1] = xx, xy, yx, yy


def lbfgs(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Search along the step that the last pairs of a move and a change of the gradient give, and keep one more."""
    begin = position(state)
    loss, gradient, reason = loss_and_gradient_here(state, context)
    if reason != Reason.NONE:
        return reason
    direction = scaled(-1.0, times_inverse(state, max(1, round(hyper.history_size)), gradient))
    quasi_newton = SearchDirection(direction, 1.0 if state.pairs > 0.0 else min(1.0, 1.0 / norm(gradient)))
    conditions = WolfeSearch(hyper.c1, hyper.c2, LBFGS_TOLERANCE, LBFGS_TRIALS, LBFGS_LARGEST)
    found, along_step, gradient_there = search_or_restart(state, context, loss, gradient, quasi_newton, conditions)
    if not found:
        return Reason.NO_LOWER_POINT
    if not along_step:
        state.pairs = 0.0
    move = difference(position(state), begin)
    keep_pair(state, move, difference(gradient_there, gradient), -dot(gradient, move))
    return Reason.NONE


def times_inverse(state: SolverState, most: int, gradient: Point) -> Point:
    """Return the learnt inverse Hessian times `gradient`, by the two-loop recursion over the newest `most` pairs."""
    pairs = min(int(state.pairs), most)
    x, y = gradient
    for pair in range(pairs):
        move, change = pair_at(state.moves, pair), pair_at(state.changes, pair)
        share = dot(move, (x, y)) / dot(move, change)
        state.shares[pair] = share
        x, y = x - share * change[0], y - share * change[1]
    if pairs > 0:
        newest = pair_at(state.changes, 0)
        scale = dot(pair_at(state.moves, 0), newest) / dot(newest, newest)
        x, y = x * scale, y * scale
    for pair in range(pairs - 1, -1, -1):
        move, change = pair_at(state.moves, pair), pair_at(state.changes, pair)
        share = state.shares[pair] - dot(change, (x, y)) / dot(move, change)
        x, y = x + share * move[0], y + share * move[1]
    return x, y


def pair_at(vectors: Buffer, number: int) -> Point:
    """Return row `number` of an array (n, 2)."""
    return float(vectors[number, 0]), float(vectors[number, 1])


def keep_pair(state: SolverState, move: Point, change: Point, promised: float) -> None:
    """Put a pair before the others and drop the oldest, unless its curvature is not positive beyond rounding.

    `promised` is the descent that the gradient before the move promised.
    """
    if not ROUNDING * promised < dot(move, change) < math.inf:
        return
    for pair in range(MOST_PAIRS - 1, 0, -1):
        for axis in range(2):
            state.moves[pair, axis] = state.moves[pair - 1, axis]
            state.changes[pair, axis] = state.changes[pair - 1, axis]
    state.moves[0, 0], state.moves[0, 1] = move
    state.changes[0, 0], state.changes[0, 1] = change
    state.pairs = min(state.pairs + 1.0, float(MOST_PAIRS))


BFGS = Solver(
    "BFGS",
    """
    p = -H g
    s = length by a strong Wolfe search along p with c1, c2
    w_next = w + s*p
    d = w_next - w
    y = g_next - g
    r = 1/dot(d, y)
    H = (I - r d y^T) H (I - r y d^T) + r d d^T
    w = w_next
    """,
    (C1, c2(0.9)),
    "Broyden, Fletcher, Goldfarb and Shanno, 1970; in the form of Nocedal and Wright, Numerical optimization, "
    "algorithm 6.1, 2006",
    "Feels its way with the slope alone, and soon steps as Newton's method does.",
    "H begins as the identity and the first length as scipy.optimize has them; where the search finds nothing lower, "
    "H is forgotten",
    "https://doi.org/10.1007/978-0-387-40065-5",
    proof=AS_SCIPY,
    step=bfgs,
    begin=begin_bfgs,
    states=(("inverse", (2, 2)), ("before", ())),
)

LBFGS = Solver(
    "LBFGS",
    """
    q = g
    for d, y of the last history_size steps, newest first:
        a = dot(d, q)/dot(d, y)
        q = q - a*y
    q = q * dot(d, y)/dot(y, y) of the newest
    for d, y, a of the same, oldest first:
        q = q + (a - dot(y, q)/dot(d, y))*d
    s = length by a strong Wolfe search along -q with c1, c2
    w = w - s*q
    """,
    (
        integer("history_size", 10, 1, MOST_PAIRS, "steps that are remembered"),
        Hyperparameter("c1", 1e-3, 1e-8, 0.4, "log", help="share of the promised descent that a step must bring"),
        c2(0.9),
    ),
    "Liu and Nocedal, On the limited memory BFGS method for large scale optimization, 1989",
    "Does what BFGS does from its last few steps alone, whatever the number of coordinates.",
    "lengths as in L-BFGS-B of scipy.optimize without bounds; where the search finds nothing lower, the memory is "
    "forgotten",
    "https://doi.org/10.1007/BF01589116",
    proof=AS_SCIPY,
    step=lbfgs,
    states=(("moves", (MOST_PAIRS, 2)), ("changes", (MOST_PAIRS, 2)), ("shares", (MOST_PAIRS,)), ("pairs", ())),
)
