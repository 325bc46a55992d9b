"""Simulated annealing: random moves, of which those uphill are the rarer the colder it gets."""

from __future__ import annotations

import math

from engine.rules.hyperparameters import decay, positive
from engine.solvers.context import Record, loss_at, loss_or_infinity, place, stand
from engine.solvers.plane import along
from engine.solvers.random import normal_pair, uniform_pair
from engine.solvers.reasons import Reason
from engine.solvers.solver import SEED, Solver


def begin(walk: Record, hyper: Record, context: Record) -> None:
    """Begin at the first temperature."""
    walk.warmth = 1.0


def simulated_annealing(walk: Record, hyper: Record, context: Record) -> Reason:
    """Try one random move, and cool."""
    here = place(walk)
    temperature = hyper.temperature * walk.warmth
    point = along(here, hyper.size, normal_pair(context, hyper.seed, 0))
    rise = loss_or_infinity(walk, context, point) - loss_at(context, here)
    randomness = uniform_pair(context, hyper.seed, 1)[0]
    if rise < 0.0 or (temperature > 0.0 and randomness < math.exp(-rise / temperature)):
        stand(walk, point)
    walk.warmth *= hyper.cooling
    return Reason.NONE


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
    rate="size",
    begin=begin,
    states=(("warmth", ()),),
)
