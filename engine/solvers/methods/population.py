"""What solvers with a population share: its size, its first points, and its best member."""

from __future__ import annotations

import math

from engine.rules.hyperparameters import Hyperparameter, positive
from engine.solvers.context import MOST_POINTS, Buffer, Hyperparameters, SolverContext, SolverState, evaluate_losses
from engine.solvers.random import uniform_pair
from engine.solvers.solver import integer

MOST_MEMBERS = MOST_POINTS
"""Rows of a population, used or not: the shape of a state is fixed."""
ROUNDING = 4.0 * 2.0**-52

SPREAD = positive("spread", 1.0, 1e-2, 10.0, "how far around the start the first points lie")


def members(fewest: int, default: int) -> Hyperparameter:
    """Return the spec of the number of members, which is read once, when a race begins."""
    return integer("members", default, fewest, MOST_MEMBERS, "how many points there are, from the next start on")


def begin_population(state: SolverState, hyper: Hyperparameters, context: SolverContext, fewest: int) -> None:
    """Fill the population with the start and points drawn uniformly from the square around it."""
    count = min(max(round(hyper.members), fewest), MOST_MEMBERS)
    state.members = float(count)
    for member in range(count):
        drawn = uniform_pair(context, hyper.seed, member)
        for axis in range(2):
            away = hyper.spread * (2.0 * drawn[axis] - 1.0) if member > 0 else 0.0
            state.population[member, axis] = state.w[axis] + away
    evaluate_losses(state, context, state.population, count)
    # The first member is the start, at which the loop has evaluated the loss.
    state.evaluations -= 1.0


def are_equal(losses: Buffer, count: int) -> bool:
    """Return whether losses differ by no more than rounding; infinite ones equal nothing."""
    low = high = losses[0]
    for i in range(1, count):
        low, high = min(low, losses[i]), max(high, losses[i])
    return math.isfinite(high) and high - low <= ROUNDING * max(abs(low), abs(high))


def best_of(losses: Buffer, count: int) -> int:
    """Return the number of the lowest loss, the first of equal ones."""
    best = 0
    for i in range(1, count):
        if losses[i] < losses[best]:
            best = i
    return best


def clipped(value: float, most: float) -> float:
    """Return `value` clipped to the range from -most to most."""
    return min(max(value, -most), most)
