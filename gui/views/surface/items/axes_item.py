"""The item that draws the axes of a landscape's block: a flat image of numbers and names over the 3-D picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage

from engine.loss.terrain import Terrain
from gui.look.theme import DARK, Theme
from gui.views.painting import painting
from gui.views.surface.items import shaders
from gui.views.surface.items.axes_painter import AxesPainter
from gui.views.surface.items.gl_objects import FullScreenTriangle, Texture, functions
from gui.views.surface.items.ground_item import GroundItem
from gui.views.surface.items.scene_item import BLEND, DEPTH_TEST, ONE, ONE_MINUS_SOURCE_ALPHA, Canvas, DressedItem


class AxesItem(DressedItem):
    """The axes of a `GroundItem`, painted again when the camera, the landscape, the theme or the font changes."""

    def __init__(self, ground: GroundItem, theme: Theme = DARK) -> None:
        super().__init__(theme)
        self._ground = ground
        self._font = QFont(QGuiApplication.font())
        self._painted: tuple[Canvas, Terrain | None, Theme, str] | None = None

    def set_font(self, font: QFont) -> None:
        """Set the font of numbers and names."""
        self._font = QFont(font)
        self.update()

    def make(self) -> None:
        """Create the program and the texture."""
        self._cover = self._ground.shared.program(shaders.COVER_VERTEX, shaders.COVER_FRAGMENT)
        self._picture, self._whole = Texture(), FullScreenTriangle()
        self._painted = None

    def unmake(self) -> None:
        """Free the program and the texture."""
        del self._cover, self._picture, self._whole

    def prepare(self, canvas: Canvas) -> object:
        """Paint and upload the axes if the camera, the landscape, the theme or the font has changed."""
        wanted = (canvas, self._ground.shown, self._theme, self._font.key())
        if wanted != self._painted and self._ground.shown is not None:
            self._picture.upload(self._paint(canvas))
            self._painted = wanted
        return wanted

    def draw(self, canvas: Canvas, whole: bool) -> None:
        """Draw the painted axes over the picture."""
        if self._ground.shown is None or not whole:
            return
        opengl = functions()
        opengl.glDisable(DEPTH_TEST)
        opengl.glEnable(BLEND)
        opengl.glBlendFunc(ONE, ONE_MINUS_SOURCE_ALPHA)
        self._picture.bind(0)
        self._cover.bind()
        self._cover.set(image=0, height=float(canvas.pixels[1]))
        self._whole.draw()
        self._cover.release()

    def _paint(self, canvas: Canvas) -> NDArray[np.uint8]:
        """Return an image of the axes, uint8 (rows, columns, 4): red, green, blue, opacity, on a transparent ground."""
        columns, rows = canvas.pixels
        image = QImage(columns, rows, QImage.Format.Format_RGBA8888_Premultiplied)
        image.setDevicePixelRatio(canvas.ratio)
        image.fill(Qt.GlobalColor.transparent)
        assert self._ground.shown is not None
        with painting(image) as painter:
            axes = AxesPainter(painter, canvas.matrix, canvas.size, self._theme, self._font)
            axes.paint(self._ground.shown, canvas.eye)
        return np.frombuffer(image.constBits(), np.uint8).reshape(rows, columns, 4).copy()
