"""What shading means, in NumPy: the program's machine code must make the very same pixels."""

import numpy as np
from numpy.typing import NDArray

from gui.views.levels import LINES_PER_HEIGHT
from gui.views.shading import (
    AMBIENT,
    DENSEST_LINES,
    FAINTEST_LINE,
    FLATTEST,
    HEIGHT_STEPS,
    LIGHT,
    LIGHT_STEPS,
    LINE_HALF_WIDTH,
    RELIEF,
    Palette,
    pack,
)  # fmt: skip

Heights = NDArray[np.float32]
Pixels = NDArray[np.uint32]
REAL = np.float32


def shade(heights: Heights, palette: Palette, width: float, height: float) -> Pixels:
    """Return ARGB32 pixels, uint32 in the shape of `heights`."""
    holes = np.isnan(heights)
    whole = np.where(holes, REAL(0.0), heights)
    right, down = slopes(whole)
    light = np.rint(lit(right, down, width, height))
    step = np.rint(np.clip(whole, 0, 1) * REAL(HEIGHT_STEPS - 1)) * REAL(LIGHT_STEPS) + light
    pixels = palette.table[step.astype(np.uint16)]
    strength = line_strength(whole, right, down)
    share = strength * palette.line[3]
    below = [(pixels >> np.uint32(shift) & np.uint32(255)).astype(REAL) for shift in (16, 8, 0)]
    lined = pack(*(channel + (line - channel) * share for channel, line in zip(below, palette.line, strict=False)))
    return np.where(holes, palette.hole, np.where(strength > REAL(FAINTEST_LINE), lined, pixels))


def slopes(heights: Heights) -> tuple[Heights, Heights]:
    """Return the rise a pixel to the right and down, by central differences; the edges repeat."""
    inner = np.pad((heights[:, 2:] - heights[:, :-2]) * REAL(0.5), ((0, 0), (1, 1)), mode="edge")
    return inner, np.pad((heights[2:] - heights[:-2]) * REAL(0.5), ((1, 1), (0, 0)), mode="edge")


def lit(right: Heights, down: Heights, width: float, height: float) -> Heights:
    """Return how strongly each pixel is lit, 0..LIGHT_STEPS - 1."""
    x, y, z = map(REAL, LIGHT)
    across, up = right * REAL(RELIEF * width), down * REAL(-RELIEF * height)
    cosine = (across * -x + up * -y + z) / np.sqrt(across * across + up * up + REAL(1.0))
    strength = (cosine + REAL(AMBIENT)) * REAL((LIGHT_STEPS - 1) / (1.0 + AMBIENT))
    return np.clip(strength, 0, LIGHT_STEPS - 1)


def line_strength(heights: Heights, right: Heights, down: Heights) -> Heights:
    """Return how much of each pixel an iso-line covers, 0..1."""
    slope = np.sqrt(right * right + down * down) * REAL(LINES_PER_HEIGHT)
    counted = heights * REAL(LINES_PER_HEIGHT)
    nearest = np.rint(counted)
    steep = np.maximum(slope, REAL(FLATTEST))
    strength = np.clip(REAL(LINE_HALF_WIDTH + 0.5) - np.abs(counted - nearest) / steep, 0, 1)
    strength = strength * np.minimum(REAL(1.0), REAL(DENSEST_LINES) / steep)
    strength[(nearest < 1) | (nearest > LINES_PER_HEIGHT - 1) | (slope < FLATTEST)] = 0
    return strength
