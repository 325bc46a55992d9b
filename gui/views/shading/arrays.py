"""The shading of all pixels by NumPy, for as long as the compiled loop of `gui.views.shading.loop` is not there yet.

Both make the very same pixels.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gui.views.shading.light import (
    AMBIENT,
    FAINTEST_LINE,
    FLATTEST,
    HEIGHT_STEPS,
    LIGHT,
    LIGHT_STEPS,
)  # fmt: skip

Reals = NDArray[np.float32]
Pixels = NDArray[np.uint32]
REAL = np.float32


def shade_arrays(hole: int, heights: Reals, numbers: Reals, table: Pixels) -> Pixels:
    """Return ARGB32 pixels, uint32 in the shape of `heights`; the arguments are those of `shade_rows`."""
    holes = np.isnan(heights)
    whole = np.where(holes, REAL(0.0), heights)
    right, down = slopes(whole)
    height = whole + numbers[6]
    within = (height >= 0) & (height <= 1)
    light = np.rint(lit(np.where(within, right, REAL(0)), np.where(within, down, REAL(0)), numbers[0], numbers[1]))
    step = np.rint(np.clip(height, 0, 1) * REAL(HEIGHT_STEPS - 1)) * REAL(LIGHT_STEPS) + light
    pixels = table[step.astype(np.uint16)]
    strength = line_strength(whole, right, down, numbers[7:])
    share = strength * numbers[5]
    below = [(pixels >> np.uint32(shift) & np.uint32(255)).astype(REAL) for shift in (16, 8, 0)]
    lined = pack(*(channel + (line - channel) * share for channel, line in zip(below, numbers[2:5], strict=True)))
    return np.where(holes, np.uint32(hole), np.where(strength > REAL(FAINTEST_LINE), lined, pixels))


def pack(red: ArrayLike, green: ArrayLike, blue: ArrayLike) -> Pixels:
    """Return opaque ARGB32 pixels from channels 0..255 of any number type, one shape."""
    channels = [np.clip(np.rint(channel), 0, 255).astype(np.uint32) for channel in (red, green, blue)]
    packed: Pixels = np.uint32(0xFF000000) | channels[0] << np.uint32(16) | channels[1] << np.uint32(8) | channels[2]
    return packed


def slopes(heights: Reals) -> tuple[Reals, Reals]:
    """Return the rise a pixel to the right and down, by central differences; the edges repeat."""
    inner = np.pad((heights[:, 2:] - heights[:, :-2]) * REAL(0.5), ((0, 0), (1, 1)), mode="edge")
    return inner, np.pad((heights[2:] - heights[:-2]) * REAL(0.5), ((1, 1), (0, 0)), mode="edge")


def lit(right: Reals, down: Reals, across: np.float32, fall: np.float32) -> Reals:
    """Return how strongly each pixel is lit, 0..LIGHT_STEPS - 1, where so steep a rise of 1 a pixel is each way."""
    x, y, z = map(REAL, LIGHT)
    tilt, lean = right * across, down * fall
    cosine = (tilt * -x + lean * -y + z) / np.sqrt(tilt * tilt + lean * lean + REAL(1.0))
    strength = (cosine + REAL(AMBIENT)) * REAL((LIGHT_STEPS - 1) / (1.0 + AMBIENT))
    limited: Reals = np.clip(strength, 0, LIGHT_STEPS - 1)
    return limited


def line_strength(heights: Reals, right: Reals, down: Reals, levels: Reals) -> Reals:
    """Return how much of each pixel an iso-line covers, 0..1; `levels` are the last six of the numbers."""
    lines, faintness, first, last, reach, densest = levels
    slope = np.sqrt(right * right + down * down) * lines
    counted = heights * lines
    nearest = np.rint(counted)
    steep = np.maximum(slope, REAL(FLATTEST))
    strength: Reals = np.clip(reach - np.abs(counted - nearest) / steep, 0, 1)
    strength *= np.minimum(REAL(1.0), densest / (steep * (REAL(0.5) + REAL(0.5) * faintness)))
    half = nearest * REAL(0.5)
    strength *= np.where(np.rint(half) == half, REAL(1.0), faintness)
    strength[(nearest < first) | (nearest > last) | (slope < FLATTEST)] = 0
    return strength
