"""Which heights bear iso-lines in a visible part: as many are seen in a flat part as in the whole landscape.

What is seen decides on them alone, and they change smoothly with it: nothing flickers while the plot is dragged.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Bounds
from engine.loss.terrain import Terrain
from gui.views.shading.levels import WHOLE, Levels, finer_levels

Heights = NDArray[np.float32]

FULL_RANGE = 0.6
"""The range of seen heights below which levels come between those of the whole landscape."""
TRIMMED_SHARE = 0.04
"""The share of the seen area at each end that the range leaves out, deep in the landscape: a corner of a cliff."""
LOOKED_AT = 64
"""Samples each way from which the range is found."""
SINGLE_RANGE = 1e-3
"""The range of seen heights below which single precision would make steps of them."""
ROUNDING = 1e-13
"""Relative to the losses: differences of those seen that are no larger are rounding errors, not slopes."""
MOST_RANGES = 1e4
"""Heights farther from the middle than so many ranges are cut off there, so that none is infinite."""


def visible_heights(terrain: Terrain, whole: Bounds) -> tuple[Heights, Levels]:
    """Return the heights of a visible part, float32 in the shape of its samples, and the levels that count them.

    `whole` is the domain of the landscape.
    """
    rows, columns = (max(side // LOOKED_AT, 1) for side in terrain.values.shape)
    losses = terrain.values[rows // 2 :: rows, columns // 2 :: columns]
    losses = losses[np.isfinite(losses)]
    if not losses.size:
        return terrain.heights, WHOLE
    trimmed = TRIMMED_SHARE * (1.0 - min(_area(terrain.bounds) / _area(whole), 1.0))
    low, high = np.quantile(losses, (trimmed, 1.0 - trimmed))
    if high - low <= ROUNDING * max(abs(high), abs(low)):
        return terrain.heights, WHOLE
    first, last = terrain.scale.unlimited(np.array([low, high])).tolist()
    doublings = math.log2(FULL_RANGE / (last - first)) if last > first else 0.0
    if doublings <= 0.0:
        return terrain.heights, WHOLE
    levels = finer_levels(doublings, (first + last) / 2.0)
    cut_off = losses.min() < terrain.scale.low or losses.max() > terrain.scale.high
    if last - first > SINGLE_RANGE and not cut_off:
        return terrain.heights - np.float32(levels.base), levels
    farthest = MOST_RANGES * (last - first)
    heights = np.clip(terrain.scale.unlimited(terrain.values) - levels.base, -farthest, farthest)
    return heights.astype(np.float32), levels


def _area(bounds: Bounds) -> float:
    """Return the area of a rectangle."""
    (left, right), (bottom, top) = bounds
    return (right - left) * (top - bottom)
