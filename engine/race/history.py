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
BEGINNING, NEWEST, MIDDLE = 8, 4, 4
"""An eighth of the rows of the budget is for the beginning and a quarter for the newest part, both in full.

Of what lies between no more than a quarter is left.  So in a race of any length, one row or little more is copied for
each that is added.
"""
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

    def append(self, first_step: int, rows: Array, budget: int) -> int:
        """Add rows (n, 3 or more) of consecutive steps; beyond `budget` rows in all, thin the middle.

        Return how many were added: the first row whose loss is not finite is left out, and all after it.
        """
        portion = max(budget // NEWEST, 1)
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
        self._count = int(np.searchsorted(self._steps[: self._count], step, side="right"))
        self._replace(len(self._steps))
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
            self._replace(max(count, budget))

    def _thin(self, budget: int) -> None:
        """Keep the beginning, the newest part, and of the middle the multiples of a power of two.

        It is the least that leaves the middle no more than its portion.
        """
        last = self.last_step
        stride = 1 << (last // (budget // MIDDLE)).bit_length()
        self._replace(len(self._steps), budget // BEGINNING, last - budget // NEWEST, stride)

    def _replace(self, room: int, begin: int = 0, end: int = 0, stride: int = 1) -> None:
        """Hold the rows in new arrays, so that trails handed out before stay as they were; thin them as `keep_rows`."""
        steps, positions, losses = np.empty(room, dtype=np.int64), np.empty((room, 2)), np.empty(room)
        keep = keep_rows.run_briefly if self._count <= BRIEF_ROWS else keep_rows
        old = self._steps, self._positions, self._losses
        self._count = keep(*old, self._count, begin, end, stride, steps, positions, losses)
        self._steps, self._positions, self._losses = steps, positions, losses


STEPS = ArgumentType(np.dtype(np.int64), 1)


@driver(STEPS, MATRIX, VECTOR, INTEGER, INTEGER, INTEGER, INTEGER, STEPS, MATRIX, VECTOR, title="the memory of trails")
def keep_rows(
    steps: NDArray[np.int64], positions: Array, losses: Array, count: int, begin: int, end: int, stride: int,
    kept_steps: NDArray[np.int64], kept_positions: Array, kept_losses: Array,
) -> int:  # fmt: skip
    """Copy those of the first `count` rows whose step is below `begin`, above `end` or a multiple of `stride`.

    `stride` is a power of two, and the copies have room for `count` rows.  Return how many there are.
    """
    kept, others = 0, stride - 1
    for row in range(count):
        step = steps[row]
        # Without branches: a row that is left out is overwritten by the next one.
        kept_steps[kept], kept_losses[kept] = step, losses[row]
        kept_positions[kept, 0], kept_positions[kept, 1] = positions[row, 0], positions[row, 1]
        kept += (step < begin) | (step > end) | (step & others == 0)
    return kept


@driver(MATRIX, INTEGER, STEPS, MATRIX, VECTOR, INTEGER, title="the keeping of trails")
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
