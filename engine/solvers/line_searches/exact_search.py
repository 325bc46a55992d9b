"""Exact line search: double a length until it leads up, then close in on the first point without slope on the way."""

from __future__ import annotations

import math

from engine.rules.hyperparameters import positive
from engine.solvers.context import Point, Record, new_slope, place, stand
from engine.solvers.line_searches.wolfe import Trial
from engine.solvers.plane import along, dot
from engine.solvers.reasons import Reason

MOST_DOUBLINGS = 60
"""A length that leads down for ever ends there."""
MOST_TRIALS = 80
NARROW = 1e-14
"""The width of an interval, beside its end, and the rate, beside the first one, at which rounding ends a search."""
ROUNDING = 4.0 * 2.0**-52

TRIAL = positive("trial", 0.01, 1e-6, 1.0, "distance that is tried first, and doubled")


def go_to_lowest(
    walk: Record, hyper: Record, context: Record, direction: Point, loss: float, gradient: Point
) -> Reason:
    """Go along `direction`, of length 1, to where the loss first stops falling."""
    start = Trial(0.0, loss, dot(gradient, direction), gradient)
    low, high = enclose(walk, context, direction, start, abs(hyper.trial))
    enclosed = not leads_down(high, low)
    for number in range(MOST_TRIALS):
        narrow = high.length - low.length <= NARROW * high.length
        if not enclosed or narrow or low.rate > NARROW * start.rate:
            break
        middle = ask(walk, context, direction, between(low, high, number % 2 == 0))
        if leads_down(middle, low):
            low = middle
        else:
            high = middle
    if enclosed and not_higher(high, low) and abs(high.rate) < abs(low.rate):
        low = high
    if not low.loss < loss:
        return Reason.NOTHING_LOWER
    stand(walk, along(place(walk), low.length, direction))
    return Reason.NONE


def enclose(walk: Record, context: Record, direction: Point, start: Trial, first: float) -> tuple[Trial, Trial]:
    """Return the last trial that leads down and the first that does not; the last one twice where all do."""
    low, length = start, first
    for _ in range(MOST_DOUBLINGS):
        trial = ask(walk, context, direction, length)
        if not leads_down(trial, low):
            return low, trial
        low, length = trial, 2.0 * length
    return low, low


def ask(walk: Record, context: Record, direction: Point, length: float) -> Trial:
    """Return loss and rate at a length along `direction`."""
    loss, gradient = new_slope(walk, context, along(place(walk), length, direction))
    return Trial(length, loss, dot(gradient, direction), gradient)


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
