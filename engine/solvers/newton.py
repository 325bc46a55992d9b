"""Newton's method: go to where the parabola that fits slope and curvature here has its lowest point."""

from __future__ import annotations

import numpy as np

from engine.optimizer import Hyperparameter, positive
from engine.solvers.backtracking import C1, SHRINK, backtrack
from engine.solvers.linear import solve, symmetric_eigen
from engine.solvers.solver import Solver
from engine.solvers.walk import Walk

SHARE = Hyperparameter("lr", 1.0, 0.01, 2.0, help="share of the whole step")
BOOK = "https://doi.org/10.1007/978-0-387-40065-5"


def newton(walk: Walk) -> None:
    """Leap by the share `lr` of the whole step."""
    _, gradient = walk.here()
    walk.leap(walk.w - walk.hyper["lr"] * solve(walk.bend(), gradient))


def damped_newton(walk: Walk) -> None:
    """Search along the step of a curvature that is bent upwards."""
    loss, gradient = walk.here()
    bends, axes = symmetric_eigen(walk.bend())
    shift = max(0.0, walk.hyper["least"] - bends[0])
    # Beside large curvatures rounding would swallow the shift, and the matrix would lead upwards.
    direction = -axes @ ((axes.T @ gradient) / np.maximum(bends + shift, walk.hyper["least"]))
    backtrack(walk, direction, 1.0, loss, float(gradient @ direction))


def saddle_free_newton(walk: Walk) -> None:
    """Leap downhill along every axis of the curvature, the further the less it bends."""
    _, gradient = walk.here()
    bends, axes = np.linalg.eigh(walk.bend())
    scaled = (axes.T @ gradient) / np.maximum(np.abs(bends), walk.hyper["least"])
    walk.leap(walk.w - walk.hyper["lr"] * axes @ scaled)


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
    curved=True,
)
