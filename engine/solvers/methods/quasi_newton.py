"""Quasi-Newton methods: the curvature is learnt from how the slope changed along the steps that were made."""

from __future__ import annotations

import math

from engine.rules.hyperparameters import Hyperparameter
from engine.solvers.context import Point, Record, place, slope_here
from engine.solvers.line_searches.wolfe import (
    C1,
    LONGEST,
    MOST_TRIALS,
    NARROW,
    NO_LOSS_BEFORE,
    Way,
    Wolfe,
    descend,
    first_length,
    share_left,
)
from engine.solvers.plane import difference, dot, is_finite, norm, scaled
from engine.solvers.reasons import Reason
from engine.solvers.solver import AS_SCIPY, Solver, whole

ROUNDING = 2.0**-52
MOST_PAIRS = 20
CONTENT_NARROW, CONTENT_TRIALS, CONTENT_LONGEST = 0.1, 20, 1e10
"""The search of L-BFGS-B ends so: it is content with less, and gives up sooner."""


def begin_bfgs(walk: Record, hyper: Record, context: Record) -> None:
    """Begin with the curvature of a round bowl."""
    forget(walk.inverse)
    walk.before = NO_LOSS_BEFORE


def bfgs(walk: Record, hyper: Record, context: Record) -> Reason:
    """Search along the step of the learnt curvature, and learn from what the slope did on it."""
    begin = place(walk)
    loss, gradient, reason = slope_here(walk, context)
    if reason != Reason.NONE:
        return reason
    inverse = walk.inverse
    direction = (
        -(inverse[0, 0] * gradient[0] + inverse[0, 1] * gradient[1]),
        -(inverse[1, 0] * gradient[0] + inverse[1, 1] * gradient[1]),
    )
    learnt = Way(direction, first_length(walk.before, loss, gradient, direction))
    wolfe = Wolfe(hyper.c1, hyper.c2, NARROW, MOST_TRIALS, LONGEST)
    found, by_learnt, gradient_there = descend(walk, context, loss, gradient, learnt, wolfe)
    if not found:
        return Reason.NOTHING_LOWER
    if not by_learnt:
        forget(inverse)
    walk.before = loss
    learn(inverse, difference(place(walk), begin), difference(gradient_there, gradient))
    return Reason.NONE


def forget(inverse: Record) -> None:
    """Make `inverse` (2, 2) that of a round bowl."""
    inverse[0, 0] = inverse[1, 1] = 1.0
    inverse[0, 1] = inverse[1, 0] = 0.0


def learn(inverse: Record, move: Point, change: Point) -> None:
    """Make `inverse` (2, 2), in place, take the `change` of the slope to the `move` that brought it."""
    bend = dot(move, change)
    if not bend > 0.0:
        # It would not stay positive definite.
        return
    (dx, dy), (yx, yy) = move, change
    # left = I - move change^T / bend; the new inverse is left inverse left^T + move move^T / bend.
    a, b, c, d = 1.0 - dx * yx / bend, -dx * yy / bend, -dy * yx / bend, 1.0 - dy * yy / bend
    p, q = a * inverse[0, 0] + b * inverse[1, 0], a * inverse[0, 1] + b * inverse[1, 1]
    r, s = c * inverse[0, 0] + d * inverse[1, 0], c * inverse[0, 1] + d * inverse[1, 1]
    xx, xy = p * a + q * b + dx * dx / bend, p * c + q * d + dx * dy / bend
    yx, yy = r * a + s * b + dy * dx / bend, r * c + s * d + dy * dy / bend
    if is_finite((xx, xy)) and is_finite((yx, yy)):
        inverse[0, 0], inverse[0, 1], inverse[1, 0], inverse[1, 1] = xx, xy, yx, yy


def lbfgs(walk: Record, hyper: Record, context: Record) -> Reason:
    """Search along the step that the last moves and changes of the slope tell of, and keep one pair more."""
    begin = place(walk)
    loss, gradient, reason = slope_here(walk, context)
    if reason != Reason.NONE:
        return reason
    direction = scaled(-1.0, turned(walk, max(1, round(hyper.history_size)), gradient))
    learnt = Way(direction, 1.0 if walk.pairs > 0.0 else min(1.0, 1.0 / norm(gradient)))
    wolfe = Wolfe(hyper.c1, hyper.c2, CONTENT_NARROW, CONTENT_TRIALS, CONTENT_LONGEST)
    found, by_learnt, gradient_there = descend(walk, context, loss, gradient, learnt, wolfe)
    if not found:
        return Reason.NOTHING_LOWER
    if not by_learnt:
        walk.pairs = 0.0
    move = difference(place(walk), begin)
    keep_pair(walk, move, difference(gradient_there, gradient), -dot(gradient, move))
    return Reason.NONE


def turned(walk: Record, most: int, gradient: Point) -> Point:
    """Return the inverse of the learnt curvature times `gradient`, by the recursion over the pairs and back."""
    pairs = min(int(walk.pairs), most)
    x, y = gradient
    for pair in range(pairs):
        move, change = row(walk.moves, pair), row(walk.changes, pair)
        share = dot(move, (x, y)) / dot(move, change)
        walk.shares[pair] = share
        x, y = x - share * change[0], y - share * change[1]
    if pairs > 0:
        newest = row(walk.changes, 0)
        scale = dot(row(walk.moves, 0), newest) / dot(newest, newest)
        x, y = x * scale, y * scale
    for pair in range(pairs - 1, -1, -1):
        move, change = row(walk.moves, pair), row(walk.changes, pair)
        share = walk.shares[pair] - dot(change, (x, y)) / dot(move, change)
        x, y = x + share * move[0], y + share * move[1]
    return x, y


def row(vectors: Record, number: int) -> Point:
    """Return a row of an array (n, 2)."""
    return float(vectors[number, 0]), float(vectors[number, 1])


def keep_pair(walk: Record, move: Point, change: Point, promised: float) -> None:
    """Put a pair before the others, the oldest of which is dropped, unless it tells of no upward curvature.

    `promised` is how far the slope before the move said that it would lead down.
    """
    if not ROUNDING * promised < dot(move, change) < math.inf:
        return
    for pair in range(MOST_PAIRS - 1, 0, -1):
        for axis in range(2):
            walk.moves[pair, axis] = walk.moves[pair - 1, axis]
            walk.changes[pair, axis] = walk.changes[pair - 1, axis]
    walk.moves[0, 0], walk.moves[0, 1] = move
    walk.changes[0, 0], walk.changes[0, 1] = change
    walk.pairs = min(walk.pairs + 1.0, float(MOST_PAIRS))


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
    (C1, share_left(0.9)),
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
        whole("history_size", 10, 1, MOST_PAIRS, "steps that are remembered"),
        Hyperparameter("c1", 1e-3, 1e-8, 0.4, "log", help="share of the promised descent that a step must bring"),
        share_left(0.9),
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
