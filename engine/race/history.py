"""The history of a racer in bounded memory: the beginning and the newest part in full, the middle thinned evenly.

The first steps are the largest and the newest ones are being watched; between them every second, fourth, eighth ...
step is enough to draw.  A step that was thinned away is not lost: `engine.race.timeline` replays it from a checkpoint.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.compiled.argument_types import INTEGER, MATRIX, VECTOR, ArgumentType
from engine.compiled.driver import driver
from engine.language.types import Array
from engine.race.trail import Trail

SMALLEST_CAPACITY = 1024
KEPT_IN_FULL = 4
"""A quarter of the rows of the budget is kept for the beginning, and a quarter for the newest part."""


BRIEF_ROWS = 20_000
"""So few rows are written in less time than it takes to release the GIL and to acquire it again."""


class History:
    """The rows (step, x, y, loss) of one racer, the first with its start.

    Arrays handed out never change: rows are only added behind them, and anything else makes new arrays.  Every loss is
    finite but that at the start of a racer that begins outside of the loss's domain, which stays its only row.
    """

    def __init__(self, start: ArrayLike, loss: float) -> None:
        self.generation = object()
        self._count = 1
        self._steps = np.empty(SMALLEST_CAPACITY, dtype=np.int64)
        self._positions = np.empty((SMALLEST_CAPACITY, 2))
        self._losses = np.empty(SMALLEST_CAPACITY)
        self._steps[0], self._positions[0], self._losses[0] = 0, start, loss

    def __len__(self) -> int:
        return self._count

    @property
    def last(self) -> tuple[float, float, float]:
        """The newest x, y and loss."""
        x, y = self._positions[self._count - 1].tolist()
        return x, y, float(self._losses[self._count - 1])

    @property
    def last_step(self) -> int:
        """The newest step."""
        return int(self._steps[self._count - 1])

    def append(self, first_step: int, rows: NDArray[np.float64], budget: int) -> int:
        """Add rows (n, 3 or more) of consecutive steps; beyond `budget` rows in all, thin the middle.

        Return how many were added: the first row whose loss is not finite is left out, and all after it.
        """
        portion = max(budget // KEPT_IN_FULL, 1)
        for begin in range(0, len(rows), portion):
            part = rows[begin : begin + portion]
            if self._count + len(part) > budget:
                self._thin(budget)
            self._reserve(self._count + len(part), budget)
            write = write_rows.run_briefly if len(part) <= BRIEF_ROWS else write_rows
            added = write(part, first_step + begin, self._steps, self._positions, self._losses, self._count)
            self._count += added
            if added < len(part):
                return begin + added
        return len(rows)

    def cut_after(self, step: int) -> None:
        """Remove every row after `step`."""
        self._replace(np.arange(int(np.searchsorted(self._steps[: self._count], step, side="right"))), len(self._steps))
        self.generation = object()

    def trail(self) -> Trail:
        """Return all rows, as read-only views."""
        steps, positions = self._steps[: self._count], self._positions[: self._count]
        losses = self._losses[: self._count]
        steps.flags.writeable = positions.flags.writeable = losses.flags.writeable = False
        return Trail(self.generation, steps, positions, losses)

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
        steps, positions, losses = np.empty(room, dtype=np.int64), np.empty((room, 2)), np.empty(room)
        # Of NumPy's ways to select rows this one releases the GIL, for which the window may be waiting.
        np.take(self._steps, kept, axis=0, out=steps[: len(kept)], mode="clip")
        np.take(self._positions, kept, axis=0, out=positions[: len(kept)], mode="clip")
        np.take(self._losses, kept, axis=0, out=losses[: len(kept)], mode="clip")
        self._steps, self._positions, self._losses, self._count = steps, positions, losses, len(kept)


@driver(MATRIX, INTEGER, ArgumentType(np.dtype(np.int64), 1), MATRIX, VECTOR, INTEGER, title="the keeping of trails")
def write_rows(
    rows: Array, first_step: int, steps: NDArray[np.int64], positions: Array, losses: Array, begin: int
) -> int:
    """Write rows (n, 3) of consecutive steps behind the first `begin` of the three arrays.

    Return how many were written: all before the first whose loss is not finite.
    """
    for number in range(len(rows)):
        if not math.isfinite(rows[number, 2]):
            return number
        steps[begin + number] = first_step + number
        positions[begin + number, 0], positions[begin + number, 1] = rows[number, 0], rows[number, 1]
        losses[begin + number] = rows[number, 2]
    return len(rows)
