"""The cells of a map, and the samples of them that are computed one after another, from coarse to fine."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.language.errors import FormulaError

COARSEST = 32
"""Cells along the longer side of the first sample, at least."""
MOST_CELLS = 2**22
"""Of one map: more than a screen shows; beyond that, memory is what ends first."""

Cells = NDArray[np.intp]
"""Numbers of cells, row by row."""


class Grid:
    """A grid of cells.

    Parameters
    ----------
    rows, columns : int

    Attributes
    ----------
    count : int
        How many cells there are.
    strides : tuple of int
        The distance of the cells of each sample, the largest first; the last is 1.

    Raises
    ------
    FormulaError
        Where there is no cell, or there are too many.
    """

    def __init__(self, rows: int, columns: int) -> None:
        if rows < 1 or columns < 1:
            raise FormulaError("A map has at least one cell along each side.")
        if rows * columns > MOST_CELLS:
            raise FormulaError(f"A map has at most {MOST_CELLS:,} cells, not {rows:,} times {columns:,}.")
        self.rows, self.columns, self.count = rows, columns, rows * columns
        doublings = max((max(rows, columns) // COARSEST).bit_length() - 1, 0)
        self.strides = tuple(2**power for power in range(doublings, -1, -1))

    def sample(self, stride: int) -> Cells:
        """Return the cells of one sample."""
        rows, columns = self._places(self.rows, stride), self._places(self.columns, stride)
        return (rows[:, np.newaxis] * self.columns + columns).ravel()

    def filled(self, values: NDArray[Any], stride: int) -> NDArray[Any]:
        """Return `values` (cells, ...) as (rows, columns, ...), in which cells of a sample stand for those around."""
        shaped = values.reshape(self.rows, self.columns, *values.shape[1:])
        if stride == 1:
            return shaped.copy()
        # Columns of the few rows of the sample first: then whole rows are copied.
        few = shaped[self._places(self.rows, stride)][:, self._places(self.columns, stride)]
        wide = few[:, self._standing_for(self.columns, stride)]
        return wide[self._standing_for(self.rows, stride)]

    def _places(self, count: int, stride: int) -> Cells:
        # A third of the largest stride is near the middle of a block at every stride, and each sample has the one
        # before within it.
        first = min(self.strides[0] // 3 % stride, count - 1)
        return np.arange(first, count, stride, dtype=np.intp)

    def _standing_for(self, count: int, stride: int) -> Cells:
        """Return for each of `count` rows or columns the number of that of the sample which stands for it."""
        return np.minimum(np.arange(count) // stride, len(self._places(count, stride)) - 1)
