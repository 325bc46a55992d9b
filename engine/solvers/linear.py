"""Linear equations in float64, which is all that solvers compute in."""

from __future__ import annotations

import math

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


def symmetric_eigen(matrix: Array) -> tuple[Array, Array]:
    """Return the eigenvalues (2,) of a symmetric matrix (2, 2), the smaller first, and its eigenvectors as columns."""
    a, b, c = float(matrix[0, 0]), float(matrix[0, 1]), float(matrix[1, 1])
    middle, radius = a / 2.0 + c / 2.0, math.hypot(a / 2.0 - c / 2.0, b)
    angle = math.atan2(b, a / 2.0 - c / 2.0) / 2.0
    cosine, sine = math.cos(angle), math.sin(angle)
    return np.array([middle - radius, middle + radius]), np.array([[-sine, cosine], [cosine, sine]])
