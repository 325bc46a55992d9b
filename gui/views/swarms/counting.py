"""Counts how many members of a swarm lie in each cell of a rectangle."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.compiled.argument_types import INTEGER, MATRIX, REAL, VECTOR, ArgumentType
from engine.compiled.driver import driver
from engine.language.types import Array

COUNTS = ArgumentType(np.dtype(np.int32), 2)


@driver(MATRIX, VECTOR, INTEGER, REAL, REAL, REAL, REAL, COUNTS, title="the density of a swarm")
def count_members(
    block: Array, diverged: Array, members: int, left: float, top: float, across: float, down: float,
    counts: NDArray[np.int32],
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
    counts : int32 (rows, columns)
    """
    rows, columns = counts.shape
    for i in range(members):
        column, row = (block[0, i] - left) * across, (top - block[1, i]) * down
        if 0.0 <= column < columns and 0.0 <= row < rows and diverged[i] == math.inf:
            counts[int(row), int(column)] += 1
