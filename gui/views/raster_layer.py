"""A layer of a plot that a thread draws as an image; while the plot moves, the last image moves along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.language.types import Bounds
from gui.background.worker import Worker

AIM_MS = 60
"""While a view moves, it shows the last image, moved along, for this long before another one is drawn: an image of
another place must be drawn from the beginning."""
FAR_PX = 1e6
"""Farther out than this, points are pulled in along their ray from the middle; painters overflow beyond."""


Content = TypeVar("Content")


@dataclass(frozen=True)
class Viewport:
    """What an image is drawn for: the visible rectangle, its size in the units of widgets, and pixels in a unit."""

    bounds: Bounds
    size: tuple[float, float]
    ratio: float

    def blank(self) -> QImage:
        """Return a transparent image of this size."""
        width, height = (max(round(side * self.ratio), 1) for side in self.size)
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self.ratio)
        image.fill(Qt.GlobalColor.transparent)
        return image

    def places(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points (n, 2) as distances from the viewport's top left corner."""
        (x0, x1), (y0, y1) = self.bounds
        size = np.array(self.size)
        shares = np.column_stack([(points[:, 0] - x0) / (x1 - x0), (y1 - points[:, 1]) / (y1 - y0)])
        with np.errstate(over="ignore"):
            away = np.clip((shares - 0.5) * size, -1e300, 1e300)
        farthest = np.maximum(np.abs(away).max(axis=1, initial=0.0, keepdims=True), FAR_PX)
        places: NDArray[np.float64] = size / 2 + away * (FAR_PX / farthest)
        return places


@dataclass(frozen=True, eq=False)
class Drawing:
    """An image, the viewport that it fills, what its axis is to say, if anything, and what is to be said of it."""

    viewport: Viewport
    image: QImage
    caption: str = ""
    note: str = ""


class RasterLayer(pg.GraphicsObject, Generic[Content]):
    """Shows images that `draw` makes on a worker's thread.

    Parameters
    ----------
    view : ViewBox
        What the layer lies over.
    worker : Worker
    draw : callable
        Takes the viewport that is visible and what `show_content` was last given; may choose another viewport.
    pause_ms : int
        Between the last change and the drawing.
    """

    arrived = Signal(object)
    """Brings each drawing that is shown from now on."""

    def __init__(
        self, view: pg.ViewBox, worker: Worker, draw: Callable[[Viewport, Content], Drawing], pause_ms: int = 0
    ) -> None:
        super().__init__()
        self.setZValue(10)
        self._view, self._worker, self._draw = view, worker, draw
        self._content: Content | None = None
        self._drawing: Drawing | None = None
        self._asked = self._answered = 0
        self._aim: Viewport | None = None
        # Several changes of one moment become one image.
        self._asking = QTimer(self, singleShot=True, interval=pause_ms)
        self._asking.timeout.connect(self._ask)
        self._aiming = QTimer(self, singleShot=True, interval=AIM_MS)
        self._aiming.timeout.connect(self._aim_anew)
        view.sigRangeChanged.connect(lambda *_: self.viewRangeChanged())
        view.sigResized.connect(lambda *_: self.viewRangeChanged())

    @property
    def up_to_date(self) -> bool:
        """Return whether the image shows everything that was asked for."""
        return not (self._asking.isActive() or self._aiming.isActive()) and self._asked == self._answered

    def show_content(self, content: Content) -> None:
        """Have this drawn."""
        self._content = content
        if self._asking.interval():
            self._asking.start()
        else:
            # At once: behind all else that a window does in this turn it would come much later.
            self._ask()

    def boundingRect(self) -> QRectF:
        """Return the visible rectangle, in the units of x and y."""
        return QRectF(self._view.viewRect())

    def viewRangeChanged(self) -> None:
        """Follow the view."""
        self.prepareGeometryChange()
        if not self._aiming.isActive():
            self._aiming.start()
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Lay the newest image where what it shows is now."""
        if self._drawing is None:
            return
        drawn, image = self._drawing.viewport, self._drawing.image
        now = self._viewport()
        painter.resetTransform()
        origin = self._view.sceneBoundingRect().topLeft()
        if drawn == now:
            painter.drawImage(origin, image)
            return
        (x0, x1), (y0, y1) = drawn.bounds
        corners = now.places(np.array([(x0, y1), (x1, y0)]))
        top_left, bottom_right = (origin + QPointF(x, y) for x, y in corners.tolist())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(top_left, bottom_right), image)

    def _viewport(self) -> Viewport:
        (x0, x1), (y0, y1) = self._view.viewRange()
        # Not sceneBoundingRect(), which is larger by the width of a frame.
        size = self._view.rect().size()
        views = self._view.scene().views() if self._view.scene() is not None else []
        ratio = views[0].devicePixelRatioF() if views else 1.0
        return Viewport(((x0, x1), (y0, y1)), (size.width(), size.height()), ratio)

    def _aim_anew(self) -> None:
        """Draw for what is seen now."""
        self._aim = None
        self._ask()

    def _ask(self) -> None:
        if self._content is None or self._view.scene() is None:
            return
        self._asked += 1
        self._aim = self._aim or self._viewport()
        number, viewport, content, draw = self._asked, self._aim, self._content, self._draw
        self._worker.ask(f"layer {id(self)}", lambda: (number, draw(viewport, content)), self._take)

    def _take(self, answer: tuple[int, Drawing]) -> None:
        self._answered, self._drawing = answer
        self.update()
        self.arrived.emit(self._drawing)
