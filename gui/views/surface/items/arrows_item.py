"""The item that draws arrows and ellipses at the racers' heads: strokes on the ground, faint where it occludes them."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QVector4D

from gui.look.theme import DARK, Theme
from gui.views.surface.items import shaders
from gui.views.surface.items.arrow_strokes import ARROW_FLOATS, SIZES, GroundArrows, places_of, strokes_of
from gui.views.surface.items.gl_objects import Squares, Texture
from gui.views.surface.items.ground_item import GroundItem
from gui.views.surface.items.scene_item import Canvas
from gui.views.surface.items.strokes_item import StrokesItem

NOTHING = GroundArrows()
PLACES_UNIT = 4
"""The texture unit of the arrows' places; the ground has the lower ones."""


class ArrowsItem(StrokesItem):
    """The arrows on a `GroundItem`, which must be drawn before them; without arrows it costs nothing."""

    vertex: ClassVar[str] = shaders.ARROW_VERTEX

    def __init__(self, ground: GroundItem, theme: Theme = DARK) -> None:
        super().__init__(ground, theme)
        self._arrows, self._made_for, self._placed_for = NOTHING, object(), object()

    def set_arrows(self, arrows: GroundArrows) -> None:
        """Draw these, unless they are drawn already."""
        if arrows != self._arrows:
            self._arrows = arrows
            self.update()

    def make(self) -> None:
        """Create the program, the arrays of strokes and the texture of their places."""
        super().make()
        self._places = Texture()
        self._made_for = self._placed_for = object()

    def new_strokes(self) -> Squares:
        """Return an array of strokes, which stay while the arrows move."""
        return Squares(ARROW_FLOATS)

    def unmake(self) -> None:
        """Free what was created."""
        super().unmake()
        del self._places

    def prepare(self, canvas: Canvas) -> object:
        """Upload the strokes if other arrows are drawn, and where the arrows are if they have moved."""
        terrain, arrows = self._ground.shown, self._arrows
        if terrain is None or not arrows.looks:
            return None
        width = canvas.ratio * self._theme.magnification
        made_for, placed_for = (arrows.looks, width, self._theme), (arrows, terrain.bounds)
        if made_for != self._made_for:
            self._made_for = made_for
            self.upload(*strokes_of(arrows, width, self._theme))
        if placed_for != self._placed_for:
            self._placed_for = placed_for
            self._places.upload(places_of(arrows, terrain.bounds))
        return None

    def draw(self, canvas: Canvas, whole: bool) -> None:
        """Draw the arrows."""
        if self._ground.shown is not None and self._arrows.looks:
            self._places.bind(PLACES_UNIT)
            self.draw_strokes(canvas, arrows=PLACES_UNIT, sizes=QVector4D(*SIZES))
