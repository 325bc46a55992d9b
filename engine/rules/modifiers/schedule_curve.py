"""A schedule as a curve to be drawn: long enough to show its shape, and the step at which the race is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.language.types import Array
from engine.rules.modifiers.schedule import LENGTH, Schedule, factors

PERIODS = 4.0
"""Periods that are shown of a schedule that repeats or has no end."""
BEYOND = 1.2
"""A schedule with an end is shown a little beyond it."""
SHORTEST = 2.0
"""The fewest steps of a curve: a line needs two points."""


@dataclass(frozen=True, eq=False)
class ScheduleCurve:
    """A schedule as a line: float64 numbers of steps, and the factor at each."""

    steps: Array
    factors: Array


def curve_of(schedule: Schedule, values: Mapping[str, float], delay: float, step: int, points: int) -> ScheduleCurve:
    """Return the curve of `schedule` from its first step on, as far as it goes, and at least to `step`.

    Parameters
    ----------
    schedule
    values
        Its hyperparameters by its own names.
    delay
        The number of steps for which it waits for a warm-up.
    step
        The step at which the race is.
    points
        How many points the curve has.
    """
    span = max(delay + _span(schedule, {**schedule.defaults, **values}), SHORTEST)
    while span < step:
        span *= 2.0
    steps = np.linspace(1.0, span, points)
    return ScheduleCurve(steps, factors(schedule, values, np.maximum(steps - delay, 1.0)))


def _span(schedule: Schedule, values: Mapping[str, float]) -> float:
    """Return the number of steps over which a schedule shows its shape."""
    if LENGTH.name in schedule.defaults:
        return BEYOND * values[LENGTH.name]
    lengths = [values[spec.name] for spec in schedule.hyperparameters if spec.unit == LENGTH.unit]
    return PERIODS * sum(lengths) if lengths else LENGTH.default
