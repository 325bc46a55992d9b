"""The clouds of a contour plot: where all seeds of a racer are, as translucent dots in its colour."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtGui import QPainter

from engine.live.frame import RacerFrame
from gui.views.painting import draw_dots
from gui.views.racer_look import RacerLook
from gui.views.raster_layer import Viewport

DOT_PX, RIM_PX = 5.0, 7.0
"""Diameters of a seed and of its rim."""
OPACITY, RIM_OPACITY = 0.6, 0.5
"""Low enough that the place where most seeds are is the one that stands out."""


def draw_clouds(
    painter: QPainter, viewport: Viewport, visible: Iterable[tuple[int, RacerLook, RacerFrame]], halo: str
) -> None:
    """Draw the seeds of racers that run several."""
    for _, look, racer in visible:
        if racer.cloud is not None:
            places = viewport.places(racer.cloud[np.isfinite(racer.cloud).all(axis=1)])
            draw_dots(painter, places, halo, look.magnification * RIM_PX, RIM_OPACITY)
            draw_dots(painter, places, look.colour, look.magnification * DOT_PX, OPACITY)
