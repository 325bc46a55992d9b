"""What the arguments of a driver are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Kind:
    """What an argument is: a number, or an array in C order.

    Attributes
    ----------
    dtype : numpy.dtype
        float64 or int64 for a number; any, records too, for the elements of an array.
    dimensions : int
        0 for a number.
    """

    dtype: np.dtype[Any]
    dimensions: int = 0


WHOLE, REAL = Kind(np.dtype(np.int64)), Kind(np.dtype(np.float64))
VECTOR, MATRIX = Kind(np.dtype(np.float64), 1), Kind(np.dtype(np.float64), 2)
