"""The product of several schedules in each step, for solvers: they have no text that it could be written into."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

import numpy as np

from engine.language.types import Array
from engine.rules.modifiers.schedule import Schedule, factors
from engine.rules.modifiers.scheduling import check_together

AT_ONCE = 1024
"""Factors are computed in blocks of this many steps, which begin at fixed steps: however a race is cut into calls, they
have the same bits."""
MOST_KEPT = 256
"""Blocks of factors that are cached, eight kilobytes each."""


def factors_together(schedules: tuple[Schedule, ...], values: Sequence[float], first: int, steps: int) -> Array:
    """Return the product of the factors of all schedules at each of `steps` steps from `first` on.

    Others wait for a warm-up, as in `engine.rules.modifiers.schedule.scheduled`.

    Parameters
    ----------
    schedules
    values
        The hyperparameters of all of them, in order.
    """
    # 0.0 and -0.0 are the same key of the cache, so they must be the same number too.
    numbers = tuple(float(value) + 0.0 for value in values)
    begin, end = (first - 1) // AT_ONCE, (first + steps - 2) // AT_ONCE + 1
    blocks = [_block(schedules, numbers, number) for number in range(begin, end)]
    skipped = first - 1 - begin * AT_ONCE
    return np.concatenate(blocks)[skipped : skipped + steps]


@lru_cache(MOST_KEPT)
def _block(schedules: tuple[Schedule, ...], values: tuple[float, ...], number: int) -> Array:
    """Return the products at the steps of one block."""
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
