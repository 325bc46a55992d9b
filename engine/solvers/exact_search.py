"""Exact line search: double a length until it leads up, then close in on the first point without slope on the way."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.optimizer import positive
from engine.solvers.walk import Reason, RestError, Walk
from engine.solvers.wolfe import Trial

Array = NDArray[np.float64]
MOST_DOUBLINGS = 60
"""A length that leads down for ever ends there."""
MOST_TRIALS = 80
NARROW = 1e-14
"""The width of an interval, beside its end, and the rate, beside the first one, at which rounding ends a search."""
ROUNDING = 4.0 * float(np.finfo(np.float64).eps)

TRIAL = positive("trial", 0.01, 1e-6, 1.0, "distance that is tried first, and doubled")


def go_to_lowest(walk: Walk, direction: Array, loss: float, gradient: Array) -> None:
    """Go along `direction` (d,), of length 1, to where the loss first stops falling.

    Raises
    ------
    RestError
        Where nothing lower is found.
    """
    start = Trial(0.0, loss, float(gradient @ direction), gradient)
    low, high = enclose(walk, direction, start)
    for number in range(MOST_TRIALS):
        if high is None or high.length - low.length <= NARROW * high.length or low.rate > NARROW * start.rate:
            break
        middle = ask(walk, direction, between(low, high, halve=number % 2 == 0))
        if leads_down(middle, low):
            low = middle
        else:
            high = middle
    if high is not None and not_higher(high, low) and abs(high.rate) < abs(low.rate):
        low = high
    if not low.loss < loss:
        raise RestError(Reason.NOTHING_LOWER)
    walk.w[:] = walk.w + low.length * direction


def enclose(walk: Walk, direction: Array, start: Trial) -> tuple[Trial, Trial | None]:
    """Return the last trial that leads down and the first that does not, or None."""
    low, length = start, abs(walk.hyper["trial"])
    for _ in range(MOST_DOUBLINGS):
        trial = ask(walk, direction, length)
        if not leads_down(trial, low):
            return low, trial
        low, length = trial, 2.0 * length
    return low, None


def ask(walk: Walk, direction: Array, length: float) -> Trial:
    """Return loss and rate at a length along `direction`."""
    loss, gradient = walk.slope(walk.w + length * direction)
    return Trial(length, loss, float(gradient @ direction), gradient)


def leads_down(trial: Trial, low: Trial) -> bool:
    """Tell whether the loss has fallen from `low` to `trial` and goes on falling; no hole does."""
    return math.isfinite(trial.loss) and not_higher(trial, low) and trial.rate < 0.0


def not_higher(trial: Trial, other: Trial) -> bool:
    """Tell whether `trial` is no higher than `other`, but for rounding: at the bottom, only rates tell points apart."""
    return trial.loss <= other.loss + ROUNDING * abs(other.loss)


def between(low: Trial, high: Trial, halve: bool) -> float:
    """Return the middle, or the length at which the rates, drawn as a line, reach 0."""
    width = high.length - low.length
    if halve or not (math.isfinite(high.rate) and high.rate > 0.0):
        return low.length + width / 2.0
    return low.length + width * (low.rate / (low.rate - high.rate))
