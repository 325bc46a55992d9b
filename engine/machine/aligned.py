"""Arrays aligned to vector registers: a load or store of a vector that crosses a cache line takes twice as long."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence

import numpy as np

from engine.language.codegen.assembly import LANES
from engine.language.types import Array

DOUBLE_BYTES = 8


def aligned_empty(shape: Sequence[int]) -> Array:
    """Return a float64 array of `shape`, with arbitrary values, that is aligned to vectors of `LANES` float64."""
    size = math.prod(shape)
    room = np.empty(size + LANES - 1)
    # NumPy's own way to an address takes several times as long, and every call of a kernel asks for such an array.
    address = ctypes.addressof(ctypes.c_char.from_buffer(room.data))
    skipped = -address % (LANES * DOUBLE_BYTES) // DOUBLE_BYTES
    return room[skipped : skipped + size].reshape(shape)
