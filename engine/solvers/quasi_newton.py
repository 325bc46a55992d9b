"""Quasi-Newton methods: the curvature is learnt from how the slope changed along the steps that were made."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.optimizer import Hyperparameter
from engine.solvers.solver import AS_SCIPY, Solver, whole
from engine.solvers.walk import Shape, Walk
from engine.solvers.wolfe import C1, NO_LOSS_BEFORE, Way, Wolfe, afresh, descend, first_length, share_left

Array = NDArray[np.float64]
ROUNDING = float(np.finfo(np.float64).eps)
MOST_PAIRS = 20


def bfgs_states(dimensions: int) -> Mapping[str, Shape]:
    """Return the inverse of the learnt curvature, and the loss before the last step."""
    return {"inverse": (dimensions, dimensions), "before": (1,)}


def begin_bfgs(walk: Walk) -> None:
    """Begin with the curvature of a round bowl."""
    walk["inverse"] = np.eye(len(walk.w))
    walk["before"] = NO_LOSS_BEFORE


def bfgs(walk: Walk) -> None:
    """Search along the step of the learnt curvature, and learn from what the slope did on it."""
    loss, gradient = walk.here()
    before, direction = walk.w.copy(), -walk["inverse"] @ gradient
    learnt = Way(direction, first_length(walk, loss, gradient, direction))
    wolfe = Wolfe(walk.hyper["c1"], walk.hyper["c2"])
    gone, gradient_there = descend(walk, loss, gradient, (learnt, afresh(gradient)), wolfe)
    if gone is not learnt:
        walk["inverse"] = np.eye(len(walk.w))
    walk["before"] = loss
    learn(walk["inverse"], walk.w - before, gradient_there - gradient)


def learn(inverse: Array, move: Array, change: Array) -> None:
    """Make `inverse` (d, d), in place, take the `change` of the slope to the `move` that brought it."""
    bend = float(move @ change)
    if not bend > 0.0:
        # It would not stay positive definite.
        return
    left = np.eye(len(move)) - np.outer(move, change) / bend
    updated = left @ inverse @ left.T + np.outer(move, move) / bend
    if np.isfinite(updated).all():
        inverse[:] = updated


def lbfgs_states(dimensions: int) -> Mapping[str, Shape]:
    """Return the last moves and changes of the slope, the newest first, and how many there are."""
    return {"moves": (MOST_PAIRS, dimensions), "changes": (MOST_PAIRS, dimensions), "pairs": (1,)}


def lbfgs(walk: Walk) -> None:
    """Search along the step that the last moves and changes of the slope tell of, and keep one pair more."""
    loss, gradient = walk.here()
    before, direction = walk.w.copy(), -turned(walk, gradient)
    learnt = Way(direction, 1.0 if walk["pairs"][0] else min(1.0, 1.0 / math.hypot(*gradient)))
    # The search ends as the one of L-BFGS-B does: it is content with less, and gives up sooner.
    wolfe = Wolfe(walk.hyper["c1"], walk.hyper["c2"], narrow=0.1, trials=20, longest=1e10)
    gone, gradient_there = descend(walk, loss, gradient, (learnt, afresh(gradient)), wolfe)
    if gone is not learnt:
        walk["pairs"] = 0.0
    move = walk.w - before
    keep_pair(walk, move, gradient_there - gradient, promised=-float(gradient @ move))


def turned(walk: Walk, gradient: Array) -> Array:
    """Return the inverse of the learnt curvature times `gradient`, by the recursion over the pairs and back."""
    pairs = min(int(walk["pairs"][0]), max(1, walk.whole("history_size")))
    moves, changes = walk["moves"][:pairs], walk["changes"][:pairs]
    bends = (moves * changes).sum(axis=1)
    shares = np.empty(pairs)
    result = gradient.copy()
    for pair in range(pairs):
        shares[pair] = moves[pair] @ result / bends[pair]
        result -= shares[pair] * changes[pair]
    if pairs:
        result *= bends[0] / (changes[0] @ changes[0])
    for pair in reversed(range(pairs)):
        result += (shares[pair] - changes[pair] @ result / bends[pair]) * moves[pair]
    return result


def keep_pair(walk: Walk, move: Array, change: Array, promised: float) -> None:
    """Put a pair before the others, the oldest of which is dropped, unless it tells of no upward curvature.

    `promised` is how far the slope before the move said that it would lead down.
    """
    if not ROUNDING * promised < float(move @ change) < math.inf:
        return
    for name, vector in (("moves", move), ("changes", change)):
        walk[name][1:] = walk[name][:-1].copy()
        walk[name][0] = vector
    walk["pairs"] = min(walk["pairs"][0] + 1.0, float(MOST_PAIRS))


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
    states=bfgs_states,
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
    states=lbfgs_states,
)
