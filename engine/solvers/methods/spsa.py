"""SPSA: the gradient is estimated from two losses, however many coordinates there are."""

from __future__ import annotations

import math

from engine.rules.hyperparameters import Hyperparameter, positive
from engine.solvers.context import (
    Hyperparameters,
    SolverContext,
    SolverState,
    evaluate_loss_or_infinity,
    move_to,
    position,
)
from engine.solvers.plane import along, norm, scaled
from engine.solvers.random import uniform_pair
from engine.solvers.reasons import Reason
from engine.solvers.solver import SEED, Solver


def spsa(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Move along a random diagonal by the slope between two points on it; stay where a loss is not finite."""
    begin, steps = position(state), state.steps
    state.steps = steps + 1.0
    gain = hyper.a / (steps + 1.0 + abs(hyper.A)) ** hyper.alpha
    reach = hyper.c / (steps + 1.0) ** hyper.gamma
    drawn = uniform_pair(context, hyper.seed, 0)
    toss = -1.0 if drawn[0] < 0.5 else 1.0, -1.0 if drawn[1] < 0.5 else 1.0
    ahead = evaluate_loss_or_infinity(state, context, along(begin, reach, toss))
    behind = evaluate_loss_or_infinity(state, context, along(begin, -reach, toss))
    move = scaled(-gain * (ahead - behind) / (2.0 * reach), toss)
    length = norm(move)
    if not 0.0 < length < math.inf:
        return Reason.NONE
    point = along(begin, min(1.0, hyper.longest / length), move)
    if math.isfinite(evaluate_loss_or_infinity(state, context, point)):
        move_to(state, point)
    return Reason.NONE


SPSA = Solver(
    "SPSA",
    """
    a_t = a/(t + A)^alpha
    c_t = c/t^gamma
    z = -1 or 1 by chance (seed), for each coordinate
    p = -a_t*(loss(w + c_t*z) - loss(w - c_t*z))/(2*c_t) * z
    w = w + p, no farther than longest
    """,
    (
        positive("a", 0.1, 1e-4, 10.0, "size of the steps"),
        Hyperparameter("A", 10.0, 0.0, 1000.0, help="steps for which the size hardly falls"),
        Hyperparameter("alpha", 0.602, 0.0, 1.0, help="how fast the size falls"),
        positive("c", 0.1, 1e-4, 1.0, "how far apart the two points are"),
        Hyperparameter("gamma", 0.101, 0.0, 0.5, help="how fast they draw together"),
        positive("longest", 0.1, 1e-3, 10.0, "the longest step"),
        SEED,
    ),
    "Spall, Multivariate stochastic approximation using a simultaneous perturbation gradient approximation, 1992",
    "Two looks a step, however many coordinates there are: it staggers downhill.",
    "steps have a greatest length, and none leads into a hole",
    "https://doi.org/10.1109/9.119632",
    step=spsa,
    step_size="a",
    states=(("steps", ()),),
)
