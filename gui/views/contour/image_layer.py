"""The image layer of a plot: one image of the landscape over a rectangle of the plane, unscaled where it fits."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPainter

from engine.language.types import Bounds

ROUNDED_PX = 0.51
"""Largest difference between the rectangle on the screen and the image at which the image is drawn unscaled.

The rectangle's size is a real number and the image's a whole one, so rounding alone makes them differ by half a pixel.
"""


class ImageLayer(pg.GraphicsObject):
    """A graphics item that draws an image over a rectangle of the plane, above items of a lower level.

    `painted` is emitted when it draws a new image, which reaches the screen by the end of that turn of the event loop.
    """

    painted = Signal()

    def __init__(self, level: float) -> None:
        super().__init__()
        self.setZValue(level)
        self._image = QImage()
        self._rectangle = QRectF()
        self._is_new = False

    def show_image(self, image: QImage, bounds: Bounds) -> None:
        """Draw `image` over `bounds`, its top row at the largest y; an empty image clears the layer."""
        (x0, x1), (y0, y1) = bounds
        rectangle = QRectF() if image.isNull() else QRectF(x0, y0, x1 - x0, y1 - y0)
        if (image.cacheKey(), rectangle) == (self._image.cacheKey(), self._rectangle):
            return
        self.prepareGeometryChange()
        self._image, self._rectangle, self._is_new = image, rectangle, True
        self.update()

    @property
    def has_image(self) -> bool:
        """Whether there is an image."""
        return not self._image.isNull()

    def boundingRect(self) -> QRectF:
        """Return the rectangle of the plane that the image fills."""
        return self._rectangle

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw the image: unscaled if its size is that of the rectangle on the screen, else scaled smoothly."""
        if self._image.isNull():
            return
        if self._is_new:
            self._is_new = False
            self.painted.emit()
        place = painter.deviceTransform().mapRect(self._rectangle)
        spare = place.size() - QSizeF(self._image.size())
        if max(abs(spare.width()), abs(spare.height())) <= ROUNDED_PX:
            # Not the device's own, which is the plot even where it is painted into an image with other pixels.
            ratio = painter.deviceTransform().m11() / painter.transform().m11()
            corner = painter.transform().mapRect(self._rectangle).topLeft() * ratio
            painter.resetTransform()
            painter.drawImage(QRectF(QPointF(corner.toPoint()) / ratio, self._image.size() / ratio), self._image)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(0.0, self._rectangle.top() + self._rectangle.bottom())
        painter.scale(1.0, -1.0)
        painter.drawImage(self._rectangle, self._image)
