"""What a step of a racer costs: its first steps are made once more, by themselves, against the clock."""

from __future__ import annotations

import sys
import time
from copy import copy

from engine.race.racer import Racer
from engine.race.stepper import Stepper

CLOCK = time.perf_counter if sys.platform == "win32" else time.thread_time
"""Counts what this thread works, not what it waits for others; that of Windows tells only 64ths of a second."""
MEASURED_S = 0.0005
"""Steps that take so long together are told from the clock's own grain, and from what surrounds them."""
ATTEMPTS = 3
"""The quickest of them counts."""
GROWTH = 4
"""So many times as many steps are made next, where those before were done too soon."""
LEAST_STEPS = 256
"""Measured at least, where they are made in time: the first step of all pays for what the others find in the caches."""


def step_time(stepper: Stepper, racer: Racer, step: int) -> float:
    """Return how long a step of a racer at `step` takes on this machine, in seconds.

    The mean over its first steps by its present rule, as many as it has made, or as can be made in about a
    millisecond; of all its seeds together.  The racer stays as it is.
    """
    steps, most = 1, max(step - racer.began, LEAST_STEPS)
    while True:
        # What other threads take of the processor meanwhile is not the racer's.
        taken = min(_time_first(stepper, racer, steps) for _ in range(ATTEMPTS))
        if taken >= MEASURED_S or steps == most:
            return taken / steps
        steps = min(steps * GROWTH, most)


def _time_first(stepper: Stepper, racer: Racer, steps: int) -> float:
    began, block, diverged = racer.checkpoints[0]
    again = copy(racer)
    again.block, again.diverged, again.diverged_at = block.copy(), diverged.copy(), None
    start = CLOCK()
    stepper.make(again, began, began + steps)
    return CLOCK() - start
