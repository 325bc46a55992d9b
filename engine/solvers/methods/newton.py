"""Newton's method: go to where the parabola that fits slope and curvature here has its lowest point."""

from __future__ import annotations

import math

from engine.rules.hyperparameters import Hyperparameter, positive
from engine.solvers.context import Point, Record, Symmetric, hessian_at, place, slope_here, stand
from engine.solvers.line_searches.backtracking import C1, SHRINK, backtrack
from engine.solvers.plane import along, dot, eigenvalues, is_finite, larger_axis, quarter_turn, scaled, solved
from engine.solvers.reasons import Reason
from engine.solvers.solver import Solver

SHARE = Hyperparameter("lr", 1.0, 0.01, 2.0, help="share of the whole step")
BOOK = "https://doi.org/10.1007/978-0-387-40065-5"


def newton(walk: Record, hyper: Record, context: Record) -> Reason:
    """Leap by the share `lr` of the whole step."""
    _, gradient, curvature, reason = slope_and_curvature(walk, context)
    if reason != Reason.NONE:
        return reason
    step = solved(curvature, gradient)
    if not is_finite(step):
        return Reason.NO_CURVATURE
    return leap(walk, scaled(-hyper.lr, step))


def damped_newton(walk: Record, hyper: Record, context: Record) -> Reason:
    """Search along the step of a curvature that is bent upwards."""
    loss, gradient, curvature, reason = slope_and_curvature(walk, context)
    if reason != Reason.NONE:
        return reason
    smaller, larger = eigenvalues(curvature)
    shift = max(0.0, hyper.least - smaller)
    # Beside large curvatures rounding would swallow the shift, and the matrix would lead upwards.
    direction = scaled(
        -1.0, divided(curvature, gradient, max(smaller + shift, hyper.least), max(larger + shift, hyper.least))
    )
    if not is_finite(direction):
        return Reason.NO_CURVATURE
    return backtrack(walk, hyper, context, direction, 1.0, loss, dot(gradient, direction))


def saddle_free_newton(walk: Record, hyper: Record, context: Record) -> Reason:
    """Leap downhill along every axis of the curvature, the further the less it bends."""
    _, gradient, curvature, reason = slope_and_curvature(walk, context)
    if reason != Reason.NONE:
        return reason
    smaller, larger = eigenvalues(curvature)
    move = divided(curvature, gradient, max(abs(smaller), hyper.least), max(abs(larger), hyper.least))
    return leap(walk, scaled(-hyper.lr, move))


def divided(curvature: Symmetric, gradient: Point, smaller: float, larger: float) -> Point:
    """Return the gradient divided along each axis of the curvature by what is given for it."""
    axis = larger_axis(curvature)
    across = quarter_turn(axis)
    by_larger, by_smaller = dot(axis, gradient) / larger, dot(across, gradient) / smaller
    return by_larger * axis[0] + by_smaller * across[0], by_larger * axis[1] + by_smaller * across[1]


def slope_and_curvature(walk: Record, context: Record) -> tuple[float, Point, Symmetric, Reason]:
    """Return the loss, its gradient and its Hessian where the racer stands, and why there is no step, if so."""
    loss, gradient, reason = slope_here(walk, context)
    xx, xy, yy = curvature = hessian_at(context, place(walk))
    if reason == Reason.NONE and not (is_finite((xx, xy)) and math.isfinite(yy)):
        reason = Reason.NO_CURVATURE
    return loss, gradient, curvature, reason


def leap(walk: Record, move: Point) -> Reason:
    """Go to a point unseen: whether it is lower is found out when standing there."""
    walk.evaluations += 1.0
    stand(walk, along(place(walk), 1.0, move))
    return Reason.NONE


NEWTON = Solver(
    "Newton",
    """
    H = hessian(w)
    solve H p = -g
    w = w + lr*p
    """,
    (SHARE,),
    "Nocedal and Wright, Numerical optimization, section 3.3, 2006",
    "Doubles its correct digits at every step once it is near, and runs to saddles and peaks as gladly as to valleys.",
    "lr, 1 unless it is moved, takes a share of the step",
    BOOK,
    warning="Where the ground bends downwards it climbs: on a hill it goes to the top.",
    step=newton,
    rate="lr",
    curved=True,
)

DAMPED_NEWTON = Solver(
    "DampedNewton",
    """
    H = hessian(w)
    shift = max(0, least - smallest eigenvalue of H)
    solve (H + shift*I) p = -g
    s = 1
    while loss(w + s*p) > f + c1*s*dot(g, p):
        s = shrink*s
    w = w + s*p
    """,
    (
        positive("least", 1e-3, 1e-8, 10.0, "the least curvature that a step believes in"),
        C1,
        SHRINK,
    ),
    "Nocedal and Wright, Numerical optimization, algorithm 3.2, 2006",
    "Newton's step where that leads down, a shorter one where it would overshoot, and never uphill.",
    "the shift comes from the smallest eigenvalue, not from trial factorisations",
    BOOK,
    step=damped_newton,
    curved=True,
)

SADDLE_FREE_NEWTON = Solver(
    "SaddleFreeNewton",
    """
    H = hessian(w) = Q diag(bends) Q^T
    p = -Q diag(1/max(|bends|, least)) Q^T g
    w = w + lr*p
    """,
    (SHARE, positive("least", 1e-3, 1e-8, 10.0, "the least curvature that a step is divided by")),
    "Dauphin et al., Identifying and attacking the saddle point problem in high-dimensional non-convex optimization, "
    "2014",
    "Is thrown off saddles, where Newton's method is drawn in.",
    "the whole curvature is known here, where the paper has that of a few directions; `least` keeps steps finite",
    "https://arxiv.org/abs/1406.2572",
    step=saddle_free_newton,
    rate="lr",
    curved=True,
)
