"""The pace of a race: how many steps the next slice of it makes, and how many a second were made."""

from __future__ import annotations

import time

SLICE_S, LONGEST_SLICE_S = 0.008, 0.03
"""How long a slice should take, and may: a command waits no longer, and Python's lock is free between slices."""
PUBLISH_S = 0.015
"""The least time between two frames while racing: half of the time between two pictures of a screen at 60 Hz."""
LONGEST_REST_S = PUBLISH_S / 4
"""How long a race rests at most where no step is due: a command waits no longer."""
FEWEST_STEPS = 1024
"""Steps of a slice, unless they take too long: a slice of many racers has a cost that does not depend on its steps."""
GROWTH = 4.0
"""A slice has at most so many times the steps of the one before: what a step costs is only an estimate."""
LEAST_SHARE = 0.05
"""The least share of a slice that is taken for the cost of its steps, because both times are measured with errors."""
FIRST_STEPS = 32
"""Steps of the first slice of new racers, whose speed is not known yet: a solver may be a thousand times as slow."""
RATE_WINDOW_S = 0.5
"""The time over which the speed is measured."""
SLOWEST = 0.1
"""Steps per second."""


class StepCost:
    """Tells what a step costs from what a slice costs whatever its steps, by two slices of different lengths.

    A slice of thirty racers takes 7 ms without any step, and five times that on a busy machine.
    """

    def __init__(self) -> None:
        self._before: tuple[int, float] | None = None
        self._slope: float | None = None

    def after_slice(self, steps: int, took_s: float) -> float:
        """Return the seconds of a step, after a slice of so many steps took so long."""
        if self._before is not None and self._before[0] != steps:
            self._slope = (took_s - self._before[1]) / (steps - self._before[0])
        self._before = steps, took_s
        whole = took_s / steps
        return whole if self._slope is None else min(max(self._slope, LEAST_SHARE * whole), whole)


class Pacer:
    """Shares the steps that a speed asks for among slices that are short enough.

    Attributes
    ----------
    speed : float
        Wanted steps per second.
    """

    def __init__(self) -> None:
        self.speed = 60.0
        self._due = 0.0
        self._clock = 0.0
        self._cost, self._steps_per_slice = StepCost(), float(FIRST_STEPS)

    def start(self) -> None:
        """Count the steps that are due from now on; the first is due at once, or a slow race would seem to stand."""
        self._clock, self._due = time.monotonic(), 1.0

    def expect_new_racers(self) -> None:
        """Begin with short slices again, because the racers have changed."""
        self._cost, self._steps_per_slice = StepCost(), float(FIRST_STEPS)

    def begin_slice(self) -> int:
        """Return how many steps to make now; 0 where so few are due that a slice is not worth its cost yet."""
        now = time.monotonic()
        # Steps that a slow race cannot make are dropped after two frames, or it could never be paused in time.
        self._due = min(self._due + (now - self._clock) * self.speed, self.speed * PUBLISH_S * 2 + 1)
        self._clock = now
        return int(min(self._due, self._steps_per_slice)) if self._due >= self._least else 0

    @property
    def due_in_s(self) -> float:
        """In how many seconds a slice is worth its cost, after `begin_slice`."""
        return max(self._least - self._due, 0.0) / self.speed

    @property
    def _least(self) -> float:
        """The steps that a slice is worth its cost for.

        Few long slices: many short ones would hold Python's lock most of the time, and the window waits for it.
        """
        return max(1.0, self.speed * PUBLISH_S)

    def end_slice(self, steps: int) -> None:
        """Record that the slice that began last has made so many steps."""
        took_s = max(time.monotonic() - self._clock, 1e-6)
        step_s = self._cost.after_slice(steps, took_s)
        wanted = max(min(FEWEST_STEPS, LONGEST_SLICE_S / step_s), SLICE_S / step_s)
        least = 2.0 if self._may_be_slow_whatever_its_steps(steps, took_s) else 1.0
        self._steps_per_slice = max(min(wanted, GROWTH * self._steps_per_slice), least)
        self._due -= steps

    def _may_be_slow_whatever_its_steps(self, steps: int, took_s: float) -> bool:
        """Return whether a slice had to be of one step and still took too long: only one of two steps tells why."""
        return steps == 1 and self._steps_per_slice < 2.0 and self._due > 1.0 and took_s > LONGEST_SLICE_S


class RateMeter:
    """Measures the steps per second of a race from the steps at which frames are taken."""

    def __init__(self) -> None:
        self._marks: list[tuple[float, int]] = []

    def reset(self) -> None:
        """Forget what was measured, because the race begins again."""
        self._marks.clear()

    def measure(self, step: int) -> float:
        """Record that the race is at `step` now; return the steps per second over the last `RATE_WINDOW_S`."""
        now = time.monotonic()
        self._marks.append((now, step))
        while now - self._marks[0][0] > RATE_WINDOW_S and len(self._marks) > 2:
            self._marks.pop(0)
        then, before = self._marks[0]
        seconds = now - then
        return max(step - before, 0) / seconds if seconds > 0 else 0.0
