"""Mini-batches: the rows of a data set that each step learns from, the same for every racer and in every replay.

An epoch uses all rows once, in an order that follows from the seed and the number of the epoch alone.  A batch is the
next rows in that order; the last batch of an epoch may be smaller.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.data.columns import Columns
from engine.data.shuffle import shuffled
from engine.language.errors import FormulaError
from engine.language.types import Array
from engine.machine.aligned import DOUBLE_BYTES

KEPT_BYTES = 2**20
"""The size of the shuffled rows that are kept for the other racers' same steps: it fits the second or third cache."""


class Batches:
    """The mini-batches of one data set.

    Parameters
    ----------
    columns : Columns
    size : int, optional
        Rows of a batch.  None, or all rows or more, give one batch of all rows, unshuffled.
    seed : int

    Raises
    ------
    FormulaError
        Where the size is no integer of at least 1.
    """

    def __init__(self, columns: Columns, size: int | None, seed: int) -> None:
        check_batch(size, columns)
        self.columns = columns
        self.size = columns.rows if size is None else min(int(size), columns.rows)
        self._seed = seed
        self._others: list[Batches] = []
        self._begun = 0
        self._shuffled = np.empty((0, 0, 0))

    @property
    def per_epoch(self) -> int:
        """How many steps an epoch has."""
        return -(-self.columns.rows // self.size)

    @property
    def whole(self) -> bool:
        """Whether each step learns from all rows."""
        return self.size == self.columns.rows

    def reach(self, first_step: int) -> int:
        """Return for how many steps `parameters` may be called at once, so that `KEPT_BYTES` suffice."""
        return self._most_kept * self.per_epoch - (first_step - 1) % self.per_epoch

    def of_run(self, run: int) -> Batches:
        """Return the mini-batches of another run of the same racers; run 0 has these."""
        while len(self._others) < run:
            self._others.append(Batches(self.columns, self.size, self._seed + len(self._others) + 1))
        return self._others[run - 1] if run else self

    def rows_of(self, step: int) -> NDArray[np.int64]:
        """Return the numbers of the rows that a step, counted from 1, learns from."""
        numbers = Columns({"row": np.arange(self.columns.rows)})
        epoch, batch = divmod(step - 1, self.per_epoch)
        order: Array = Batches(numbers, self.size, self._seed)._blocks(epoch, epoch)[0, 0, : self.columns.rows]
        return order[batch * self.size : (batch + 1) * self.size].astype(np.int64)

    def parameters(self, values: Array, first_step: int, steps: int) -> Array:
        """Return the parameters of machine code in each of `steps` updates, float64 (steps, numbers).

        `values` is the loss's own `parameter_array`.  The addresses of rows in it are valid until the next call.
        """
        begin, skipped = divmod(first_step - 1, self.per_epoch)
        end = (first_step - 1 + steps - 1) // self.per_epoch + 1
        blocks = self._blocks(begin, end - 1)
        by_epoch, by_column, by_row = blocks.strides
        first = np.arange(0, self.columns.rows, self.size)
        epochs = blocks.ctypes.data + by_epoch * np.arange(end - begin)
        addresses = (epochs[:, None] + by_row * first).ravel()[skipped : skipped + steps]
        table = np.empty((steps, len(values)))
        table[:] = values
        slots = table[:, -(1 + len(self.columns)) :].view(np.int64)
        counts = np.tile(np.minimum(self.size, self.columns.rows - first), end - begin)
        slots[:, 0] = counts[skipped : skipped + steps]
        for number in range(len(self.columns)):
            slots[:, 1 + number] = addresses + number * by_column
        return table

    @property
    def _most_kept(self) -> int:
        return max(KEPT_BYTES // (DOUBLE_BYTES * self.columns.rows * len(self.columns)), 1)

    def _blocks(self, first: int, last: int) -> Array:
        """Return the rows in the order of each epoch from `first` to `last`; a batch of all rows is not shuffled."""
        if self.whole:
            return np.broadcast_to(self.columns.block, (last - first + 1, *self.columns.block.shape))
        if not self._begun <= first <= last < self._begun + len(self._shuffled):
            epochs = max(last - first + 1, self._most_kept)
            self._begun = first
            self._shuffled = shuffled(self.columns.block, self.columns.rows, self._seed, first, epochs)
        return self._shuffled[first - self._begun :]


def check_batch(size: int | None, columns: Columns | None) -> None:
    """Raise a FormulaError where a size is no integer of at least 1 or None, or there is no data set for it."""
    check_size(size)
    if size is not None and columns is None:
        raise FormulaError("A mini-batch is a part of a data set, and this loss has none.")


def check_size(size: int | None) -> None:
    """Raise a FormulaError where a size is neither None nor an integer of at least 1."""
    if size is not None and not (isinstance(size, int | np.integer) and size >= 1):
        raise FormulaError(f"A mini-batch has a whole number of rows, at least 1, not {size}.")
