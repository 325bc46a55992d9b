"""Arrivals: the step after which a racer was near enough to the minimum for the first time, for each tolerance.

They are recorded while steps are made, for all tolerances that can be chosen.  So neither the thinning of a trail nor
another tolerance changes the step of an arrival.
"""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Array
from engine.race.trail import Trail

TOLERANCES = tuple(float(f"1e-{digits}") for digits in range(1, 13))
"""What can be chosen, the largest first: the share of the height above the minimum at the start that may be left."""
FIRST_TOLERANCE = 1e-6
ROUNDING = 1e-14
"""Relative to the minimum and to the loss at the start: smaller differences consist of rounding errors."""


@dataclass(frozen=True)
class Arrival:
    """The first row of a racer that was near enough to the minimum: the step, and the loss after it."""

    step: int
    loss: float


class Arrivals:
    """The arrivals of one racer, for each of `TOLERANCES`.

    A racer that leaves the minimum again has arrived all the same: an arrival stays until the race goes back before it.

    Parameters
    ----------
    start_loss : float
        The loss at its start, as its trail has it.
    """

    def __init__(self, start_loss: float) -> None:
        self._start_loss = start_loss
        # Whoever has arrived within a tolerance has arrived within all larger ones: there is one for each of the first.
        self._found: list[Arrival] = []

    def at(self, tolerance: float) -> Arrival | None:
        """Return the arrival within one of `TOLERANCES`, None where there is none yet."""
        number = TOLERANCES.index(tolerance)
        return self._found[number] if number < len(self._found) else None

    def look(self, first_step: int, losses: Array, minimum: float | None) -> None:
        """Look at the losses (n,) after consecutive steps; where no minimum is known nobody arrives."""
        if minimum is None or not len(losses) or len(self._found) == len(TOLERANCES):
            return
        # Of most calls this is all, and of a race at a walking pace each has one row.
        lowest = losses[0] if len(losses) == 1 else losses.min()
        if lowest <= self._largest_loss(TOLERANCES[len(self._found)], minimum):
            self.look_at_rows(np.arange(first_step, first_step + len(losses)), losses, minimum)

    def look_at_rows(self, steps: NDArray[np.int64], losses: Array, minimum: float | None) -> None:
        """Look at the losses (n,) after these steps (n,), which increase."""
        while minimum is not None and len(self._found) < len(TOLERANCES):
            near = losses <= self._largest_loss(TOLERANCES[len(self._found)], minimum)
            row = int(near.argmax()) if len(near) else 0
            if not near[row : row + 1].any():
                return
            self._found.append(Arrival(int(steps[row]), float(losses[row])))

    def cut_after(self, step: int) -> None:
        """Remove the arrivals after `step`."""
        self._found = [arrival for arrival in self._found if arrival.step <= step]

    def look_again(self, trail: Trail, since: int, minimum: float | None) -> None:
        """Replace what was found after step `since`, or from the start on where that is 0, for another minimum."""
        before = since if since > 0 else -1
        found = [arrival for arrival in self._found if arrival.step > before]
        self.cut_after(before)
        row = trail.rows_after(before)
        steps, losses = trail.steps[row:], trail.losses[row:]
        # The rows that were found may have been thinned away since.
        places = np.searchsorted(steps, [arrival.step for arrival in found])
        steps = np.insert(steps, places, [arrival.step for arrival in found])
        losses = np.insert(losses, places, [arrival.loss for arrival in found])
        self.look_at_rows(steps, losses, minimum)

    def _largest_loss(self, tolerance: float, minimum: float) -> float:
        """Return the largest loss that counts as arrived."""
        return float(arrival_level(self._start_loss, minimum, tolerance))


def arrival_level(start_loss: Array | float, minimum: Array | float, tolerance: float) -> Array:
    """Return the largest loss that counts as arrived, from a start of this loss."""
    rounding = ROUNDING * np.maximum(np.abs(minimum), np.abs(start_loss))
    return minimum + np.maximum(tolerance * np.abs(start_loss - minimum), rounding)


class MinimumLog:
    """The minimum that holds for each step of a race: it changes with the parameters and the rows of its loss."""

    def __init__(self) -> None:
        self._entries: list[tuple[int, float | None]] = [(0, None)]

    @property
    def newest(self) -> float | None:
        """The minimum of now."""
        return self._entries[-1][1]

    def value_at(self, step: int) -> float | None:
        """Return the minimum that holds for the update after `step`."""
        return self._entries[bisect.bisect_right(self._entries, step, key=lambda entry: entry[0]) - 1][1]

    def record(self, since: int, minimum: float | None) -> bool:
        """Record that this minimum holds for the updates after step `since`; return whether that is new."""
        if self._entries[-1] == (since, minimum):
            return False
        self._entries = [entry for entry in self._entries if entry[0] < since] + [(since, minimum)]
        return True

    def cut_after(self, step: int) -> None:
        """Remove what holds only after `step`."""
        self._entries = [entry for entry in self._entries if entry[0] <= step]

    def clear(self) -> None:
        """Let the newest minimum hold from the start on."""
        self._entries = [(0, self.newest)]


def ranks(arrivals: list[Arrival | None], losses: Array) -> list[int]:
    """Return the place of each racer, from 1: who has arrived comes first, by step; the others by their losses (n,).

    Racers that arrived after the same step share a place, and so do others of the same loss.
    """
    known = [loss if math.isfinite(loss) else math.inf for loss in losses.tolist()]
    keys = [
        (arrival.step, 0.0) if arrival is not None else (math.inf, loss)
        for arrival, loss in zip(arrivals, known, strict=True)
    ]
    ordered = sorted(keys)
    return [bisect.bisect_left(ordered, key) + 1 for key in keys]
