"""Trails and heads in a contour plot, as a raster of their own: only new segments are stroked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.frame import RacerFrame, Trail
from gui.views.look import RacerLook

CORE_PX, HALO_PX, HEAD_PX = 2.0, 4.5, 5.5
NEW_POINTS = 400
"""Points of one trail stroked in one frame: beyond it every second, third ... one; no screen shows them apart."""
WHOLE_POINTS = 4000
"""The same when a whole trail is drawn anew."""
TAIL = 8
"""Old points whose colour is stroked again, where the halo of a new segment covered it."""
FAR_PX = 1e6
"""Farther out than this, points are pulled in along their ray from the middle; painters overflow beyond."""


class TrailLayer(pg.GraphicsObject):
    """Draws the trails of racers over a view box."""

    def __init__(self, view: pg.ViewBox, halo: str) -> None:
        super().__init__()
        self.setZValue(10)
        self.halo = halo
        self._view = view
        self._looks: Sequence[RacerLook] = ()
        self._racers: Sequence[RacerFrame] = ()
        self._image = QImage()
        self._drawn: dict[int, tuple[int, int, NDArray[np.float64]]] = {}
        self._key: object = None
        view.sigRangeChanged.connect(lambda *_: self.viewRangeChanged())
        view.sigResized.connect(lambda *_: self.viewRangeChanged())

    def boundingRect(self) -> QRectF:
        """Return the visible rectangle, in the units of x and y."""
        return QRectF(self._view.viewRect())

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame]) -> None:
        """Draw these from now on."""
        self._looks, self._racers = looks, racers
        self.update()

    def viewRangeChanged(self) -> None:
        """Follow the view."""
        self.prepareGeometryChange()
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Stroke what is new onto the kept image, and show it with the heads."""
        ratio = painter.device().devicePixelRatioF()
        box = self._view.sceneBoundingRect()
        key = (self._view.viewRect().getRect(), box.getRect(), ratio, self.halo, tuple(self._looks))
        if key != self._key or self._rewritten():
            self._key, self._drawn = key, {}
            size = box.size() * ratio
            self._image = QImage(size.toSize(), QImage.Format.Format_ARGB32_Premultiplied)
            self._image.setDevicePixelRatio(ratio)
            self._image.fill(Qt.GlobalColor.transparent)
        self._stroke_new(box)
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        origin = box.topLeft()
        painter.drawImage(origin, self._image)
        painter.translate(origin)
        self._draw_heads(painter, box)

    def _rewritten(self) -> bool:
        """Tell whether a trail that is drawn is no longer the beginning of today's."""
        if len(self._drawn) > len(self._racers):
            return True
        return any(
            self._racers[number].trail.generation != generation or len(self._racers[number].trail.steps) < count
            for number, (generation, count, _) in self._drawn.items()
        )

    def _stroke_new(self, box: QRectF) -> None:
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (look, racer) in enumerate(zip(self._looks, self._racers, strict=False)):
            if look.visible:
                self._stroke(painter, number, look, racer.trail, box)
        painter.end()

    def _stroke(self, painter: QPainter, number: int, look: RacerLook, trail: Trail, box: QRectF) -> None:
        _, count, last = self._drawn.get(number, (0, 0, np.empty((0, 2))))
        if count == len(trail.steps):
            return
        limit = NEW_POINTS if count else WHOLE_POINTS
        fresh = trail.positions[count:]
        stride = -(-len(fresh) // limit)
        points = np.vstack([last[-1:], self._pixels(fresh[::-stride][::-1], box)])
        moved = np.ones(len(points), dtype=bool)
        moved[1:] = np.any(np.rint(points[1:] * 2) != np.rint(points[:-1] * 2), axis=1)
        whole = np.vstack([last[:-1], points[moved]])
        self._drawn[number] = (trail.generation, len(trail.steps), whole[-TAIL:])
        line = [QPointF(x, y) for x, y in points[moved].tolist()]
        if len(line) < 2:
            return
        coloured = [QPointF(x, y) for x, y in whole.tolist()]
        for colour, width, stroke in ((self.halo, HALO_PX, line), (look.colour, CORE_PX, coloured)):
            pen = QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(stroke)

    def _pixels(self, positions: NDArray[np.float64], box: QRectF) -> NDArray[np.float64]:
        """Return positions in pixels from the top left corner of the view box."""
        (x0, x1), (y0, y1) = self._view.viewRange()
        x = (positions[:, 0] - x0) / (x1 - x0) * box.width()
        y = (y1 - positions[:, 1]) / (y1 - y0) * box.height()
        middle = np.array([box.width() / 2, box.height() / 2])
        away = np.clip(np.column_stack([x, y]) - middle, -1e300, 1e300)
        farthest = np.maximum(np.abs(away).max(axis=1, initial=0.0, keepdims=True), FAR_PX)
        return middle + away * (FAR_PX / farthest)

    def _draw_heads(self, painter: QPainter, box: QRectF) -> None:
        for look, racer in zip(self._looks, self._racers, strict=False):
            if look.visible:
                ((x, y),) = self._pixels(np.array([racer.position]), box).tolist()
                painter.setPen(QPen(QColor(self.halo), 2.0))
                painter.setBrush(QColor(look.colour))
                painter.drawEllipse(QPointF(x, y), HEAD_PX, HEAD_PX)
