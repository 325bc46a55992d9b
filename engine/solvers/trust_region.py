"""Trust region: the parabola that fits here is believed within a radius, which grows and shrinks with its record."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.optimizer import Hyperparameter, positive
from engine.solvers.linear import least_bend, solve
from engine.solvers.solver import AS_SCIPY, Solver
from engine.solvers.walk import Reason, RestError, Shape, Walk

Array = NDArray[np.float64]
POOR, GOOD = 0.25, 0.75
"""Shares of the foretold descent below which the radius shrinks, and above which it may grow."""
SHRINK, GROW = 0.25, 2.0
MOST_TRIALS = 60
"""By then the radius is within rounding of none."""


def states(dimensions: int) -> Mapping[str, Shape]:
    """Return the radius."""
    return {"radius": (1,)}


def begin(walk: Walk) -> None:
    """Begin with the radius that was asked for."""
    walk["radius"] = walk.hyper["radius"]


def trust_region(walk: Walk) -> None:
    """Try steps within a smaller and smaller radius, until one descends as was foretold."""
    loss, gradient = walk.here()
    curvature = walk.bend()
    for _ in range(MOST_TRIALS):
        radius = float(walk["radius"][0])
        move, at_edge = dogleg(gradient, curvature, radius)
        foretold = -float(gradient @ move + move @ curvature @ move / 2.0)
        point = walk.w + move
        if not foretold > 0.0 or np.array_equal(point, walk.w):
            break
        share = (loss - walk.value(point)) / foretold
        if not share >= POOR:
            walk["radius"] = radius * SHRINK
        elif share > GOOD and at_edge:
            walk["radius"] = min(radius * GROW, walk.hyper["largest"])
        if share > walk.hyper["eta"]:
            walk.w[:] = point
            return
    raise RestError(Reason.NOTHING_LOWER)


def dogleg(gradient: Array, curvature: Array, radius: float) -> tuple[Array, bool]:
    """Return the move (d,) within `radius`, straight down and then bent towards Newton's step, and whether it is cut.

    Where the curvature is not bent upwards all round, there is no such step to bend towards.
    """
    upwards = least_bend(curvature) > 0.0
    newton = -solve(curvature, gradient) if upwards else None
    if newton is not None and math.hypot(*newton) < radius:
        return newton, False
    bend = float(gradient @ curvature @ gradient)
    steepest = -gradient * (float(gradient @ gradient) / bend) if bend > 0.0 else -gradient * np.inf
    length = math.hypot(*steepest)
    if not length < radius:
        return -gradient * (radius / math.hypot(*gradient)), True
    if newton is None:
        return steepest, False
    return steepest + _share_within(steepest, newton - steepest, radius) * (newton - steepest), True


def _share_within(begin: Array, leg: Array, radius: float) -> float:
    """Return how much of `leg` leads from `begin` to the edge: the positive root of a quadratic equation."""
    square, half, rest = float(leg @ leg), float(begin @ leg), float(begin @ begin) - radius**2
    return (-half + math.sqrt(half**2 - square * rest)) / square


TRUST_REGION = Solver(
    "TrustRegion",
    """
    H = hessian(w)
    repeat:
        p = dogleg(g, H, radius)
        share = (f - loss(w + p)) / (descent that g and H foretell)
        if share < 1/4: radius = radius/4
        if share > 3/4 and norm(p) == radius: radius = min(2*radius, largest)
    until share > eta
    w = w + p
    """,
    (
        positive("radius", 1.0, 1e-3, 10.0, "the radius to begin with"),
        positive("largest", 1000.0, 0.1, 1000.0, "what the radius never exceeds"),
        Hyperparameter("eta", 0.15, 0.0, 0.24, help="share of the foretold descent that a step must bring"),
    ),
    "Powell, A new algorithm for unconstrained optimization, 1970; in the form of Nocedal and Wright, Numerical "
    "optimization, algorithm 4.1, 2006",
    "Never steps farther than its record allows: short in the bend of a valley, long where the ground keeps its word.",
    "a step is repeated until it is taken; where the ground bends downwards it goes straight down, which the dogleg of "
    "scipy.optimize refuses",
    "https://doi.org/10.1007/978-0-387-40065-5",
    proof=AS_SCIPY,
    step=trust_region,
    begin=begin,
    states=states,
    curved=True,
)
