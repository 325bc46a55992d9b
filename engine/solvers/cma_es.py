"""CMA-ES: a bell curve of points that moves, stretches and turns towards where the better half of them lay."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.optimizer import positive
from engine.solvers.linear import symmetric_eigen
from engine.solvers.population import MOST_MEMBERS, are_level, living, members
from engine.solvers.solver import SEED, Solver
from engine.solvers.walk import Reason, RestError, Shape, Walk

Array = NDArray[np.float64]
FEWEST = 4
MOST_GROWTH = 1.0
"""The bell curve grows e-fold in a step at the most."""
LEAST_BEND = 1e-300
"""What rounding may leave of an eigenvalue that has shrunk to nothing."""
LEAST_SIZE, MOST_SIZE = 1e-12, 1e4
"""Times its first size that the bell curve may shrink and grow to: TolX and TolXUp."""
MOST_CONDITION = 1e14
"""The largest eigenvalue of the covariance over the smallest: ConditionCov."""
FLAT_RANK, MOST_FLAT = 0.75, 1
"""A generation is flat whose best point is no better than the one at this share of the ranks; so many are borne."""
MOST_RECENT = 25
"""The longest that any number of members asks of the memory of best losses, by `recent_generations`."""


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
        "first_sigma": (1,),
        "best": (dimensions,),
        "heights": (MOST_MEMBERS,),
        "recent": (MOST_RECENT,),
        "flat": (1,),
        "stop": (1,),
    }


def begin(walk: Walk) -> None:
    """Begin with a round bell curve around the position, from which no point is drawn yet."""
    walk["members"] = float(min(max(walk.whole("members"), FEWEST), MOST_MEMBERS))
    living(walk)[:] = walk["best"] = walk.w
    walk["sigma"] = walk["first_sigma"] = walk.hyper["sigma"]
    walk["covariance"] = np.eye(len(walk.w))
    for state in ("path_sigma", "path_c", "generation", "flat", "stop"):
        walk[state] = 0.0


def cma_es(walk: Walk) -> None:
    """Draw points, and adapt the bell curve to the better half of them; at the end stand on the best point of all."""
    rest_if_stopped(walk)
    points, heights = living(walk), walk["heights"][: int(walk["members"][0])]
    spreads, axes = symmetric_eigen(walk["covariance"])
    spreads = np.sqrt(np.maximum(spreads, LEAST_BEND))
    drawn = walk.random().standard_normal(points.shape) * spreads @ axes.T
    points[:] = walk.w + walk["sigma"] * drawn
    heights[:] = walk.values(points)
    order = np.argsort(heights, kind="stable")
    keep_best(walk, points[order[0]], heights[order[0]])
    if not math.isfinite(heights[order[0]]):
        # All lie in holes: nearer ones may not.
        walk["sigma"] = walk["sigma"] / 2.0
    elif heights[order[0]] == heights[order[int(FLAT_RANK * len(points))]]:
        # Ranks tell nothing: whatever was learnt from them would be chance.
        walk["flat"] += 1.0
    else:
        walk["flat"] = 0.0
        constants = Constants.of(len(points), len(walk.w))
        adapt(walk, constants, drawn[order[: len(constants.weights)]], (axes / spreads) @ axes.T)
    reason = reason_to_stop(walk, spreads, heights)
    if reason != Reason.NONE:
        walk["stop"] = reason
        walk.w[:] = walk["best"]


def rest_if_stopped(walk: Walk) -> None:
    """Raise a RestError where the walk has stopped; where the landscape has moved since, begin anew."""
    if walk["stop"][0] == Reason.NONE:
        return
    points = living(walk)
    if np.array_equal(walk.known(points), walk["heights"][: len(points)]):
        raise RestError(Reason(int(walk["stop"][0])))
    begin(walk)


def keep_best(walk: Walk, point: Array, loss: float) -> None:
    """Keep `point` if it is lower than the best point of all before, whose loss is asked anew."""
    if loss < walk.known(walk["best"][None])[0]:
        walk["best"] = point


def recent_generations(members: int, dimensions: int) -> int:
    """Return over how many generations the best losses are compared."""
    return min(10 + math.ceil(30 * dimensions / members), MOST_RECENT)


def reason_to_stop(walk: Walk, spreads: Array, heights: Array) -> Reason:
    """Return why nothing more is to be found, by the criteria of Hansen's tutorial.

    `spreads` (d,) are the lengths of the axes that the points of `heights` (members,) were drawn with.
    """
    sigma, first = float(walk["sigma"][0]), float(walk["first_sigma"][0])
    number = int(walk["generation"][0])
    recent = walk["recent"][: recent_generations(len(heights), len(walk.w))]
    recent[number % len(recent)] = heights.min()
    sides = sigma * np.maximum(np.sqrt(np.diag(walk["covariance"])), np.abs(walk["path_c"]))
    if walk["flat"][0] > MOST_FLAT:
        return Reason.LEVEL_POINTS
    if number >= len(recent) and are_level(np.append(recent, heights)):
        return Reason.LEVEL_POINTS
    if (sides <= np.maximum(LEAST_SIZE * first, np.spacing(np.abs(walk.w)))).all():
        return Reason.SHRUNK
    if not sigma * spreads.max() <= MOST_SIZE * first:
        return Reason.SPREAD_OUT
    return Reason.TOO_THIN if spreads.max() > math.sqrt(MOST_CONDITION) * spreads.min() else Reason.NONE


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
    loss = walk.value(middle)
    if not math.isfinite(loss):
        # The middle of good points may lie in a hole: then only the size is learnt.
        walk["sigma"] = walk["sigma"] / 2.0
        return
    walk.w[:] = middle
    keep_best(walk, middle, loss)
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
    rest at the best of all points once they are equally high, together, in a line or 10^4 times as far apart as first
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
    "sigma is halved; it rests by the tutorial's TolX, TolXUp, ConditionCov and EqualFunValues, by pycma's flat "
    "fitness, and by TolFun with 4 roundings of the losses in place of a fixed number",
    "https://arxiv.org/abs/1604.00772",
    step=cma_es,
    begin=begin,
    states=states,
)
