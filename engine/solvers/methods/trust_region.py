"""Trust region: the parabola that fits here is believed within a radius, which grows and shrinks with its record."""

from __future__ import annotations

import math

from engine.rules.hyperparameters import Hyperparameter, positive
from engine.solvers.context import Point, Record, Symmetric, hessian_at, new_loss, place, slope_here, stand
from engine.solvers.plane import along, applied, difference, dot, eigenvalues, is_finite, norm, scaled, solved
from engine.solvers.reasons import Reason
from engine.solvers.solver import AS_SCIPY, Solver

POOR, GOOD = 0.25, 0.75
"""Shares of the foretold descent below which the radius shrinks, and above which it may grow."""
SHRINK, GROW = 0.25, 2.0
MOST_TRIALS = 60
"""By then the radius is within rounding of none."""


def begin(walk: Record, hyper: Record, context: Record) -> None:
    """Begin with the radius that was asked for."""
    walk.radius = hyper.radius


def trust_region(walk: Record, hyper: Record, context: Record) -> Reason:
    """Try steps within a smaller and smaller radius, until one descends as was foretold."""
    begin = place(walk)
    loss, gradient, reason = slope_here(walk, context)
    if reason != Reason.NONE:
        return reason
    curvature = hessian_at(context, begin)
    if not (is_finite((curvature[0], curvature[1])) and math.isfinite(curvature[2])):
        return Reason.NO_CURVATURE
    for _ in range(MOST_TRIALS):
        move, at_edge = dogleg(gradient, curvature, walk.radius)
        foretold = -(dot(gradient, move) + dot(move, applied(curvature, move)) / 2.0)
        point = along(begin, 1.0, move)
        if not foretold > 0.0 or point == begin:
            break
        share = (loss - new_loss(walk, context, point)) / foretold
        if not share >= POOR:
            walk.radius *= SHRINK
        elif share > GOOD and at_edge:
            walk.radius = min(walk.radius * GROW, hyper.largest)
        if share > hyper.eta:
            stand(walk, point)
            return Reason.NONE
    return Reason.NOTHING_LOWER


def dogleg(gradient: Point, curvature: Symmetric, radius: float) -> tuple[Point, bool]:
    """Return the move within `radius`, straight down and then bent towards Newton's step, and whether it is cut.

    Where the curvature is not bent upwards all round, there is no such step to bend towards.
    """
    upwards = eigenvalues(curvature)[0] > 0.0
    newton = scaled(-1.0, solved(curvature, gradient))
    if upwards and norm(newton) < radius:
        return newton, False
    bend = dot(gradient, applied(curvature, gradient))
    length = dot(gradient, gradient) / bend if bend > 0.0 else math.inf
    steepest = scaled(-length, gradient)
    if not norm(steepest) < radius:
        return scaled(-radius / norm(gradient), gradient), True
    if not upwards:
        return steepest, False
    leg = difference(newton, steepest)
    return along(steepest, share_within(steepest, leg, radius), leg), True


def share_within(begin: Point, leg: Point, radius: float) -> float:
    """Return how much of `leg` leads from `begin` to the edge: the positive root of a quadratic equation."""
    square, half, rest = dot(leg, leg), dot(begin, leg), dot(begin, begin) - radius * radius
    return (-half + math.sqrt(half * half - square * rest)) / square


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
    states=(("radius", ()),),
    curved=True,
)
