"""Linear equations in float64, which is all that solvers compute in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def solve(matrix: Array, right: Array) -> Array:
    """Return p (d,) with `matrix` @ p = `right`.

    Raises
    ------
    numpy.linalg.LinAlgError
        Where `matrix` is singular.
    """
    return np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)


def least_bend(curvature: Array) -> float:
    """Return the smallest eigenvalue of a symmetric matrix."""
    return float(np.linalg.eigvalsh(curvature)[0])
