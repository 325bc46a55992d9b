"""The history of a racer in bounded memory: the beginning and the newest part in full, the middle thinned evenly.

The first steps are the largest and the newest ones are being watched; between them every second, fourth, eighth ...
step is enough to draw.  A step that was thinned away is not lost: `engine.race.timeline` replays it from a checkpoint.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.race.trail import Trail

SMALLEST_CAPACITY = 1024
KEPT_IN_FULL = 4
"""A quarter of the rows of the budget is kept for the beginning, and a quarter for the newest part."""


class History:
    """The rows (step, x, y, loss) of one racer.

    Arrays handed out never change: rows are only added behind them, and anything else makes new arrays.
    """

    def __init__(self) -> None:
        self.generation = object()
        self._count = 0
        self._steps = np.empty(SMALLEST_CAPACITY, dtype=np.int64)
        self._rows = np.empty((SMALLEST_CAPACITY, 3))

    def __len__(self) -> int:
        return self._count

    @property
    def last(self) -> tuple[float, float, float]:
        """The newest x, y and loss."""
        x, y, loss = self._rows[self._count - 1].tolist()
        return x, y, loss

    @property
    def last_step(self) -> int:
        """The newest step."""
        return int(self._steps[self._count - 1])

    def append(self, first_step: int, rows: NDArray[np.float64], budget: int) -> None:
        """Add rows (n, 3) of consecutive steps; beyond `budget` rows in all, thin the middle."""
        portion = max(budget // KEPT_IN_FULL, 1)
        for begin in range(0, len(rows), portion):
            part = rows[begin : begin + portion]
            if self._count + len(part) > budget:
                self._thin(budget)
            self._reserve(self._count + len(part), budget)
            end = self._count + len(part)
            self._rows[self._count : end] = part
            self._steps[self._count : end] = np.arange(first_step + begin, first_step + begin + len(part))
            self._count = end

    def cut_after(self, step: int) -> None:
        """Remove every row after `step`."""
        self._replace(np.arange(int(np.searchsorted(self._steps[: self._count], step, side="right"))), len(self._steps))
        self.generation = object()

    def trail(self) -> Trail:
        """Return all rows, as read-only views."""
        steps, rows = self._steps[: self._count], self._rows[: self._count]
        steps.flags.writeable = rows.flags.writeable = False
        return Trail(self.generation, steps, rows[:, :2], rows[:, 2])

    def _reserve(self, count: int, budget: int) -> None:
        """Make room for `count` rows, and then for the whole budget: to copy many rows often stops all threads.

        Memory that was never written to is not allocated by the operating system.
        """
        if count > len(self._steps):
            self._replace(np.arange(self._count), max(count, budget))

    def _thin(self, budget: int) -> None:
        """Keep the beginning, the newest part, and of the middle the multiples of a power of two.

        The least that leaves the middle no more than its portion: a quarter of the budget is free afterwards.
        """
        steps = self._steps[: self._count]
        ends = budget // KEPT_IN_FULL
        stride = 1 << (int(steps[-1]) // ends).bit_length()
        keep = (steps < ends) | (steps > steps[-1] - ends) | (steps % stride == 0)
        self._replace(np.flatnonzero(keep), len(self._steps))

    def _replace(self, kept: NDArray[np.int64], room: int) -> None:
        """Hold only the rows `kept`, in new arrays, so that trails handed out before stay as they were."""
        steps, rows = np.empty(room, dtype=np.int64), np.empty((room, 3))
        # Of NumPy's ways to select rows this one releases the GIL, for which the window may be waiting.
        np.take(self._steps, kept, axis=0, out=steps[: len(kept)], mode="clip")
        np.take(self._rows, kept, axis=0, out=rows[: len(kept)], mode="clip")
        self._steps, self._rows, self._count = steps, rows, len(kept)
