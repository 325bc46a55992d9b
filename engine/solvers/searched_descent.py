"""Gradient descent whose step lengths are searched for rather than set."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from engine.optimizer import positive
from engine.solvers.backtracking import C1, SHRINK, backtrack
from engine.solvers.exact_search import TRIAL, go_to_lowest
from engine.solvers.solver import Solver
from engine.solvers.walk import Reason, RestError, Shape, Walk


def armijo_descent(walk: Walk) -> None:
    """Go straight down by the first of ever shorter lengths that descends enough."""
    loss, gradient = walk.here()
    backtrack(walk, -gradient, walk.hyper["lr"], loss, -float(gradient @ gradient))


def exact_descent(walk: Walk) -> None:
    """Go straight down to the lowest point on the way."""
    loss, gradient = walk.here()
    go_to_lowest(walk, -gradient / math.hypot(*gradient), loss, gradient)


def axis_states(dimensions: int) -> Mapping[str, Shape]:
    """Return the axis whose turn it is."""
    return {"axis": (1,)}


def coordinate_descent(walk: Walk) -> None:
    """Go to the lowest point along the first axis, from the one whose turn it is, that leads anywhere."""
    loss, gradient = walk.here()
    dimensions = len(walk.w)
    for skipped in range(dimensions):
        axis = (int(walk["axis"][0]) + skipped) % dimensions
        if gradient[axis] == 0.0:
            continue
        try:
            go_to_lowest(walk, -np.sign(gradient[axis]) * np.eye(dimensions)[axis], loss, gradient)
        except RestError:
            continue
        walk["axis"] = (axis + 1) % dimensions
        return
    raise RestError(Reason.NOTHING_LOWER)


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
    states=axis_states,
)
