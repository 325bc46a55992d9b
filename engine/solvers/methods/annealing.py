"""Simulated annealing: random moves, which are taken uphill the more rarely the lower the temperature is."""

from __future__ import annotations

import math

from engine.rules.hyperparameters import decay, positive
from engine.solvers.context import (
    Hyperparameters,
    SolverContext,
    SolverState,
    evaluate_loss_or_infinity,
    loss_at,
    move_to,
    position,
)
from engine.solvers.plane import along
from engine.solvers.random import normal_pair, uniform_pair
from engine.solvers.reasons import Reason
from engine.solvers.solver import SEED, Solver


def begin(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> None:
    """Begin at the first temperature."""
    state.cooled = 1.0


def simulated_annealing(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Try one random move, and lower the temperature."""
    here = position(state)
    temperature = hyper.temperature * state.cooled
    point = along(here, hyper.size, normal_pair(context, hyper.seed, 0))
    rise = evaluate_loss_or_infinity(state, context, point) - loss_at(context, here)
    uniform = uniform_pair(context, hyper.seed, 1)[0]
    if rise < 0.0 or (temperature > 0.0 and uniform < math.exp(-rise / temperature)):
        move_to(state, point)
    state.cooled *= hyper.cooling
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
    step_size="size",
    begin=begin,
    states=(("cooled", ()),),
)
