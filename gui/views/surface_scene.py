"""What the 3-D view shows at one moment, as plain data that can be handed to the thread that draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont

from engine.frame import Point, RacerFrame
from engine.terrain import Terrain
from gui.theme import Theme
from gui.views.look import RacerLook
from gui.views.surface_camera import Camera

RELIEF, BASE = 0.74, -0.14
"""How high height 1 lies above height 0, and where the base lies; the domain is 2 wide."""


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

    def pixels(self) -> QSize:
        """Return the size of the picture in the pixels of the screen."""
        return QSize(*(max(round(side * self.ratio), 1) for side in self.size))
