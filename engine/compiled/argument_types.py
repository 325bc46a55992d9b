"""The types of a driver's arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class ArgumentType:
    """The type of an argument: a number, or an array in C order.

    Attributes
    ----------
    dtype : numpy.dtype
        float64 or int64 for a number; any type, records too, for the elements of an array.
    dimensions : int
        0 for a number.
    """

    dtype: np.dtype[Any]
    dimensions: int = 0


INTEGER, REAL = ArgumentType(np.dtype(np.int64)), ArgumentType(np.dtype(np.float64))
VECTOR, MATRIX = ArgumentType(np.dtype(np.float64), 1), ArgumentType(np.dtype(np.float64), 2)
