"""Types that many modules name: arrays of numbers, points of the plane, and rectangles."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
"""An array of float64; each function that takes or returns one says its shape."""
Point: TypeAlias = tuple[float, float]
"""A point or a vector of the plane: its x and its y."""
Bounds: TypeAlias = tuple[Point, Point]
"""A rectangle of the plane: (xmin, xmax), (ymin, ymax)."""
