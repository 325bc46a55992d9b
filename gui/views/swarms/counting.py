"""Counts how many members of a swarm lie in each cell of a rectangle, and colours the cells by it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.compiled.argument_types import INTEGER, MATRIX, REAL, VECTOR, ArgumentType
from engine.compiled.driver import driver
from engine.language.types import Array

Counts = NDArray[np.int32]
Pixels = NDArray[np.uint32]
LINE, LAYERS = (ArgumentType(np.dtype(np.int32), dimensions) for dimensions in (1, 2))
SHADES = ArgumentType(np.dtype(np.uint32), 1)


@driver(
    MATRIX, VECTOR, INTEGER, REAL, REAL, REAL, REAL, INTEGER, INTEGER, LINE, LINE, title="the density of a swarm"
)  # fmt: skip
def count_members(
    block: Array, diverged: Array, members: int, left: float, top: float, across: float, down: float,
    columns: int, rows: int, room: Counts, counts: Counts,
) -> None:  # fmt: skip
    """Add to the count of each cell the members of a part of a swarm that lie there and have not diverged.

    Parameters
    ----------
    block, diverged, members
        A part, as `engine.race.swarm.Swarm.parts` has it.
    left, top : float
        The corner of the first cell of the first row.
    across, down : float
        Cells for one unit of x, and of y downwards.
    columns, rows : int
    room : int32
        For the cells of some members.
    counts : int32 (rows * columns + 1,)
        Row by row, row 0 on top; the last is that of members that lie in no cell.
    """
    for first in range(0, members, len(room)):
        count = min(len(room), members - first)
        end = first + count
        # In a loop of its own, of which LLVM makes one of vectors: counting, where two may meet, cannot be part of it.
        find_cells(block[0, first:end], block[1, first:end], diverged[first:end], left, top, across, down,
                   float(columns), float(rows), room)  # fmt: skip
        for i in range(count):
            counts[np.uint32(room[i])] += 1


def find_cells(
    x: Array, y: Array, diverged: Array, left: float, top: float, across: float, down: float, columns: float,
    rows: float, cells: Counts,
) -> None:  # fmt: skip
    """Write the number of the cell of each member."""
    nowhere, wide = np.int32(rows * columns), np.int32(columns)
    for i in range(len(x)):
        column, row = (x[i] - left) * across, (top - y[i]) * down
        inside = (column >= 0.0) & (column < columns) & (row >= 0.0) & (row < rows) & (diverged[i] == math.inf)
        cell = np.int32(row if inside else 0.0) * wide + np.int32(column if inside else 0.0)
        cells[i] = cell if inside else nowhere


@driver(LAYERS, LINE, title="the sum of densities")
def add_layers(layers: Counts, numbers: Counts) -> None:
    """Add all layers to the first, and count how many of its cells have each number.

    Parameters
    ----------
    layers : int32 (n, rows * columns + 1)
        Counts of `count_members`, whose last are of no cell.
    numbers : int32 (most,)
        Becomes how many cells have 0, 1, ... members; cells with more count for the last.
    """
    for layer in range(1, len(layers)):
        add(layers[layer], layers[0])
    last = np.int32(len(numbers) - 1)
    whole = layers[0]
    for i in range(len(whole) - 1):
        numbers[np.uint32(min(whole[i], last))] += 1


def add(more: Counts, whole: Counts) -> None:
    """Add numbers to others."""
    for i in range(len(whole)):
        whole[i] += more[i]


@driver(LINE, SHADES, SHADES, title="the colours of a swarm")
def colour_cells(counts: Counts, shades: Pixels, pixels: Pixels) -> None:
    """Write the colour of each cell: that of its count, or the last where there are more."""
    last = np.int32(len(shades) - 1)
    for i in range(len(pixels)):
        pixels[i] = shades[np.uint32(min(counts[i], last))]
