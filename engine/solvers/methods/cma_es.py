"""CMA-ES: a bell curve of points that moves, stretches and turns towards where the better half of them lay."""

from __future__ import annotations

import math
from typing import NamedTuple

from engine.rules.hyperparameters import positive
from engine.solvers.context import (
    Point,
    Record,
    Symmetric,
    known_loss,
    loss_or_infinity,
    losses_at,
    new_losses,
    place,
    stand,
)
from engine.solvers.methods.population import MOST_MEMBERS, are_level, members
from engine.solvers.plane import along, dot, eigenvalues, larger_axis, norm, quarter_turn
from engine.solvers.random import normal_pair
from engine.solvers.reasons import Reason
from engine.solvers.solver import SEED, Solver

FEWEST = 4
ROUNDING = 2.0**-52
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
    """Return them for `count` points; of the weights only those above 0."""
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
    """Return how much the point of a rank, from 0, counts beside the others."""
    return math.log((count + 1) / 2.0) - math.log(rank + 1.0)


def begin(walk: Record, hyper: Record, context: Record) -> None:
    """Begin with a round bell curve around the position, from which no point is drawn yet."""
    walk.members = float(min(max(round(hyper.members), FEWEST), MOST_MEMBERS))
    for axis in range(2):
        walk.best[axis] = walk.w[axis]
        walk.path_sigma[axis] = walk.path_c[axis] = 0.0
        for member in range(MOST_MEMBERS):
            walk.population[member, axis] = walk.w[axis]
    walk.sigma = walk.first_sigma = hyper.sigma
    walk.covariance[0] = walk.covariance[2] = 1.0
    walk.covariance[1] = walk.generation = walk.flat = walk.stop = 0.0


def cma_es(walk: Record, hyper: Record, context: Record) -> Reason:
    """Draw points, and adapt the bell curve to the better half of them; at the end stand on the best point of all."""
    if walk.stop != 0.0:
        if has_not_moved(walk, context):
            return stopped_by(walk.stop)
        begin(walk, hyper, context)
    count, shape = int(walk.members), covariance_of(walk)
    axis, smaller, larger = larger_axis(shape), spread(eigenvalues(shape)[0]), spread(eigenvalues(shape)[1])
    draw(walk, hyper, context, axis, smaller, larger)
    rank(walk, count)
    lowest = int(walk.order[0])
    keep_best(walk, context, (walk.population[lowest, 0], walk.population[lowest, 1]), walk.heights[lowest])
    if not math.isfinite(walk.heights[lowest]):
        # All lie in holes: nearer ones may not.
        walk.sigma /= 2.0
    elif walk.heights[lowest] == walk.heights[int(walk.order[int(FLAT_RANK * count)])]:
        # Ranks tell nothing: whatever was learnt from them would be chance.
        walk.flat += 1.0
    else:
        walk.flat = 0.0
        adapt(walk, context, constants_of(count), count, axis, smaller, larger)
    reason = reason_to_stop(walk, count, smaller, larger)
    if reason != Reason.NONE:
        walk.stop = float(reason.value)
        walk.w[0], walk.w[1] = walk.best[0], walk.best[1]
    return Reason.NONE


def has_not_moved(walk: Record, context: Record) -> bool:
    """Tell whether the landscape is what it was when the walk stopped: the last points are as high as then."""
    count = int(walk.members)
    losses_at(context, walk.population, count)
    moved = 0
    for member in range(count):
        moved += context.first[member] != walk.heights[member]
    return moved == 0


def stopped_by(number: float) -> Reason:
    """Return the reason of a number that was kept."""
    if number == Reason.LEVEL_POINTS.value:
        return Reason.LEVEL_POINTS
    if number == Reason.SHRUNK.value:
        return Reason.SHRUNK
    return Reason.SPREAD_OUT if number == Reason.SPREAD_OUT.value else Reason.TOO_THIN


def covariance_of(walk: Record) -> Symmetric:
    """Return the shape of the bell curve."""
    return float(walk.covariance[0]), float(walk.covariance[1]), float(walk.covariance[2])


def spread(bend: float) -> float:
    """Return how long an axis of the bell curve is, from its eigenvalue."""
    return math.sqrt(max(bend, LEAST_BEND))


def draw(walk: Record, hyper: Record, context: Record, axis: Point, smaller: float, larger: float) -> None:
    """Draw all points from the bell curve, and ask how high they lie."""
    count, middle, across = int(walk.members), place(walk), quarter_turn(axis)
    for member in range(count):
        first, second = normal_pair(context, hyper.seed, member)
        way = along((first * larger * axis[0], first * larger * axis[1]), second * smaller, across)
        walk.drawn[member, 0], walk.drawn[member, 1] = way
        walk.population[member, 0] = middle[0] + walk.sigma * way[0]
        walk.population[member, 1] = middle[1] + walk.sigma * way[1]
    new_losses(walk, context, walk.population, count)
    for member in range(count):
        walk.heights[member] = context.first[member]


def rank(walk: Record, count: int) -> None:
    """Put the numbers of the points in the order of their heights; of equals the earlier one is lower."""
    for member in range(count):
        behind = member
        while behind > 0 and walk.heights[member] < walk.heights[int(walk.order[behind - 1])]:
            walk.order[behind] = walk.order[behind - 1]
            behind -= 1
        walk.order[behind] = float(member)


def keep_best(walk: Record, context: Record, point: Point, loss: float) -> None:
    """Keep `point` if it is lower than the best point of all before, whose loss is asked anew."""
    if loss < known_loss(context, (float(walk.best[0]), float(walk.best[1]))):
        walk.best[0], walk.best[1] = point


def adapt(walk: Record, context: Record, k: Constants, count: int, axis: Point, smaller: float, larger: float) -> None:
    """Move the middle to the better half of the points, and learn size and shape from how it moved.

    `axis`, `smaller` and `larger` are the axes of the bell curve that they were drawn from.
    """
    x = y = xx = xy = yy = 0.0
    for number in range(k.parents):
        member, share = int(walk.order[number]), weight(count, number) / k.total
        dx, dy = walk.drawn[member, 0], walk.drawn[member, 1]
        x, y = x + share * dx, y + share * dy
        xx, xy, yy = xx + share * dx * dx, xy + share * dx * dy, yy + share * dy * dy
    generation = walk.generation + 1.0
    walk.generation = generation
    across = quarter_turn(axis)
    along_axis, along_across = dot(axis, (x, y)) / larger, dot(across, (x, y)) / smaller
    white = along_axis * axis[0] + along_across * across[0], along_axis * axis[1] + along_across * across[1]
    fresh = math.sqrt(k.c_sigma * (2.0 - k.c_sigma) * k.mu_eff)
    path = (
        (1.0 - k.c_sigma) * walk.path_sigma[0] + fresh * white[0],
        (1.0 - k.c_sigma) * walk.path_sigma[1] + fresh * white[1],
    )
    unbiased = norm(path) / math.sqrt(1.0 - (1.0 - k.c_sigma) ** (2.0 * generation))
    steady = 1.0 if unbiased < (1.4 + 2.0 / 3.0) * k.length else 0.0
    fresh = steady * math.sqrt(k.c_c * (2.0 - k.c_c) * k.mu_eff)
    cx, cy = (1.0 - k.c_c) * walk.path_c[0] + fresh * x, (1.0 - k.c_c) * walk.path_c[1] + fresh * y
    middle = along(place(walk), walk.sigma, (x, y))
    loss = loss_or_infinity(walk, context, middle)
    if not math.isfinite(loss):
        # The middle of good points may lie in a hole: then only the size is learnt.
        walk.sigma /= 2.0
        return
    stand(walk, middle)
    keep_best(walk, context, middle, loss)
    old = 1.0 - k.c_1 - k.c_mu + k.c_1 * (1.0 - steady) * k.c_c * (2.0 - k.c_c)
    walk.covariance[0] = old * walk.covariance[0] + k.c_1 * cx * cx + k.c_mu * xx
    walk.covariance[1] = old * walk.covariance[1] + k.c_1 * cx * cy + k.c_mu * xy
    walk.covariance[2] = old * walk.covariance[2] + k.c_1 * cy * cy + k.c_mu * yy
    walk.path_sigma[0], walk.path_sigma[1] = path
    walk.path_c[0], walk.path_c[1] = cx, cy
    walk.sigma *= math.exp(min(MOST_GROWTH, k.c_sigma / k.d_sigma * (norm(path) / k.length - 1.0)))


def recent_generations(count: int) -> int:
    """Return over how many generations the best losses of `count` points are compared."""
    return min(10 + math.ceil(60.0 / count), MOST_RECENT)


def reason_to_stop(walk: Record, count: int, smaller: float, larger: float) -> Reason:
    """Return why nothing more is to be found, by the criteria of Hansen's tutorial.

    `smaller` and `larger` are the lengths of the axes that the last points were drawn with.
    """
    sigma, first = walk.sigma, walk.first_sigma
    memory, number = recent_generations(count), int(walk.generation)
    walk.recent[number % memory] = walk.heights[int(walk.order[0])]
    if walk.flat > MOST_FLAT:
        return Reason.LEVEL_POINTS
    if number >= memory and are_level_together(walk, memory, count):
        return Reason.LEVEL_POINTS
    shrunk = True
    for axis in range(2):
        side = sigma * max(math.sqrt(walk.covariance[2 * axis]), abs(walk.path_c[axis]))
        shrunk = shrunk and side <= max(LEAST_SIZE * first, ROUNDING * abs(walk.w[axis]))
    if shrunk:
        return Reason.SHRUNK
    if not sigma * larger <= MOST_SIZE * first:
        return Reason.SPREAD_OUT
    return Reason.TOO_THIN if larger > math.sqrt(MOST_CONDITION) * smaller else Reason.NONE


def are_level_together(walk: Record, memory: int, count: int) -> bool:
    """Tell whether the best losses of late and those of all points differ by no more than rounding."""
    room = walk.room
    for number in range(memory):
        room[number] = walk.recent[number]
    for member in range(count):
        room[memory + member] = walk.heights[member]
    return are_level(room, memory + count)


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
    anywhere=False,
    begin=begin,
    states=(
        ("population", (MOST_MEMBERS, 2)),
        ("members", ()),
        ("drawn", (MOST_MEMBERS, 2)),
        ("heights", (MOST_MEMBERS,)),
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
