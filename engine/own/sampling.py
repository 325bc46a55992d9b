"""Points at which a person's function is tried before it is believed."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.types import Array

SIZES = (0.01, 0.1, 0.4, 1.0, 2.0, 4.0, 10.0, 30.0, 100.0, 1000.0)
DIRECTIONS = 8
TURN = (math.sqrt(5.0) - 1.0) / 2.0
"""The golden ratio: no two directions are alike, and none lies along an axis or a diagonal."""
NOISE_MARGIN = 8.0
"""How many times the difference of two differences a slope may be off: they tell how far they are to be trusted."""
RELATIVE, OF_VALUE = 1e-6, 1e-9
"""What it may be off beside its own size, and beside that of the value, whose rounding differences magnify."""


def sample_points() -> tuple[Array, Array]:
    """Return points of every size and direction, float64 (points,) each."""
    numbers = np.arange(len(SIZES) * DIRECTIONS)
    angles = 2.0 * np.pi * ((numbers + 0.5) / DIRECTIONS + TURN * numbers)
    sizes = np.repeat(SIZES, DIRECTIONS)
    return sizes * np.cos(angles), sizes * np.sin(angles)


def agree(value: Callable[[Array, Array], Array], slopes: tuple[Array, Array], x: Array, y: Array) -> NDArray[np.bool_]:
    """Return at which points slopes are those of `value` as far as central differences tell, bool (points,).

    Where the differences are not finite, nothing is told, and so nothing is wrong.
    """
    with np.errstate(all="ignore"):
        return _agrees(value, slopes[0], x, y, 1.0, 0.0) & _agrees(value, slopes[1], x, y, 0.0, 1.0)


def _agrees(
    value: Callable[[Array, Array], Array], slope: Array, x: Array, y: Array, across: float, up: float
) -> NDArray[np.bool_]:
    size = np.maximum(np.abs(x), np.abs(y))
    wide = np.exp2(np.floor(np.log2(size)) - 16.0)
    coarse, fine = (
        (value(x + across * h, y + up * h) - value(x - across * h, y - up * h)) / (2.0 * h) for h in (wide, wide / 2.0)
    )
    allowed = NOISE_MARGIN * np.abs(coarse - fine) + RELATIVE * np.abs(fine) + OF_VALUE * np.abs(value(x, y)) / size
    told = np.isfinite(coarse) & np.isfinite(fine)
    return ~told | (np.abs(slope - fine) <= allowed)
