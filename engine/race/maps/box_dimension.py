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
SAMPLED, FEWEST_SIZES = 8, 3
"""Squares along the smallest box, if so many sizes are left: a border is known at the corners of squares alone, so
small boxes that it goes into and out of between them are not counted, which makes a rough one seem smoother."""


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
        How many boxes of each size the border goes through: the mean of all places where their grid may lie.
    """

    dimension: float
    sizes: NDArray[np.int64]
    counts: Array


def box_dimension(mask: ArrayLike) -> BoxDimension:
    """Return the box-counting dimension of the border between the cells that are true and those that are not.

    The border goes through the square between four neighbouring cells where these are not all equal.  Boxes of 8, 16,
    32, ... squares are counted, as long as there are 8 of them along the shorter side; of a small mask, the three
    largest of such sizes.  Sohl-Dickstein, The boundary of neural network trainability is fractal, 2024, counts boxes
    of 10 pixels and more.

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
    sizes = sizes[-max(int((sizes >= SAMPLED).sum()), FEWEST_SIZES) :]
    counts = np.array([_boxes(border, int(size)) for size in sizes])
    slope = np.polyfit(np.log(1.0 / sizes), np.log(counts), 1)[0]
    return BoxDimension(float(slope), sizes, counts)


def _squares_on_border(cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
    first = cells[:-1, :-1]
    border: NDArray[np.bool_] = (cells[1:, :-1] != first) | (cells[:-1, 1:] != first) | (cells[1:, 1:] != first)
    return border


def _boxes(border: NDArray[np.bool_], size: int) -> float:
    """Return through how many boxes of `size` times `size` squares a border goes: the mean of all grids of boxes.

    As many squares are within such a box about a square of the border as all grids have boxes that it goes through.
    """
    near = border
    for _ in border.shape:
        sums = np.cumsum(np.pad(near, [(size // 2 + 1, (size - 1) // 2), (0, 0)]), axis=0)
        near = (sums[size:] > sums[:-size]).T
    return float(near.sum() / size**2)
