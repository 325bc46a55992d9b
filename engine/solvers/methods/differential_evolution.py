"""Differential evolution: members move by differences of other members, so steps take the scale of the population."""

from __future__ import annotations

from engine.rules.hyperparameters import Hyperparameter
from engine.solvers.context import Hyperparameters, SolverContext, SolverState, evaluate_losses, losses_at
from engine.solvers.methods.population import (
    MOST_MEMBERS,
    SPREAD,
    are_equal,
    begin_population,
    best_of,
    clipped,
    members,
)
from engine.solvers.random import uniform_pair
from engine.solvers.reasons import Reason
from engine.solvers.solver import SEED, Solver

FEWEST = 4
"""A member and three others, which its trial combines."""
MOST_STRIDE = 10.0
"""Times `spread` that a difference moves a point along a coordinate at most.

Along a coordinate that the loss ignores, differences would else grow by a quarter at every step, without end.
"""
DRAWS = 4
"""Pairs of random numbers that a trial takes: two choose the other members, two decide on crossover."""


def begin(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> None:
    """Begin with members around the start."""
    begin_population(state, hyper, context, FEWEST)


def differential_evolution(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Make a trial for every member, and keep the better of the two."""
    count, points, trials, losses = int(state.members), state.population, state.trials, state.losses
    losses_at(context, points, count)
    for member in range(count):
        losses[member] = context.first[member]
    if are_equal(losses, count):
        return Reason.EQUAL_LOSSES
    for member in range(count):
        mutate(state, hyper, context, member, count)
    evaluate_losses(state, context, trials, count)
    for member in range(count):
        if context.first[member] <= losses[member]:
            losses[member] = context.first[member]
            points[member, 0], points[member, 1] = trials[member, 0], trials[member, 1]
    best = best_of(losses, count)
    state.w[0], state.w[1] = points[best, 0], points[best, 1]
    return Reason.NONE


def mutate(state: SolverState, hyper: Hyperparameters, context: SolverContext, member: int, count: int) -> None:
    """Write the trial of a member: another one moved by a difference of two, with coordinates of the member itself.

    No coordinate is moved farther than `MOST_STRIDE` times the spread.
    """
    points, trials = state.population, state.trials
    base, plus, minus = three_others(context, hyper.seed, member, count)
    crossed = uniform_pair(context, hyper.seed, DRAWS * member + 2)
    always = int(2.0 * uniform_pair(context, hyper.seed, DRAWS * member + 3)[0])
    most = MOST_STRIDE * abs(hyper.spread)
    for axis in range(2):
        if crossed[axis] < hyper.CR or axis == always:
            move = clipped(hyper.F * (points[plus, axis] - points[minus, axis]), most)
            trials[member, axis] = points[base, axis] + move
        else:
            trials[member, axis] = points[member, axis]


def three_others(context: SolverContext, seed: float, member: int, count: int) -> tuple[int, int, int]:
    """Return three random members, different from each other and from `member`."""
    draws = uniform_pair(context, seed, DRAWS * member)
    third = uniform_pair(context, seed, DRAWS * member + 1)[0]
    # Each draw numbers the members that are left, and so skips those that are taken, in rising order.
    first = skipping(int(draws[0] * (count - 1)), member, member, member)
    low, high = min(member, first), max(member, first)
    second = skipping(int(draws[1] * (count - 2)), low, high, high)
    lowest, highest = min(low, second), max(high, second)
    last = skipping(int(third * (count - 3)), lowest, low + high + second - lowest - highest, highest)
    return first, second, last


def skipping(number: int, lowest: int, middle: int, highest: int) -> int:
    """Return the member with this number among those that are none of three, given in rising order, maybe equal."""
    found = number
    if found >= lowest:
        found += 1
    if middle != lowest and found >= middle:
        found += 1
    if highest != middle and found >= highest:
        found += 1
    return found


DIFFERENTIAL_EVOLUTION = Solver(
    "DifferentialEvolution",
    """
    members points x within spread of w    (seed)
    for each of them, with three others a, b, c by chance:
        p = a + F*(b - c), along no coordinate farther than 10*spread
        each coordinate but one by chance: p = x with probability 1 - CR
        if loss(p) <= loss(x): x = p
    w = best of the points; where all are equally high it rests
    """,
    (
        members(FEWEST, 20),
        SPREAD,
        Hyperparameter("F", 0.8, 0.0, 2.0, help="how much of a difference a point is moved by"),
        Hyperparameter("CR", 0.9, 0.0, 1.0, help="how many coordinates a trial takes from what was moved"),
        SEED,
    ),
    "Storn and Price, Differential evolution: a simple and efficient heuristic for global optimization, 1997",
    "Its cloud takes the shape of the valley, since differences of its points do.",
    "all trials are made before any point is replaced, as in the paper and unlike scipy.optimize; differences are "
    "bounded, and it rests where all losses are alike to rounding, as scipy.optimize does to a hundredth",
    "https://doi.org/10.1023/A:1008202821328",
    step=differential_evolution,
    movable=False,
    begin=begin,
    states=(
        ("population", (MOST_MEMBERS, 2)),
        ("members", ()),
        ("trials", (MOST_MEMBERS, 2)),
        ("losses", (MOST_MEMBERS,)),
    ),
)
