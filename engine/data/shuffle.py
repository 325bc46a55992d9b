"""Shuffles the rows of a data set for each epoch, in an order that follows from the seed and the epoch alone.

The algorithm is the inside-out form of Fisher and Yates: each row changes places with a random one before it.  The
random numbers are those of SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014), by
their number, so that no change of a library changes a replay.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.compiled.argument_types import INTEGER, MATRIX, ArgumentType
from engine.compiled.driver import driver
from engine.language.codegen.noise import seed_bits
from engine.language.types import Array
from engine.machine.aligned import aligned_empty

Places = NDArray[np.uint32]
GOLDEN, FIRST_FACTOR, SECOND_FACTOR = map(np.uint64, (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
FIRST_SHIFT, SECOND_SHIFT, LAST_SHIFT = map(np.uint64, (30, 27, 31))
"""The constants of SplitMix64."""
HALF = np.uint64(32)
"""The bits of a random number that choose a place: the bias is 1 in 4 billion for each row at most."""
NO_KEY = np.uint64(0)


def shuffled(block: Array, rows: int, seed: int, first_epoch: int, epochs: int) -> Array:
    """Return the first `rows` of `block` (columns, width) in the order of each epoch, float64 (epochs, columns, width).

    The values after the rows are arbitrary.
    """
    result = aligned_empty((epochs, *block.shape))
    shuffle(rows, seed_bits(seed), first_epoch, block, np.empty(rows, np.uint32), result)
    return result


@driver(
    INTEGER, INTEGER, INTEGER, MATRIX, ArgumentType(np.dtype(np.uint32), 1), ArgumentType(np.dtype(np.float64), 3),
    title="the shuffling of rows",
)  # fmt: skip
def shuffle(rows: int, seed: int, first_epoch: int, source: Array, places: Places, target: Array) -> None:
    """Write the rows of `source` (columns, width) to `target` (epochs, columns, width); `places` (rows,) is room."""
    for epoch in range(len(target)):
        salt = random_bits(NO_KEY, np.uint64(first_epoch + epoch))
        choose_places(random_bits(np.uint64(seed), salt), places)
        for column in range(len(source)):
            permute(source[column], places, target[epoch, column])


def choose_places(key: np.uint64, places: Places) -> None:
    """Write the place that each row moves to: that of a random row before it, or its own."""
    for row in range(len(places)):
        high = random_bits(key, np.uint64(row)) >> HALF
        places[row] = np.uint32(high * np.uint64(row + 1) >> HALF)


def permute(source: Array, places: Places, target: Array) -> None:
    """Move each row to its place, and the row that was there to the end of the rows so far."""
    for row in range(len(places)):
        target[row] = target[places[row]]
        target[places[row]] = source[row]


def random_bits(key: np.uint64, number: np.uint64) -> np.uint64:
    """Return the random bits, uint64, with this number in the sequence of a key."""
    bits = key + (number + np.uint64(1)) * GOLDEN
    bits = (bits ^ bits >> FIRST_SHIFT) * FIRST_FACTOR
    bits = (bits ^ bits >> SECOND_SHIFT) * SECOND_FACTOR
    return bits ^ bits >> LAST_SHIFT
