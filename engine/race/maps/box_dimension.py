"""The box-counting dimension of the border of a mask: how many boxes it takes to cover it, and how that grows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.language.errors import FormulaError
from engine.language.types import Array

LEAST_CELLS = 16
"""Along the shorter side of a mask: with fewer there would be no two sizes to compare."""
FEWEST_BOXES = 8
"""Boxes of the largest size along the shorter side."""


@dataclass(frozen=True)
class BoxDimension:
    """A box-counting dimension, and what it was fitted to.

    Attributes
    ----------
    dimension : float
        The slope of the line through log(counts) over log(1/sizes), by least squares.
    sizes : int64 (n,)
        The sides of the boxes, in cells.
    counts : float64 (n,)
        How many boxes of each size the border goes through.
    """

    dimension: float
    sizes: NDArray[np.int64]
    counts: Array


def box_dimension(mask: ArrayLike) -> BoxDimension:
    """Return the box-counting dimension of the border between the cells that are true and those that are not.

    The border goes through the square between four neighbouring cells where these are not all equal.  Squares are
    counted, then boxes of 2, 4, 8, ... squares, as long as there are 8 of them along the shorter side.

    Parameters
    ----------
    mask : bool (a, b)

    Raises
    ------
    FormulaError
        Where it is no such array, has fewer than 16 cells along a side, or has no border.
    """
    cells = np.asarray(mask)
    if cells.ndim != 2 or cells.dtype != np.bool_:
        raise FormulaError("A border needs a mask: an array of true and false with rows and columns.")
    shorter = min(cells.shape) - 1
    if shorter + 1 < LEAST_CELLS:
        raise FormulaError(f"A border needs a mask of at least {LEAST_CELLS} cells along each side.")
    border = _squares_on_border(cells)
    if not border.any():
        raise FormulaError("There is no border: all cells are equal.")
    sizes = 2 ** np.arange((max(shorter // FEWEST_BOXES, 2)).bit_length())
    counts = np.array([_boxes(border, int(size)) for size in sizes], dtype=np.float64)
    slope = np.polyfit(np.log(1.0 / sizes), np.log(counts), 1)[0]
    return BoxDimension(float(slope), sizes, counts)


def _squares_on_border(cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
    first = cells[:-1, :-1]
    border: NDArray[np.bool_] = (cells[1:, :-1] != first) | (cells[:-1, 1:] != first) | (cells[1:, 1:] != first)
    return border


def _boxes(border: NDArray[np.bool_], size: int) -> int:
    """Return through how many boxes of `size` times `size` squares a border goes."""
    beyond = [(0, -length % size) for length in border.shape]
    padded = np.pad(border, beyond)
    boxes = padded.reshape(padded.shape[0] // size, size, padded.shape[1] // size, size)
    return int(boxes.any(axis=(1, 3)).sum())
