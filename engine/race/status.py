"""The status of a racer: running, converged or diverged; and what has died of one that stalls."""

from __future__ import annotations

import math

import numpy as np

from engine.loss.machine_loss import MachineLoss
from engine.race.racer import Racer
from engine.solvers.solver import SEED, SolverRule

SMALL_MOVE = 1e-9
SMALL_SLOPE = 1e-6
"""A racer has converged when its last move and its gradient are this small beside its position and its loss."""
NO_HIGHER = 1e-12
"""Relative to the loss at the start: a loss that is higher by no more is as high, but for rounding."""
DEAD_MOVE, DEAD_STEPS = 1e-12, 50
"""A racer stalls when so many moves in a row are this small beside its position, far from where it could rest."""


def status_of(racer: Racer, loss: MachineLoss) -> str:
    """Return "running", "converged" or "diverged at step k"."""
    if racer.diverged_at is not None:
        return f"diverged at step {racer.diverged_at}"
    if not _moves_less_than(racer, SMALL_MOVE, 1) or _is_above_start(racer, loss):
        # A racer that has climbed to a maximum or a saddle rests where the gradient is 0 too, but is not done.
        return "running"
    return "converged" if _is_level(racer, _slope(racer, loss)) else "running"


def stall_of(racer: Racer, loss: MachineLoss) -> str:
    """Return in a sentence what has died of a racer that moves no more before a minimum; "" for all others.

    A solver says itself why it rests, and one that draws random numbers may find a lower point after any pause.
    """
    if racer.diverged_at is not None or not _moves_less_than(racer, DEAD_MOVE, DEAD_STEPS):
        return ""
    if isinstance(racer.rule, SolverRule) and (
        SEED.name in racer.rule.hyperparameters or racer.rule.rested(racer.block[:, 0]) is not None
    ):
        return ""
    slope = _slope(racer, loss)
    if not math.isfinite(slope):
        return "It does not move: the slope is not a finite number here."
    if _is_level(racer, slope):
        return "It rests on level ground, higher than it began." if _is_above_start(racer, loss) else ""
    return f"{_dead_step(racer)} while the slope is {slope:.2g}."


def _dead_step(racer: Racer) -> str:
    """Return the beginning of a sentence that says how short the steps of a stalled racer are."""
    longest = _longest_move(racer, DEAD_STEPS)
    if longest > 0.0:
        return f"Its step has shrunk to {longest:.1g}"
    if racer.rule.hyperparameters.get("lr") == 0.0:
        return "Its learning rate is 0"
    x, y, _ = racer.history.last
    return f"Its step has shrunk to less than {float(np.spacing(max(abs(x), abs(y)))):.1g}, which moves it no more,"


def _moves_less_than(racer: Racer, share: float, moves: int) -> bool:
    """Return whether the last moves, so many of them, are as small as this share of the position."""
    x, y, _ = racer.history.last
    most = share * (1.0 + math.hypot(x, y))
    # The last one decides for most racers, at a fraction of the cost.
    return len(racer.history) > moves and _longest_move(racer, 1) <= most and _longest_move(racer, moves) <= most


def _longest_move(racer: Racer, moves: int) -> float:
    positions = racer.history.trail().positions[-moves - 1 :]
    if moves == 1:
        return math.dist(*positions.tolist())
    return float(np.hypot(*np.diff(positions, axis=0).T).max())


def _is_above_start(racer: Racer, loss: MachineLoss) -> bool:
    """Return whether a racer is higher than where it began, as the landscape is now."""
    x, y, _ = racer.history.last
    start = float(loss.quick_value(*racer.start))
    return float(loss.quick_value(x, y)) > start + NO_HIGHER * abs(start)


def _slope(racer: Racer, loss: MachineLoss) -> float:
    x, y, _ = racer.history.last
    return math.hypot(*map(float, loss.gradient(x, y)))


def _is_level(racer: Racer, slope: float) -> bool:
    return slope <= SMALL_SLOPE * (1.0 + abs(racer.history.last[2]))
