"""The status of a racer: running, converged or diverged."""

from __future__ import annotations

import math

from engine.loss.machine_loss import MachineLoss
from engine.race.racer import Racer
from engine.solvers.solver import SolverRule

SMALL_MOVE = 1e-9
SMALL_SLOPE = 1e-6
"""A racer has converged when its last move and its gradient are this small beside its position and its loss."""


def status_of(racer: Racer, loss: MachineLoss) -> str:
    """Return "running", "converged" or "diverged at step k"."""
    if racer.diverged_at is not None:
        return f"diverged at step {racer.diverged_at}"
    positions = racer.history.trail().positions[-2:].tolist()
    if len(positions) < 2 or math.dist(*positions) > SMALL_MOVE * (1.0 + math.hypot(*positions[1])):
        return "running"
    x, y, last = racer.history.last
    if isinstance(racer.rule, SolverRule) and last > loss.quick_value(*racer.start):
        # A solver that has climbed to a maximum or a saddle rests where the gradient is 0 too, but is not done.
        return "running"
    slope = math.hypot(*map(float, loss.gradient(x, y)))
    return "converged" if slope <= SMALL_SLOPE * (1.0 + abs(last)) else "running"
