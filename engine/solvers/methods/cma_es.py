"""CMA-ES: a normal distribution of points whose mean, size and covariance follow the better half of them."""

from __future__ import annotations

import math
from typing import NamedTuple

from engine.language.types import Point
from engine.rules.hyperparameters import positive
from engine.solvers.context import (
    Buffer,
    Hyperparameters,
    SolverContext,
    SolverState,
    Symmetric,
    evaluate_loss_or_infinity,
    evaluate_losses,
    loss_or_infinity_at,
    losses_at,
    move_to,
    position,
)
from engine.solvers.methods.population import MOST_MEMBERS, are_equal, members
from engine.solvers.plane import along, dot, eigenvalues, larger_axis, norm, quarter_turn
from engine.solvers.random import normal_pair
from engine.solvers.reasons import Reason
from engine.solvers.solver import SEED, Solver

FEWEST = 4
ROUNDING = 2.0**-52
MOST_GROWTH = 1.0
"""The logarithm of the largest factor by which the distribution grows in a step."""
LEAST_VARIANCE = 1e-300
"""The least eigenvalue of the covariance: rounding may make it 0 or negative."""
LEAST_SIZE, MOST_SIZE = 1e-12, 1e4
"""Times its first size that the distribution may shrink and grow to: TolX and TolXUp."""
MOST_CONDITION = 1e14
"""The largest eigenvalue of the covariance over the smallest: ConditionCov."""
FLAT_RANK, MOST_FLAT = 0.75, 1
"""A generation is flat if its best point is no better than the one at this share of the ranks; one is borne."""
MOST_RECENT = 25
"""The largest result of `recent_generations`."""


class Constants(NamedTuple):
    """The strategy parameters of Hansen's tutorial for two coordinates, from the number of points.

    The weights are those of `weight`, divided by `total`.
    """

    parents: int
    total: float
    mu_eff: float
    c_sigma: float
    d_sigma: float
    c_c: float
    c_1: float
    c_mu: float
    length: float


def constants_of(count: int) -> Constants:
    """Return the constants for `count` points; weights that would be negative are 0."""
    d, parents = 2.0, count // 2
    total = squares = 0.0
    for rank in range(parents):
        total += weight(count, rank)
        squares += weight(count, rank) ** 2
    mu_eff = total * total / squares
    c_sigma = (mu_eff + 2.0) / (d + mu_eff + 5.0)
    c_1 = 2.0 / ((d + 1.3) ** 2 + mu_eff)
    return Constants(
        parents,
        total,
        mu_eff,
        c_sigma,
        1.0 + 2.0 * max(0.0, math.sqrt((mu_eff - 1.0) / (d + 1.0)) - 1.0) + c_sigma,
        (4.0 + mu_eff / d) / (d + 4.0 + 2.0 * mu_eff / d),
        c_1,
        min(1.0 - c_1, 2.0 * (0.25 + mu_eff + 1.0 / mu_eff - 2.0) / ((d + 2.0) ** 2 + mu_eff)),
        math.sqrt(d) * (1.0 - 1.0 / (4.0 * d) + 1.0 / (21.0 * d * d)),
    )


def weight(count: int, rank: int) -> float:
    """Return the weight of the point of a rank, from 0, before they are divided by their sum."""
    return math.log((count + 1) / 2.0) - math.log(rank + 1.0)


def begin(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> None:
    """Begin with a standard normal distribution around the position, from which no point is drawn yet."""
    state.members = float(min(max(round(hyper.members), FEWEST), MOST_MEMBERS))
    for axis in range(2):
        state.best[axis] = state.w[axis]
        state.path_sigma[axis] = state.path_c[axis] = 0.0
        for member in range(MOST_MEMBERS):
            state.population[member, axis] = state.w[axis]
    state.sigma = state.first_sigma = hyper.sigma
    state.covariance[0] = state.covariance[2] = 1.0
    state.covariance[1] = state.generation = state.flat = state.stop = 0.0


def cma_es(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Draw points, and adapt the distribution to the better half of them; in the end move to the best point of all."""
    if state.stop != 0.0:
        if is_unchanged(state, context):
            return reason_of(state.stop)
        begin(state, hyper, context)
    count, covariance = int(state.members), covariance_of(state)
    variances = eigenvalues(covariance)
    axis, smaller, larger = larger_axis(covariance), deviation(variances[0]), deviation(variances[1])
    draw(state, hyper, context, axis, smaller, larger)
    sort_members(state, count)
    best, middle = int(state.order[0]), int(state.order[int(FLAT_RANK * count)])
    keep_best(state, context, (state.population[best, 0], state.population[best, 1]), state.losses[best])
    state.lowest = state.losses[best]
    if not math.isfinite(state.losses[best]):
        # No point has a finite loss; nearer ones may.
        state.sigma /= 2.0
    elif state.losses[best] == state.losses[middle]:
        # The ranks of equal losses are random, so nothing is learnt from them.
        state.flat += 1.0
    else:
        state.flat = 0.0
        adapt(state, context, constants_of(count), count, axis, smaller, larger)
    reason = reason_to_stop(state, count, smaller, larger)
    if reason != Reason.NONE:
        state.stop = float(reason.value)
        state.w[0], state.w[1] = state.best[0], state.best[1]
    return Reason.NONE


def is_unchanged(state: SolverState, context: SolverContext) -> bool:
    """Return whether the landscape is that of the last generation: its points have the same losses."""
    count = int(state.members)
    losses_at(context, state.population, count)
    changed = 0
    for member in range(count):
        changed += context.first[member] != state.losses[member]
    return changed == 0


def reason_of(number: float) -> Reason:
    """Return the reason with this number, one of those for which the solver stops."""
    if number == Reason.EQUAL_LOSSES.value:
        return Reason.EQUAL_LOSSES
    if number == Reason.POINTS_COINCIDE.value:
        return Reason.POINTS_COINCIDE
    return Reason.SPREAD_OUT if number == Reason.SPREAD_OUT.value else Reason.ILL_CONDITIONED


def covariance_of(state: SolverState) -> Symmetric:
    """Return the covariance of the distribution, for size 1."""
    return float(state.covariance[0]), float(state.covariance[1]), float(state.covariance[2])


def deviation(variance: float) -> float:
    """Return the standard deviation along an axis of the distribution, from the eigenvalue of the covariance."""
    return math.sqrt(max(variance, LEAST_VARIANCE))


def draw(
    state: SolverState, hyper: Hyperparameters, context: SolverContext, axis: Point, smaller: float, larger: float
) -> None:
    """Draw all points from the distribution, and evaluate their losses."""
    count, mean, across = int(state.members), position(state), quarter_turn(axis)
    for member in range(count):
        first, second = normal_pair(context, hyper.seed, member)
        move = along((first * larger * axis[0], first * larger * axis[1]), second * smaller, across)
        state.drawn[member, 0], state.drawn[member, 1] = move
        state.population[member, 0] = mean[0] + state.sigma * move[0]
        state.population[member, 1] = mean[1] + state.sigma * move[1]
    evaluate_losses(state, context, state.population, count)
    for member in range(count):
        state.losses[member] = context.first[member]


def sort_members(state: SolverState, count: int) -> None:
    """Sort the numbers of the members by their losses; equal ones stay in their order."""
    for member in range(count):
        rank = member
        while rank > 0 and state.losses[member] < state.losses[int(state.order[rank - 1])]:
            state.order[rank] = state.order[rank - 1]
            rank -= 1
        state.order[rank] = float(member)


def keep_best(state: SolverState, context: SolverContext, point: Point, loss: float) -> None:
    """Keep `point` if its loss is lower than that of the best point so far, as the landscape is now."""
    if loss < loss_or_infinity_at(context, (float(state.best[0]), float(state.best[1]))):
        state.best[0], state.best[1] = point


def adapt(
    state: SolverState,
    context: SolverContext,
    constants: Constants,
    count: int,
    axis: Point,
    smaller: float,
    larger: float,
) -> None:
    """Move the mean to the better half of the points, and learn size and covariance from how it moved.

    `axis`, `smaller` and `larger` are the axes of the distribution that the points were drawn from.
    """
    move, moments = weighted_moments(state, constants, count)
    state.generation += 1.0
    white = whitened(move, axis, smaller, larger)
    path_sigma = evolved(state.path_sigma, constants.c_sigma, constants.mu_eff, 1.0, white)
    unbiased = norm(path_sigma) / math.sqrt(1.0 - (1.0 - constants.c_sigma) ** (2.0 * state.generation))
    steady = 1.0 if unbiased < (1.4 + 2.0 / 3.0) * constants.length else 0.0
    path_c = evolved(state.path_c, constants.c_c, constants.mu_eff, steady, move)
    mean = along(position(state), state.sigma, move)
    loss = evaluate_loss_or_infinity(state, context, mean)
    if not math.isfinite(loss):
        # The mean of good points may lie in a hole: then the mean stays, and only the size is learnt.
        state.sigma /= 2.0
        return
    move_to(state, mean)
    keep_best(state, context, mean, loss)
    learn_covariance(state, constants, path_c, moments, steady)
    state.path_sigma[0], state.path_sigma[1] = path_sigma
    state.path_c[0], state.path_c[1] = path_c
    state.sigma *= math.exp(
        min(MOST_GROWTH, constants.c_sigma / constants.d_sigma * (norm(path_sigma) / constants.length - 1.0))
    )


def weighted_moments(state: SolverState, constants: Constants, count: int) -> tuple[Point, Symmetric]:
    """Return the weighted mean of the better half of the drawn moves, and their weighted second moments."""
    x = y = xx = xy = yy = 0.0
    for number in range(constants.parents):
        member, share = int(state.order[number]), weight(count, number) / constants.total
        dx, dy = state.drawn[member, 0], state.drawn[member, 1]
        x, y = x + share * dx, y + share * dy
        xx, xy, yy = xx + share * dx * dx, xy + share * dx * dy, yy + share * dy * dy
    return (x, y), (xx, xy, yy)


def whitened(move: Point, axis: Point, smaller: float, larger: float) -> Point:
    """Return a move divided along each axis of the distribution by its standard deviation there: C^(-1/2) y."""
    across = quarter_turn(axis)
    along_axis, along_across = dot(axis, move) / larger, dot(across, move) / smaller
    return along_axis * axis[0] + along_across * across[0], along_axis * axis[1] + along_across * across[1]


def evolved(path: Buffer, rate: float, mu_eff: float, steady: float, move: Point) -> Point:
    """Return an evolution path after one more move; with `steady` 0 it is only shortened."""
    fresh = steady * math.sqrt(rate * (2.0 - rate) * mu_eff)
    return (1.0 - rate) * path[0] + fresh * move[0], (1.0 - rate) * path[1] + fresh * move[1]


def learn_covariance(state: SolverState, constants: Constants, path: Point, moments: Symmetric, steady: float) -> None:
    """Make the covariance a weighted mean of itself, of the square of the evolution path and of the second moments."""
    c_1, c_mu, c_c = constants.c_1, constants.c_mu, constants.c_c
    (x, y), (xx, xy, yy) = path, moments
    old = 1.0 - c_1 - c_mu + c_1 * (1.0 - steady) * c_c * (2.0 - c_c)
    state.covariance[0] = old * state.covariance[0] + c_1 * x * x + c_mu * xx
    state.covariance[1] = old * state.covariance[1] + c_1 * x * y + c_mu * xy
    state.covariance[2] = old * state.covariance[2] + c_1 * y * y + c_mu * yy


def recent_generations(count: int) -> int:
    """Return the number of generations whose best losses are compared, for populations of `count` points."""
    return min(10 + math.ceil(60.0 / count), MOST_RECENT)


def reason_to_stop(state: SolverState, count: int, smaller: float, larger: float) -> Reason:
    """Return the reason to stop, by the criteria of Hansen's tutorial.

    `smaller` and `larger` are the standard deviations along the axes that the last points were drawn with.
    """
    sigma, first = state.sigma, state.first_sigma
    memory, number = recent_generations(count), int(state.generation)
    state.recent[number % memory] = state.losses[int(state.order[0])]
    if state.flat > MOST_FLAT:
        return Reason.EQUAL_LOSSES
    if number >= memory and losses_are_equal(state, memory, count):
        return Reason.EQUAL_LOSSES
    shrunk = True
    for axis in range(2):
        side = sigma * max(math.sqrt(state.covariance[2 * axis]), abs(state.path_c[axis]))
        shrunk = shrunk and side <= max(LEAST_SIZE * first, ROUNDING * abs(state.w[axis]))
    if shrunk:
        return Reason.POINTS_COINCIDE
    if not sigma * larger <= MOST_SIZE * first:
        return Reason.SPREAD_OUT
    return Reason.ILL_CONDITIONED if larger > math.sqrt(MOST_CONDITION) * smaller else Reason.NONE


def losses_are_equal(state: SolverState, memory: int, count: int) -> bool:
    """Return whether the best losses of the last generations and all losses of this one differ by rounding alone."""
    room = state.room
    for number in range(memory):
        room[number] = state.recent[number]
    for member in range(count):
        room[memory + member] = state.losses[member]
    return are_equal(room, memory + count)


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
    movable=False,
    begin=begin,
    states=(
        ("population", (MOST_MEMBERS, 2)),
        ("members", ()),
        ("drawn", (MOST_MEMBERS, 2)),
        ("losses", (MOST_MEMBERS,)),
        ("order", (MOST_MEMBERS,)),
        ("room", (MOST_RECENT + MOST_MEMBERS,)),
        ("recent", (MOST_RECENT,)),
        ("sigma", ()),
        ("first_sigma", ()),
        ("covariance", (3,)),
        ("path_sigma", (2,)),
        ("path_c", (2,)),
        ("best", (2,)),
        ("generation", ()),
        ("flat", ()),
        ("stop", ()),
    ),
)
