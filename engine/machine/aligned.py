"""Arrays that begin where a vector register's worth of memory does: across that edge, every access costs twice."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.language.codegen.assembly import LANES

DOUBLE_BYTES = 8


def aligned_empty(shape: Sequence[int]) -> NDArray[np.float64]:
    """Return a float64 array of `shape`, its values arbitrary, whose memory begins at a whole vector."""
    size = math.prod(shape)
    room = np.empty(size + LANES - 1)
    skipped = -room.ctypes.data % (LANES * DOUBLE_BYTES) // DOUBLE_BYTES
    return room[skipped : skipped + size].reshape(shape)
