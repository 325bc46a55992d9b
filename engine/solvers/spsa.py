"""SPSA: the slope guessed from two points, in a direction that all coordinates are tossed into at once."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from engine.optimizer import Hyperparameter, positive
from engine.solvers.solver import SEED, Solver
from engine.solvers.walk import Shape, Walk


def states(dimensions: int) -> Mapping[str, Shape]:
    """Return how many steps were made."""
    return {"steps": (1,)}


def spsa(walk: Walk) -> None:
    """Move along a random diagonal by the slope that two points on it show; where holes are in the way, stay."""
    steps = float(walk["steps"][0])
    walk["steps"] = steps + 1.0
    gain = walk.hyper["a"] / (steps + 1.0 + abs(walk.hyper["A"])) ** walk.hyper["alpha"]
    reach = walk.hyper["c"] / (steps + 1.0) ** walk.hyper["gamma"]
    toss = np.where(walk.random().random(len(walk.w)) < 0.5, -1.0, 1.0)
    ahead, behind = walk.values(np.array([walk.w + reach * toss, walk.w - reach * toss]))
    move = -gain * (ahead - behind) / (2.0 * reach) * toss
    length = math.hypot(*move)
    if not 0.0 < length < math.inf:
        return
    point = walk.w + move * min(1.0, walk.hyper["longest"] / length)
    if math.isfinite(walk.value(point)):
        walk.w[:] = point


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
    states=states,
)
