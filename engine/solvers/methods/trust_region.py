"""Trust region: a parabola stands for the loss within a radius, which grows where it foretells well, else shrinks."""

from __future__ import annotations

import math

from engine.language.types import Point
from engine.rules.hyperparameters import Hyperparameter, positive
from engine.solvers.context import (
    Hyperparameters,
    SolverContext,
    SolverState,
    Symmetric,
    evaluate_loss,
    hessian_at,
    loss_and_gradient_here,
    move_to,
    position,
)
from engine.solvers.plane import along, applied, difference, dot, eigenvalues, is_finite, norm, scaled, solved
from engine.solvers.reasons import Reason
from engine.solvers.solver import AS_SCIPY, Solver

POOR, GOOD = 0.25, 0.75
"""Shares of the foretold descent below which the radius shrinks, and above which it may grow."""
SHRINK, GROW = 0.25, 2.0
MOST_TRIALS = 60
"""By then the radius is within rounding of none."""


def begin(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> None:
    """Begin with the radius that a person has set."""
    state.radius = hyper.radius


def trust_region(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Try steps within a smaller and smaller radius, until the loss falls as the parabola foretells."""
    begin = position(state)
    loss, gradient, reason = loss_and_gradient_here(state, context)
    if reason != Reason.NONE:
        return reason
    hessian = hessian_at(context, begin)
    if not (is_finite((hessian[0], hessian[1])) and math.isfinite(hessian[2])):
        return Reason.NO_CURVATURE
    for _ in range(MOST_TRIALS):
        move, at_edge = dogleg(gradient, hessian, state.radius)
        foretold = -(dot(gradient, move) + dot(move, applied(hessian, move)) / 2.0)
        point = along(begin, 1.0, move)
        if not foretold > 0.0 or point == begin:
            break
        share = (loss - evaluate_loss(state, context, point)) / foretold
        if not share >= POOR:
            state.radius *= SHRINK
        elif share > GOOD and at_edge:
            state.radius = min(state.radius * GROW, hyper.largest)
        if share > hyper.eta:
            move_to(state, point)
            return Reason.NONE
    return Reason.NO_LOWER_POINT


def dogleg(gradient: Point, hessian: Symmetric, radius: float) -> tuple[Point, bool]:
    """Return the move within `radius` along steepest descent and then towards Newton's step, and whether it is cut.

    A Hessian that is not positive definite has no such step: then the move stays on steepest descent.
    """
    has_minimum = eigenvalues(hessian)[0] > 0.0
    newton = scaled(-1.0, solved(hessian, gradient))
    if has_minimum and norm(newton) < radius:
        return newton, False
    curvature = dot(gradient, applied(hessian, gradient))
    step_size = dot(gradient, gradient) / curvature if curvature > 0.0 else math.inf
    steepest = scaled(-step_size, gradient)
    if not norm(steepest) < radius:
        return scaled(-radius / norm(gradient), gradient), True
    if not has_minimum:
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
    uses_hessian=True,
)
