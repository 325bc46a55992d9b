"""Nelder and Mead's simplex: a triangle that flips, stretches and shrinks its way down, asking for no slope."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.optimizer import Hyperparameter, positive
from engine.solvers.solver import AS_SCIPY, Solver
from engine.solvers.walk import Reason, RestError, Shape, Walk

Array = NDArray[np.float64]
ROUNDING = 4.0 * float(np.finfo(np.float64).eps)


def states(dimensions: int) -> Mapping[str, Shape]:
    """Return the corners of the simplex, the best first."""
    return {"population": (dimensions + 1, dimensions), "members": (1,)}


def begin(walk: Walk) -> None:
    """Begin with the start and a corner beside it along each axis."""
    corners = walk["population"]
    corners[:] = walk.w
    corners[1:] += walk.hyper["size"] * np.eye(len(walk.w))
    walk["members"] = len(corners)
    walk.values(corners[1:])


def nelder_mead(walk: Walk) -> None:
    """Replace the worst corner, or draw all towards the best."""
    corners, losses = ordered(walk["population"], walk.known(walk["population"]))
    if np.ptp(corners, axis=0).max() <= ROUNDING * max(1.0, float(np.abs(corners).max())):
        raise RestError(Reason.SHRUNK)
    point = replacement(walk, corners, losses)
    if point is None:
        corners[1:] = corners[0] + walk.hyper["shrink"] * (corners[1:] - corners[0])
        losses[1:] = walk.values(corners[1:])
    else:
        corners[-1], losses[-1] = point
    walk["population"], _ = ordered(corners, losses)
    walk.w[:] = walk["population"][0]


def ordered(corners: Array, losses: Array) -> tuple[Array, Array]:
    """Return corners (d+1, d) and losses with the best first; of equals the earlier one is better."""
    order = np.argsort(losses, kind="stable")
    return corners[order], losses[order]


def replacement(walk: Walk, corners: Array, losses: Array) -> tuple[Array, float] | None:
    """Return a point in place of the worst corner, on its line through the middle of the others, and its loss."""
    middle, worst = corners[:-1].mean(axis=0), corners[-1]

    def at(share: float) -> tuple[Array, float]:
        point = middle + share * (middle - worst)
        return point, float(walk.values(point[None])[0])

    reflection = walk.hyper["reflection"]
    mirrored = at(reflection)
    if mirrored[1] < losses[0]:
        beyond = at(reflection * walk.hyper["expansion"])
        return beyond if beyond[1] < mirrored[1] else mirrored
    if mirrored[1] < losses[-2]:
        return mirrored
    if mirrored[1] < losses[-1]:
        nearer = at(reflection * walk.hyper["contraction"])
        return nearer if nearer[1] <= mirrored[1] else None
    inside = at(-walk.hyper["contraction"])
    return inside if inside[1] < losses[-1] else None


NELDER_MEAD = Solver(
    "NelderMead",
    """
    simplex begins as w and w + size along each axis
    m = mean of all corners but the worst
    r = m + reflection*(m - worst)
    if r is the best so far: worst = better of r and m + reflection*expansion*(m - worst)
    elif r is better than another corner: worst = r
    else: worst = m + reflection*contraction*(m - worst), or m - contraction*(m - worst) if r is worse yet
    if that is no better: every corner = best + shrink*(corner - best)
    w = best corner
    """,
    (
        positive("size", 0.5, 1e-3, 5.0, "how far the first corners are apart"),
        Hyperparameter("reflection", 1.0, 0.5, 2.0, help="how far the worst corner is mirrored"),
        Hyperparameter("expansion", 2.0, 1.1, 4.0, help="how much farther it goes where that leads down"),
        Hyperparameter("contraction", 0.5, 0.1, 0.9, help="how far it goes instead where it leads up"),
        Hyperparameter("shrink", 0.5, 0.1, 0.9, help="what is left of every edge where nothing else helps"),
    ),
    "Nelder and Mead, A simplex method for function minimization, 1965",
    "Crawls like an amoeba, whose best corner is what is drawn, and needs neither slope nor smoothness.",
    "ties are settled as in scipy.optimize",
    "https://doi.org/10.1093/comjnl/7.4.308",
    proof=AS_SCIPY,
    step=nelder_mead,
    begin=begin,
    states=states,
)
