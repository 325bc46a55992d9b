"""A schedule as a curve to be drawn: long enough to show what it is, and where the race is on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.rules.modifiers.schedule import LENGTH, Schedule, factors

PERIODS = 4.0
"""How often what repeats, or has no end, is shown."""
BEYOND = 1.2
"""What has an end is shown a little beyond it."""
SHORTEST = 2.0
"""Steps of a curve at least: there is no line through fewer."""


@dataclass(frozen=True, eq=False)
class ScheduleCurve:
    """A schedule as a line: float64 numbers of steps, and the factor at each."""

    steps: NDArray[np.float64]
    factors: NDArray[np.float64]


def curve_of(schedule: Schedule, values: Mapping[str, float], delay: float, step: int, points: int) -> ScheduleCurve:
    """Return the curve of `schedule` from its first step on, as far as it goes, and at least to `step`.

    Parameters
    ----------
    schedule
    values
        Its hyperparameters by its own names.
    delay
        Steps for which it waits for a warm-up.
    step
        Where the race is.
    points
        How many points the curve has.
    """
    span = max(delay + _span(schedule, {**schedule.defaults, **values}), SHORTEST)
    while span < step:
        span *= 2.0
    steps = np.linspace(1.0, span, points)
    return ScheduleCurve(steps, factors(schedule, values, np.maximum(steps - delay, 1.0)))


def _span(schedule: Schedule, values: Mapping[str, float]) -> float:
    """Return over how many steps a schedule shows what it is."""
    if LENGTH.name in schedule.defaults:
        return BEYOND * values[LENGTH.name]
    lengths = [values[row.name] for row in schedule.hyperparameters if row.unit == LENGTH.unit]
    return PERIODS * sum(lengths) if lengths else LENGTH.default
