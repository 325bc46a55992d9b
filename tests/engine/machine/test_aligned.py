"""Kernels read whole vectors, and none of them may lie across two lines of the cache."""

import numpy as np
import pytest

from engine.language.codegen.assembly import LANES
from engine.machine.aligned import aligned_empty


@pytest.mark.parametrize("shape", [(8,), (6, 512), (3, 2, 16), (0,), (4, 0)])
def test_every_row_of_whole_vectors_begins_at_a_whole_vector(shape: tuple[int, ...]) -> None:
    array = aligned_empty(shape)
    assert array.shape == shape and array.dtype == np.float64 and array.flags.c_contiguous
    rows = array.reshape(-1, shape[-1]) if array.size else array[:0]
    assert all(row.ctypes.data % (LANES * array.itemsize) == 0 for row in rows)
