"""Checks a person's gradient against differences of their function, at points of many sizes and directions."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Array

SIZES = (0.01, 0.1, 0.4, 1.0, 2.0, 4.0, 10.0, 30.0, 100.0, 1000.0)
DIRECTIONS = 8
TURN = (math.sqrt(5.0) - 1.0) / 2.0
"""The turn from one direction to the next, the golden ratio: no direction comes twice, or lies along an axis."""
NOISE_MARGIN = 8.0
"""How far a slope may be off: so many times the amount by which differences with two step sizes disagree."""
RELATIVE, OF_VALUE = 1e-6, 1e-9
"""How far it may be off besides, relative to the slope itself, and to the value, whose rounding differences magnify."""


def sample_points() -> tuple[Array, Array]:
    """Return points of every size and direction, float64 (points,) each."""
    numbers = np.arange(len(SIZES) * DIRECTIONS)
    angles = 2.0 * np.pi * ((numbers + 0.5) / DIRECTIONS + TURN * numbers)
    sizes = np.repeat(SIZES, DIRECTIONS)
    return sizes * np.cos(angles), sizes * np.sin(angles)


def gradient_agrees(
    value: Callable[[Array, Array], Array], slopes: tuple[Array, Array], x: Array, y: Array
) -> NDArray[np.bool_]:
    """Return at which points `slopes` agree with central differences of `value`, bool (points,).

    True where the differences are not finite, since they then say nothing.
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
    finite = np.isfinite(coarse) & np.isfinite(fine)
    return ~finite | (np.abs(slope - fine) <= allowed)
