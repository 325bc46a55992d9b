"""The columns of a data set in the memory layout of machine code: aligned, contiguous, padded to whole vectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from engine.language.codegen.assembly import LANES
from engine.language.errors import FormulaError
from engine.language.syntax.names import check_column
from engine.language.types import Array
from engine.machine.aligned import aligned_empty


class Columns(Mapping[str, Array]):
    """Named columns of the same length, which must not be changed.

    Parameters
    ----------
    columns : mapping of str to float64 (rows,)
    words : mapping of str to (str, str)
        Of columns that stand for two words: that of the lower number, and that of the higher one.

    Attributes
    ----------
    rows : int
    block : float64 (columns, width)
        All values, with padding after the rows, since machine code reads whole vectors.

    Raises
    ------
    FormulaError
        Where there is no row, a name that a formula cannot read, a value that is not finite, or columns differ in
        length.
    """

    def __init__(
        self, columns: Mapping[str, ArrayLike], words: Mapping[str, tuple[str, str]] = MappingProxyType({})
    ) -> None:
        self.words = dict(words)
        arrays = {name: _column(name, values) for name, values in columns.items()}
        sizes = {len(array) for array in arrays.values()}
        if len(sizes) > 1:
            raise FormulaError("The columns of a data set have the same number of rows.")
        self.rows = sizes.pop() if sizes else 0
        if self.rows == 0:
            raise FormulaError("There is no row in this data set.", hint="A mean needs one or more.")
        self.block = _laid_out(np.array([*arrays.values()]))
        self._values: dict[str, Array] = dict(zip(arrays, self.block[:, : self.rows], strict=True))

    def __getitem__(self, name: str) -> Array:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        # By identity: comparing arrays gives an array, and another data set has other addresses.
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @property
    def slots(self) -> Array:
        """What machine code reads after the parameters: the number of rows and the address of each column.

        They are int64, viewed as float64.
        """
        addresses = self.block.ctypes.data + self.block.strides[0] * np.arange(len(self), dtype=np.int64)
        return np.concatenate([[np.int64(self.rows)], addresses]).view(np.float64)

    def __reduce__(self) -> tuple[type[Columns], tuple[dict[str, Array], dict[str, tuple[str, str]]]]:
        return Columns, (dict(self), self.words)


def _column(name: str, values: ArrayLike) -> Array:
    check_column(name)
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or not np.isfinite(array).all():
        raise FormulaError(f'The column "{name}" must be finite numbers, one for each row.')
    return array


def _laid_out(columns: Array) -> Array:
    """Return `columns` with copies of the last row as padding, since machine code reads whole vectors."""
    width = (-(-columns.shape[1] // LANES) + 1) * LANES
    block = aligned_empty((len(columns), width))
    block[:, : columns.shape[1]] = columns
    block[:, columns.shape[1] :] = columns[:, -1:]
    return block
