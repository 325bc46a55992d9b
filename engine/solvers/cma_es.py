"""CMA-ES: a bell curve of points that moves, stretches and turns towards where the better half of them lay."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.optimizer import positive
from engine.solvers.population import MOST_MEMBERS, living, members
from engine.solvers.solver import SEED, Solver
from engine.solvers.walk import Shape, Walk

Array = NDArray[np.float64]
FEWEST = 4
MOST_GROWTH = 1.0
"""The bell curve grows e-fold in a step at the most."""
LEAST_BEND = 1e-300
"""What rounding may leave of an eigenvalue that has shrunk to nothing."""


@dataclass(frozen=True)
class Constants:
    """The strategy parameters of Hansen's tutorial, from the numbers of points and coordinates."""

    weights: Array
    mu_eff: float
    c_sigma: float
    d_sigma: float
    c_c: float
    c_1: float
    c_mu: float
    length: float

    @classmethod
    def of(cls, count: int, d: int) -> Constants:
        """Return them for `count` points of `d` coordinates; of the weights only those above 0."""
        raw = math.log((count + 1) / 2) - np.log(np.arange(1, count // 2 + 1))
        weights = np.asarray(raw / raw.sum(), dtype=np.float64)
        mu_eff = 1.0 / float(weights @ weights)
        c_sigma = (mu_eff + 2) / (d + mu_eff + 5)
        c_1 = 2 / ((d + 1.3) ** 2 + mu_eff)
        return cls(
            weights,
            mu_eff,
            c_sigma,
            1 + 2 * max(0.0, math.sqrt((mu_eff - 1) / (d + 1)) - 1) + c_sigma,
            (4 + mu_eff / d) / (d + 4 + 2 * mu_eff / d),
            c_1,
            min(1 - c_1, 2 * (1 / 4 + mu_eff + 1 / mu_eff - 2) / ((d + 2) ** 2 + mu_eff)),
            math.sqrt(d) * (1 - 1 / (4 * d) + 1 / (21 * d**2)),
        )


def states(dimensions: int) -> Mapping[str, Shape]:
    """Return the bell curve, the paths of its middle, and the points last drawn from it."""
    return {
        "population": (MOST_MEMBERS, dimensions),
        "members": (1,),
        "sigma": (1,),
        "covariance": (dimensions, dimensions),
        "path_sigma": (dimensions,),
        "path_c": (dimensions,),
        "generation": (1,),
    }


def begin(walk: Walk) -> None:
    """Begin with a round bell curve around the start, from which no point is drawn yet."""
    walk["members"] = float(min(max(walk.whole("members"), FEWEST), MOST_MEMBERS))
    living(walk)[:] = walk.w
    walk["sigma"] = walk.hyper["sigma"]
    walk["covariance"] = np.eye(len(walk.w))


def cma_es(walk: Walk) -> None:
    """Draw points, and adapt the bell curve to the better half of them."""
    points = living(walk)
    spreads, axes = np.linalg.eigh(walk["covariance"])
    spreads = np.sqrt(np.maximum(spreads, LEAST_BEND))
    drawn = walk.random().standard_normal(points.shape) * spreads @ axes.T
    points[:] = walk.w + walk["sigma"] * drawn
    losses = walk.values(points)
    if not np.isfinite(losses).any():
        # All lie in holes: nearer ones may not.
        walk["sigma"] = walk["sigma"] / 2.0
        return
    constants = Constants.of(len(points), len(walk.w))
    chosen = drawn[np.argsort(losses, kind="stable")[: len(constants.weights)]]
    adapt(walk, constants, chosen, (axes / spreads) @ axes.T)


def adapt(walk: Walk, constants: Constants, chosen: Array, whitening: Array) -> None:
    """Move the middle to the `chosen` (mu, d), the best first, and learn size and shape from how it moved.

    `whitening` (d, d) is the inverse root of the covariance that they were drawn with.
    """
    k, weights = constants, constants.weights
    move = weights @ chosen
    walk["generation"] += 1.0
    path = (1 - k.c_sigma) * walk["path_sigma"] + math.sqrt(k.c_sigma * (2 - k.c_sigma) * k.mu_eff) * whitening @ move
    length = math.hypot(*path)
    unbiased = length / math.sqrt(1 - (1 - k.c_sigma) ** (2 * walk["generation"][0]))
    steady = unbiased < (1.4 + 2 / (len(move) + 1)) * k.length
    path_c = (1 - k.c_c) * walk["path_c"] + steady * math.sqrt(k.c_c * (2 - k.c_c) * k.mu_eff) * move
    lost = (1 - steady) * k.c_c * (2 - k.c_c)
    covariance = (1 - k.c_1 - k.c_mu + k.c_1 * lost) * walk["covariance"]
    covariance += k.c_1 * np.outer(path_c, path_c) + k.c_mu * (chosen.T * weights) @ chosen
    middle = walk.w + walk["sigma"] * move
    if not math.isfinite(walk.value(middle)):
        # The middle of good points may lie in a hole: then only the size is learnt.
        walk["sigma"] = walk["sigma"] / 2.0
        return
    walk.w[:] = middle
    walk["path_sigma"], walk["path_c"], walk["covariance"] = path, path_c, covariance
    walk["sigma"] = walk["sigma"] * math.exp(min(MOST_GROWTH, k.c_sigma / k.d_sigma * (length / k.length - 1)))


CMA_ES = Solver(
    "CMAES",
    """
    sigma as set, C = I, p_sigma = p_c = 0
    draw members points y from N(0, C)    (seed)
    y_w = sum of weight*y over the better half, the best loss(w + sigma*y) first
    w = w + sigma*y_w
    p_sigma = (1 - c_sigma)*p_sigma + sqrt(c_sigma*(2 - c_sigma)*mu_eff) * C^(-1/2) y_w
    p_c = (1 - c_c)*p_c + h*sqrt(c_c*(2 - c_c)*mu_eff) * y_w
    C = (1 - c_1 - c_mu)*C + c_1*p_c p_c^T + c_mu*(sum of weight*y y^T)
    sigma = sigma*exp(c_sigma/d_sigma * (norm(p_sigma)/chi - 1))
    """,
    (
        positive("sigma", 0.5, 1e-3, 10.0, "the first size of the bell curve"),
        members(FEWEST, 6),
        SEED,
    ),
    "Hansen and Ostermeier, Completely derandomized self-adaptation in evolution strategies, 2001; in the form of "
    "Hansen, The CMA evolution strategy: a tutorial, 2016",
    "Its cloud turns and stretches until it lies along the valley; what is drawn is its middle.",
    "no negative weights; sigma grows e-fold in a step at most; where the middle would lie in a hole it stays, and "
    "sigma is halved",
    "https://arxiv.org/abs/1604.00772",
    step=cma_es,
    begin=begin,
    states=states,
)
