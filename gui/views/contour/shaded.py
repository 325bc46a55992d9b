"""The shaded image of a terrain, at the resolution of a plot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from engine.language.types import Bounds
from engine.loss.terrain import Terrain
from gui.look.theme import Theme
from gui.views.contour.visible_levels import visible_heights
from gui.views.shading.levels import WHOLE
from gui.views.shading.pixels import make_palette, resample, shade

LEAST_SHADED_PX = 64


@dataclass(frozen=True, eq=False)
class Shaded:
    """The image of a terrain: of the whole domain, or with `detail` of the visible part at a higher resolution."""

    image: QImage
    terrain: Terrain
    theme: Theme
    detail: bool


def shaded(
    terrain: Terrain, theme: Theme, size: tuple[int, int], whole: Bounds, detail: bool, ratio: float = 1.0
) -> Shaded:
    """Return the image of a terrain, at the resolution of a plot of `size` pixels that shows all of its bounds.

    `whole` is the domain of the landscape, and `ratio` the number of pixels in a widget unit.
    """
    columns, rows = (max(side, LEAST_SHADED_PX) for side in size)
    sampled, levels = visible_heights(terrain, whole) if detail else (terrain.heights, WHOLE)
    heights = resample(sampled, terrain.bounds, terrain.bounds, columns, rows)
    across, down = (
        (outer[1] - outer[0]) / (inner[1] - inner[0]) for outer, inner in zip(whole, terrain.bounds, strict=True)
    )
    image = QImage(columns, rows, QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.bits(), np.uint32).reshape(rows, columns)
    shade(heights, make_palette(theme), columns * across, rows * down, pixels, levels, ratio)
    return Shaded(image, terrain, theme, detail)
