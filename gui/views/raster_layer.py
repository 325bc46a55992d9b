"""A layer of a plot that a worker thread draws as an image; while the plot moves, the last image moves with it."""

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
from gui.look.offscreen import pixel_ratio

AIM_MS = 60
"""Delay from a change of the visible range to the request for a new image.  The last image is moved meanwhile, because
an image of another range cannot reuse what was drawn."""
FAR_PX = 1e6
"""Largest distance of a point from the middle, in widget units; points farther out are moved to it along their ray from
the middle, because QPainter's coordinates overflow beyond."""


Content = TypeVar("Content")


@dataclass(frozen=True)
class Viewport:
    """The visible rectangle of the plane, its size in widget units, and the number of pixels in such a unit."""

    bounds: Bounds
    size: tuple[float, float]
    ratio: float

    def blank(self) -> QImage:
        """Return a transparent image of the viewport's size."""
        width, height = (max(round(side * self.ratio), 1) for side in self.size)
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self.ratio)
        image.fill(Qt.GlobalColor.transparent)
        return image

    def places(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points (n, 2) of the plane in widget units from the viewport's top left corner, (n, 2), finite."""
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
    """An image, the viewport that it fills, a caption for the plot, and a note on what the image leaves out."""

    viewport: Viewport
    image: QImage
    caption: str = ""
    note: str = ""


class RasterLayer(pg.GraphicsObject, Generic[Content]):
    """A graphics item that shows images which `draw` makes on a worker's thread.

    Parameters
    ----------
    view : ViewBox
        The view box whose visible rectangle the layer covers.
    worker : Worker
    draw : callable
        Takes the visible viewport and the last argument of `show_content`, and returns a `Drawing`, which may have
        another viewport.
    pause_ms : int
        Delay from the last change of the content to the request for an image.
    """

    arrived = Signal(object)
    """Emitted with each new `Drawing`, when it is first shown."""

    def __init__(
        self, view: pg.ViewBox, worker: Worker, draw: Callable[[Viewport, Content], Drawing], pause_ms: int = 0
    ) -> None:
        super().__init__()
        self.setZValue(10)
        self._view, self._worker, self._draw = view, worker, draw
        self._content: Content | None = None
        self._drawing: Drawing | None = None
        self._asked = self._answered = self._cleared = 0
        self._aim: Viewport | None = None
        # The timer merges changes in quick succession into one request.
        self._asking = QTimer(self, singleShot=True, interval=pause_ms)
        self._asking.timeout.connect(self._ask)
        self._aiming = QTimer(self, singleShot=True, interval=AIM_MS)
        self._aiming.timeout.connect(self._aim_anew)
        view.sigRangeChanged.connect(lambda *_: self.viewRangeChanged())
        view.sigResized.connect(lambda *_: self.viewRangeChanged())

    @property
    def up_to_date(self) -> bool:
        """Return whether the image shows the newest content and the visible range."""
        return not (self._asking.isActive() or self._aiming.isActive()) and self._asked == self._answered

    @property
    def is_drawing(self) -> bool:
        """Return whether an image that was requested has not come yet."""
        return self._asked != self._answered

    def keep_content(self, content: Content) -> None:
        """Draw this content in the next image, which is requested anyway because the visible range changes."""
        self._content = content

    def clear(self) -> None:
        """Show nothing, and request nothing until there is other content."""
        self._content = self._drawing = None
        # An image that is being drawn now comes later, and shows what is no longer wanted.
        self._cleared = self._asked
        self._asking.stop()
        self.update()

    def show_content(self, content: Content) -> None:
        """Request an image of this content."""
        self._content = content
        if self._asking.interval():
            self._asking.start()
        else:
            # Without the timer, whose event would wait until the window has done everything else of this turn.
            self._ask()

    def boundingRect(self) -> QRectF:
        """Return the visible rectangle, in the units of x and y."""
        return QRectF(self._view.viewRect())

    def viewRangeChanged(self) -> None:
        """Request an image of the new range, and move the last image meanwhile."""
        self.prepareGeometryChange()
        if not self._aiming.isActive():
            self._aiming.start()
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the newest image over the part of the plane that it shows, scaled if the range has changed."""
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
        # Not sceneBoundingRect(), which also includes the view box's frame.
        size = self._view.rect().size()
        views = self._view.scene().views() if self._view.scene() is not None else []
        ratio = pixel_ratio(views[0]) if views else 1.0
        return Viewport(((x0, x1), (y0, y1)), (size.width(), size.height()), ratio)

    def _aim_anew(self) -> None:
        """Request an image of the range that is visible now."""
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
        self._answered, drawing = answer
        if self._answered <= self._cleared:
            return
        self._drawing = drawing
        self.update()
        self.arrived.emit(drawing)
