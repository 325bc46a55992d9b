"""What the 3-D view shows at one moment, as plain data that can be handed to the thread that draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QMatrix4x4, QVector4D

from engine.frame import Point, RacerFrame
from engine.terrain import Terrain
from gui.theme import Theme
from gui.views.look import RacerLook
from gui.views.surface_camera import Camera
from gui.views.surface_trails import to_places

RELIEF, BASE = 0.74, -0.14
"""How high height 1 lies above height 0, and where the base lies; the domain is 2 wide."""

NOWHERE = (1e9, 1e9)
"""Where what is behind the camera is said to be."""


@dataclass(frozen=True, eq=False)
class Scene:
    """A landscape with its racers, and the camera that sees it.

    Attributes
    ----------
    size : (width, height)
        Of the picture, in the units of widgets.
    ratio : float
        Pixels of the screen in such a unit.
    """

    theme: Theme
    terrain: Terrain | None
    looks: Sequence[RacerLook]
    racers: Sequence[RacerFrame]
    minima: Sequence[Point]
    start: Point | None
    camera: Camera
    size: tuple[int, int]
    ratio: float
    font: QFont

    @cached_property
    def view(self) -> QMatrix4x4:
        """The map from the scene to the camera."""
        return self.camera.view()

    @cached_property
    def projection(self) -> QMatrix4x4:
        """The map from the camera to the picture."""
        return self.camera.projection(self.size)

    def pixels(self) -> QSize:
        """Return the size of the picture in the pixels of the screen."""
        return QSize(*(max(round(side * self.ratio), 1) for side in self.size))

    def on_screen(self, points: Sequence[Point]) -> list[tuple[float, float]]:
        """Return where points of the plane are seen on the ground, in the units of widgets."""
        if self.terrain is None or not points:
            return [NOWHERE] * len(points)
        matrix = self.projection * self.view
        width, height = self.size
        places = []
        for share_x, share_y, lifted in self._lifted(self.terrain, points):
            seen = matrix.map(QVector4D(2.0 * share_x - 1.0, 2.0 * share_y - 1.0, RELIEF * lifted, 1.0))
            at = (seen.x() / seen.w() * width / 2.0, seen.y() / seen.w() * height / 2.0) if seen.w() > 0.0 else NOWHERE
            places.append(at)
        return places

    def _lifted(self, terrain: Terrain, points: Sequence[Point]) -> list[tuple[float, float, float]]:
        """Return points as shares of the domain with the height of the nearest sample."""
        shares = to_places(np.array(points, dtype=np.float64), terrain.bounds)
        last = np.array(terrain.heights.shape[::-1]) - 1
        columns, rows = np.rint(np.clip(shares, 0.0, 1.0) * last).astype(np.intp).T
        heights = np.nan_to_num(terrain.heights[rows, columns])
        return np.column_stack([shares, heights]).tolist()
