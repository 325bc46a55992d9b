"""Nonlinear conjugate gradients: each step goes downhill, bent by the last one so as not to undo it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.solvers.solver import AS_SCIPY, Solver
from engine.solvers.walk import Shape, Walk
from engine.solvers.wolfe import C1, NO_LOSS_BEFORE, Way, Wolfe, afresh, descend, first_length, share_left


def states(dimensions: int) -> Mapping[str, Shape]:
    """Return the direction to search along next, and the loss before the last step."""
    return {"direction": (dimensions,), "before": (1,)}


def begin(walk: Walk) -> None:
    """Begin without a direction: the first step goes straight downhill."""
    walk["before"] = NO_LOSS_BEFORE


def conjugate_gradient(walk: Walk) -> None:
    """Search along the direction, and bend the next one."""
    loss, gradient = walk.here()
    direction = walk["direction"].copy() if walk["direction"].any() else -gradient
    bent = Way(direction, first_length(walk, loss, gradient, direction))
    wolfe = Wolfe(walk.hyper["c1"], walk.hyper["c2"])
    gone, gradient_there = descend(walk, loss, gradient, (bent, afresh(gradient)), wolfe)
    share = max(0.0, float((gradient_there - gradient) @ gradient_there) / float(gradient @ gradient))
    walk["direction"] = share * gone.direction - gradient_there
    walk["before"] = loss


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
    begin=begin,
    states=states,
)
