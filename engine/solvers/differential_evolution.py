"""Differential evolution: points are moved by the differences of others, so that steps fit the landscape."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.optimizer import Hyperparameter
from engine.solvers.population import MOST_MEMBERS, SPREAD, are_level, living, members, settle
from engine.solvers.solver import SEED, Solver
from engine.solvers.walk import Reason, RestError, Shape, Walk

Array = NDArray[np.float64]
FEWEST = 4
"""A point and three others to learn from."""
MOST_STRIDE = 10.0
"""Times `spread` that a difference moves a point along a coordinate at most.

Along one that does not matter to the loss, differences would else grow without end: by a quarter at every step.
"""


def states(dimensions: int) -> Mapping[str, Shape]:
    """Return the points."""
    return {"population": (MOST_MEMBERS, dimensions), "members": (1,)}


def begin(walk: Walk) -> None:
    """Begin with points around the start."""
    settle(walk, FEWEST)


def differential_evolution(walk: Walk) -> None:
    """Set a trial against every point, and keep the better of the two."""
    points = living(walk)
    heights = walk.known(points)
    if are_level(heights):
        raise RestError(Reason.LEVEL_POINTS)
    most = MOST_STRIDE * abs(walk.hyper["spread"])
    trials = mutants(points, walk.hyper["F"], walk.hyper["CR"], most, walk.random())
    found = walk.values(trials)
    better = found <= heights
    points[better] = trials[better]
    walk.w[:] = points[np.argmin(np.where(better, found, heights))]


def mutants(points: Array, factor: float, crossing: float, most: float, random: np.random.Generator) -> Array:
    """Return a trial for each of `points` (n, d): a third one moved by a difference, mixed with the point itself.

    No coordinate is moved farther than `most`.
    """
    count, dimensions = points.shape
    # The first three of all others in random order: each row orders its own draws, its own place moved to the end.
    order = random.random((count, count))
    np.fill_diagonal(order, np.inf)
    base, plus, minus = np.argsort(order, axis=1)[:, :3].T
    moved = points[base] + np.clip(factor * (points[plus] - points[minus]), -most, most)
    crossed = random.random((count, dimensions)) < crossing
    crossed[np.arange(count), random.integers(dimensions, size=count)] = True
    return np.where(crossed, moved, points)


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
    begin=begin,
    states=states,
)
