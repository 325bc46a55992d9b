"""Rows in random orders, one for each epoch: an order follows from seed and epoch alone.

Each row changes places with one of those before it (Fisher and Yates, in the form that fills as it goes).  The random
numbers are SplitMix64's (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014), looked up by
their number, so that no library decides on what a replay repeats.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.compiled.driver import driver
from engine.compiled.kinds import MATRIX, WHOLE, Kind
from engine.language.codegen.noise import wrapped
from engine.machine.aligned import aligned_empty
from engine.types import Array

Places = NDArray[np.uint32]
GOLDEN, FIRST_FACTOR, SECOND_FACTOR = map(np.uint64, (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
FIRST_SHIFT, SECOND_SHIFT, LAST_SHIFT = map(np.uint64, (30, 27, 31))
"""The generator's own constants."""
HALF = np.uint64(32)
"""Bits of a random number that choose a place: a place is preferred by 1 in 4 billion for each row at most."""
NO_KEY = np.uint64(0)


def shuffled(block: Array, rows: int, seed: int, first_epoch: int, epochs: int) -> Array:
    """Return the first `rows` of `block` (columns, width) in the order of each epoch, float64 (epochs, columns, width).

    What stands behind the rows is arbitrary.
    """
    result = aligned_empty((epochs, *block.shape))
    shuffle(rows, wrapped(seed), first_epoch, block, np.empty(rows, np.uint32), result)
    return result


@driver(
    WHOLE, WHOLE, WHOLE, MATRIX, Kind(np.dtype(np.uint32), 1), Kind(np.dtype(np.float64), 3),
    title="the shuffling of rows",
)  # fmt: skip
def shuffle(rows: int, seed: int, first_epoch: int, source: Array, places: Places, target: Array) -> None:
    """Write the rows of `source` (columns, width) into `target` (epochs, columns, width); `places` (rows,) is room."""
    for epoch in range(len(target)):
        salt = random_bits(NO_KEY, np.uint64(first_epoch + epoch))
        choose_places(random_bits(np.uint64(seed), salt), places)
        for column in range(len(source)):
            put(source[column], places, target[epoch, column])


def choose_places(key: np.uint64, places: Places) -> None:
    """Write the place that each row goes to: that of a row before it, or its own."""
    for row in range(len(places)):
        high = random_bits(key, np.uint64(row)) >> HALF
        places[row] = np.uint32(high * np.uint64(row + 1) >> HALF)


def put(source: Array, places: Places, target: Array) -> None:
    """Put each row where it goes, and what was there at the end of the rows so far."""
    for row in range(len(places)):
        target[row] = target[places[row]]
        target[places[row]] = source[row]


def random_bits(key: np.uint64, number: np.uint64) -> np.uint64:
    """Return the random number of 64 bits that has this number under a key."""
    bits = key + (number + np.uint64(1)) * GOLDEN
    bits = (bits ^ bits >> FIRST_SHIFT) * FIRST_FACTOR
    bits = (bits ^ bits >> SECOND_SHIFT) * SECOND_FACTOR
    return bits ^ bits >> LAST_SHIFT
