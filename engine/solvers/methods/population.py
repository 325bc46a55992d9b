"""What methods with many points share: how many there are, where they begin, and which is the best."""

from __future__ import annotations

import math

from engine.rules.hyperparameters import Hyperparameter, positive
from engine.solvers.context import MOST_POINTS, Record, new_losses
from engine.solvers.random import uniform_pair
from engine.solvers.solver import whole

MOST_MEMBERS = MOST_POINTS
"""Rows that a racer keeps for its population, used or not."""
ROUNDING = 4.0 * 2.0**-52

SPREAD = positive("spread", 1.0, 1e-2, 10.0, "how far around the start the first points lie")


def members(fewest: int, default: int) -> Hyperparameter:
    """Return the row of how many points there are; it is read once, when a race begins."""
    return whole("members", default, fewest, MOST_MEMBERS, "how many points there are, from the next start on")


def settle(walk: Record, hyper: Record, context: Record, fewest: int) -> None:
    """Fill the population: the start, and points drawn evenly from the square around it."""
    count = min(max(round(hyper.members), fewest), MOST_MEMBERS)
    walk.members = float(count)
    for member in range(count):
        drawn = uniform_pair(context, hyper.seed, member)
        for axis in range(2):
            away = hyper.spread * (2.0 * drawn[axis] - 1.0) if member > 0 else 0.0
            walk.population[member, axis] = walk.w[axis] + away
    new_losses(walk, context, walk.population, count)
    # The first of them is the start, which the racer has asked.
    walk.evaluations -= 1.0


def are_level(losses: Record, count: int) -> bool:
    """Tell whether losses differ by no more than rounding; infinite ones are level with nothing."""
    low = high = losses[0]
    for i in range(1, count):
        low, high = min(low, losses[i]), max(high, losses[i])
    return math.isfinite(high) and high - low <= ROUNDING * max(abs(low), abs(high))


def best_of(losses: Record, count: int) -> int:
    """Return the number of the lowest loss; of equals the first."""
    best = 0
    for i in range(1, count):
        if losses[i] < losses[best]:
            best = i
    return best


def within(value: float, most: float) -> float:
    """Return a number kept between -most and most."""
    return min(max(value, -most), most)
