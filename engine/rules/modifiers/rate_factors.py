"""By what several schedules together multiply a step size in each step, for what is no text to write them into."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from engine.rules.modifiers.schedule import Schedule, factors
from engine.rules.modifiers.scheduling import check_together

Array = NDArray[np.float64]
AT_ONCE = 1024
"""Factors are worked out for so many steps from fixed ones on: then they are the same however a race is cut."""
MOST_KEPT = 256
"""Stretches of factors that are kept for who asks next, eight kilobytes each."""


def factors_together(schedules: tuple[Schedule, ...], values: Sequence[float], first: int, steps: int) -> Array:
    """Return the product of the factors of all schedules at each of `steps` steps from `first` on.

    Others wait for a warm-up, as in `engine.rules.modifiers.schedule.scheduled`.

    Parameters
    ----------
    schedules
    values
        The hyperparameters of all of them, in order.
    """
    # As a key 0 and -0 are one, so they must be one as numbers too.
    numbers = tuple(float(value) + 0.0 for value in values)
    begin, end = (first - 1) // AT_ONCE, (first + steps - 2) // AT_ONCE + 1
    stretches = [_stretch(schedules, numbers, number) for number in range(begin, end)]
    skipped = first - 1 - begin * AT_ONCE
    return np.concatenate(stretches)[skipped : skipped + steps]


@lru_cache(MOST_KEPT)
def _stretch(schedules: tuple[Schedule, ...], values: tuple[float, ...], number: int) -> Array:
    """Return the products at the steps of one stretch."""
    check_together(schedules)
    given, own = iter(values), []
    for schedule in schedules:
        own.append(dict(zip(schedule.defaults, islice(given, len(schedule.defaults)), strict=True)))
    t = np.arange(number * AT_ONCE, (number + 1) * AT_ONCE) + 1.0
    waits = sum(numbers[schedule.delays] for schedule, numbers in zip(schedules, own, strict=True) if schedule.delays)
    product = np.ones(AT_ONCE)
    for schedule, numbers in zip(schedules, own, strict=True):
        product *= factors(schedule, numbers, t if schedule.delays else np.maximum(1.0, t - waits))
    return product
