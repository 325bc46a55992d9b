"""Exact line search: doubles the step size until the loss rises, then bisects towards the first minimum on the way."""

from __future__ import annotations

import math

from engine.language.types import Point
from engine.rules.hyperparameters import positive
from engine.solvers.context import (
    Hyperparameters,
    SolverContext,
    SolverState,
    evaluate_loss_and_gradient,
    move_to,
    position,
)
from engine.solvers.line_searches.wolfe import Trial
from engine.solvers.plane import along, dot
from engine.solvers.reasons import Reason

MOST_DOUBLINGS = 60
"""A direction along which the loss falls for ever is left after so many."""
MOST_TRIALS = 80
TOLERANCE = 1e-14
"""The width of the bracket, relative to its upper end, and the slope, relative to the first, within rounding of 0."""
ROUNDING = 4.0 * 2.0**-52

TRIAL = positive("trial", 0.01, 1e-6, 1.0, "distance that is tried first, and doubled")


def move_to_minimum(
    state: SolverState, hyper: Hyperparameters, context: SolverContext, direction: Point, loss: float, gradient: Point
) -> Reason:
    """Move along `direction`, of length 1, to where the loss first stops falling."""
    start = Trial(0.0, loss, dot(gradient, direction), gradient)
    low, high = bracket(state, context, direction, start, abs(hyper.trial))
    bracketed = not still_falls(high, low)
    for number in range(MOST_TRIALS):
        narrow = high.step_size - low.step_size <= TOLERANCE * high.step_size
        if not bracketed or narrow or low.slope > TOLERANCE * start.slope:
            break
        middle = trial_at(state, context, direction, step_size_between(low, high, number % 2 == 0))
        if still_falls(middle, low):
            low = middle
        else:
            high = middle
    if bracketed and is_no_higher(high, low) and abs(high.slope) < abs(low.slope):
        low = high
    if not low.loss < loss:
        return Reason.NO_LOWER_POINT
    move_to(state, along(position(state), low.step_size, direction))
    return Reason.NONE


def bracket(
    state: SolverState, context: SolverContext, direction: Point, start: Trial, first: float
) -> tuple[Trial, Trial]:
    """Return the last trial at which the loss still falls and the first at which not; the last twice if all fall."""
    low, step_size = start, first
    for _ in range(MOST_DOUBLINGS):
        trial = trial_at(state, context, direction, step_size)
        if not still_falls(trial, low):
            return low, trial
        low, step_size = trial, 2.0 * step_size
    return low, low


def trial_at(state: SolverState, context: SolverContext, direction: Point, step_size: float) -> Trial:
    """Return the trial of a step size along `direction`."""
    loss, gradient = evaluate_loss_and_gradient(state, context, along(position(state), step_size, direction))
    return Trial(step_size, loss, dot(gradient, direction), gradient)


def still_falls(trial: Trial, low: Trial) -> bool:
    """Return whether the loss is finite, has fallen from `low` to `trial` and goes on falling."""
    return math.isfinite(trial.loss) and is_no_higher(trial, low) and trial.slope < 0.0


def is_no_higher(trial: Trial, other: Trial) -> bool:
    """Return whether the loss of `trial` is no higher than that of `other`, but for rounding.

    Near a minimum losses differ by rounding alone, and only slopes still tell points apart.
    """
    return trial.loss <= other.loss + ROUNDING * abs(other.loss)


def step_size_between(low: Trial, high: Trial, halve: bool) -> float:
    """Return the middle of a bracket, or the step size at which a line through the slopes at its ends reaches 0."""
    width = high.step_size - low.step_size
    if halve or not (math.isfinite(high.slope) and high.slope > 0.0):
        return low.step_size + width / 2.0
    return low.step_size + width * (low.slope / (low.slope - high.slope))
