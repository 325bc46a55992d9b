"""The item that draws arrows and ellipses at the racers' heads: strokes on the ground, faint where it occludes them."""

from __future__ import annotations

from gui.look.theme import DARK, Theme
from gui.views.surface.items.arrow_strokes import GroundArrows, arrow_strokes
from gui.views.surface.items.ground_item import GroundItem
from gui.views.surface.items.scene_item import Canvas
from gui.views.surface.items.strokes_item import StrokesItem

NOTHING = GroundArrows()


class ArrowsItem(StrokesItem):
    """The arrows on a `GroundItem`, which must be drawn before them; without arrows it costs nothing."""

    def __init__(self, ground: GroundItem, theme: Theme = DARK) -> None:
        super().__init__(ground, theme)
        self._arrows, self._made_for = NOTHING, object()

    def set_arrows(self, arrows: GroundArrows) -> None:
        """Draw these, unless they are drawn already."""
        if arrows != self._arrows:
            self._arrows = arrows
            self.update()

    def make(self) -> None:
        """Create the program and the arrays of strokes."""
        super().make()
        self._made_for = object()

    def prepare(self, canvas: Canvas) -> object:
        """Upload the strokes, unless they are on the card already."""
        terrain = self._ground.shown
        if terrain is not None and self._arrows is not NOTHING:
            width = canvas.ratio * self._theme.magnification
            made_for = self._arrows, terrain.bounds, width, self._theme
            if made_for != self._made_for:
                self._made_for = made_for
                self.upload(*arrow_strokes(self._arrows, terrain.bounds, width, self._theme))
        return None

    def draw(self, canvas: Canvas, whole: bool) -> None:
        """Draw the arrows."""
        if self._ground.shown is not None and self._arrows.marks:
            self.draw_strokes(canvas)
