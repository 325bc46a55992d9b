"""Points that fill a cube evenly, whatever their number: Sobol's sequence, shifted by a seed.

It is written out here, though scipy has it: as a dependency scipy would double what the program installs, and as an
optional one it would let the same seed try other settings on another computer.  The tests compare the points with those
that scipy.stats.qmc makes.

Sobol, On the distribution of points in a cube and the approximate evaluation of integrals, 1967; direction numbers of
Joe and Kuo, Constructing Sobol sequences with better two-dimensional projections, 2008.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Array

BITS = 30
POLYNOMIALS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (0, (1,)),
    (1, (1, 3)),
    (1, (1, 3, 1)),
    (2, (1, 1, 1)),
    (1, (1, 1, 3, 3)),
    (4, (1, 3, 5, 13)),
    (2, (1, 1, 5, 5, 17)),
    (4, (1, 1, 5, 5, 5)),
    (7, (1, 1, 7, 11, 19)),
)
"""For each dimension after the first: the coefficients of its polynomial as bits, and the first direction numbers."""
MOST_DIMENSIONS = len(POLYNOMIALS) + 1


def sobol(first: int, count: int, dimensions: int, seed: int | None = None) -> Array:
    """Return the points `first` to `first + count` of the sequence, float64 (count, dimensions), within [0, 1).

    A seed exchanges halves, quarters and so on of each axis, which keeps the points as even as they were; without one
    they are Sobol's own, of which the first is the corner.
    """
    directions = np.array([_directions(number) for number in range(dimensions)], dtype=np.int64).reshape(-1, BITS)
    points = np.zeros((count, dimensions), dtype=np.int64)
    numbers = np.arange(first, first + count)
    codes = numbers ^ (numbers >> 1)
    for bit in range(BITS):
        points[(codes >> bit) & 1 == 1] ^= directions[:, bit]
    if seed is not None:
        points ^= np.random.default_rng(seed).integers(0, 1 << BITS, dimensions)
    return points / float(1 << BITS)


@cache
def _directions(dimension: int) -> NDArray[np.int64]:
    """Return the direction numbers of one dimension, int64 (BITS,)."""
    if dimension == 0:
        return np.array([1 << (BITS - 1 - bit) for bit in range(BITS)])
    coefficients, numbers = POLYNOMIALS[dimension - 1]
    degree, found = len(numbers), list(numbers)
    for bit in range(degree, BITS):
        following = found[bit - degree] ^ (found[bit - degree] << degree)
        for power in range(1, degree):
            if (coefficients >> (degree - 1 - power)) & 1:
                following ^= found[bit - power] << power
        found.append(following)
    return np.array([number << (BITS - 1 - bit) for bit, number in enumerate(found)])
