"""Simulated annealing: random moves, of which those uphill are the rarer the colder it gets."""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.optimizer import decay, positive
from engine.solvers.solver import SEED, Solver
from engine.solvers.walk import Shape, Walk


def states(dimensions: int) -> Mapping[str, Shape]:
    """Return what is left of the first temperature."""
    return {"warmth": (1,)}


def begin(walk: Walk) -> None:
    """Begin at the first temperature."""
    walk["warmth"] = 1.0


def simulated_annealing(walk: Walk) -> None:
    """Try one random move, and cool."""
    random, loss = walk.random(), walk.height()
    temperature = walk.hyper["temperature"] * float(walk["warmth"][0])
    point = walk.w + walk.hyper["size"] * random.standard_normal(len(walk.w))
    rise = float(walk.values(point[None])[0]) - loss
    if rise < 0.0 or (temperature > 0.0 and random.random() < math.exp(-rise / temperature)):
        walk.w[:] = point
    walk["warmth"] = walk["warmth"] * walk.hyper["cooling"]


SIMULATED_ANNEALING = Solver(
    "SimulatedAnnealing",
    """
    T = temperature * cooling^(t - 1)
    p = w + size*randn()    (seed)
    rise = loss(p) - f
    if rise < 0 or random number from 0 to 1 < exp(-rise/T):
        w = p
    """,
    (
        positive("temperature", 1.0, 1e-3, 100.0, "a rise that is taken about every third time at first"),
        decay("cooling", 0.98, "share of the temperature kept at each step"),
        positive("size", 0.2, 1e-3, 5.0, "how far a random move leads"),
        SEED,
    ),
    "Kirkpatrick, Gelatt and Vecchi, Optimization by simulated annealing, 1983",
    "Wanders over hills while it is hot, and settles into a basin as it cools.",
    "moves on a plane are drawn from a bell curve of fixed size",
    "https://doi.org/10.1126/science.220.4598.671",
    step=simulated_annealing,
    begin=begin,
    states=states,
)
