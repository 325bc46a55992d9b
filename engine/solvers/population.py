"""What methods with many points share: how many there are, where they begin, and which is the best."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.optimizer import Hyperparameter, positive
from engine.solvers.solver import whole
from engine.solvers.walk import Walk

Array = NDArray[np.float64]
MOST_MEMBERS = 64
"""Rows that a racer keeps for its population, used or not."""
ROUNDING = 4.0 * float(np.finfo(np.float64).eps)

SPREAD = positive("spread", 1.0, 1e-2, 10.0, "how far around the start the first points lie")


def members(fewest: int, default: int) -> Hyperparameter:
    """Return the row of how many points there are; it is read once, when a race begins."""
    return whole("members", default, fewest, MOST_MEMBERS, "how many points there are, from the next start on")


def settle(walk: Walk, fewest: int) -> None:
    """Fill the population: the start, and points drawn evenly from the square around it."""
    count = min(max(walk.whole("members"), fewest), MOST_MEMBERS)
    walk["members"] = float(count)
    points = walk["population"][:count]
    points[:] = walk.w + walk.hyper["spread"] * walk.random().uniform(-1.0, 1.0, points.shape)
    points[0] = walk.w
    walk.values(points[1:])


def living(walk: Walk, name: str = "population") -> Array:
    """Return the rows of a state of the population that are in use, as a view."""
    return walk[name][: int(walk["members"][0])]


def are_level(losses: Array) -> bool:
    """Tell whether losses differ by no more than rounding; infinite ones are level with nothing."""
    low, high = float(losses.min()), float(losses.max())
    return high - low <= ROUNDING * max(abs(low), abs(high)) if math.isfinite(high) else False
