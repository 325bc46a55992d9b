"""A map of two settings: its picture, the cross of the settings of now, and the best cell; wheel and drags move it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent

from gui.look.theme import Theme
from gui.views.curves.zoom import NOTCH, NOTCH_ANGLE
from gui.views.focus_outline import draw_focus_outline
from gui.views.studies.axes_canvas import AxesCanvas
from gui.views.studies.setting_axis import SettingAxis

CROSS_PX, GAP_PX, HIT_PX, RING_PX = 11.0, 3.0, 12.0, 6.0
"""Of the cross: half its length, the gap in its middle, and the distance at which it is hit; the radius of the ring."""
STEP_SHARE = 0.01
"""The share of an axis by which an arrow key moves the cross."""
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1)}
ZOOMS = {Qt.Key.Key_Plus: NOTCH, Qt.Key.Key_Equal: NOTCH, Qt.Key.Key_Minus: 1.0 / NOTCH}
HELP = (
    "Drag the cross, or move it by the arrow keys: the race follows. The wheel zooms, over an axis that one alone; a "
    "drag beside the cross moves the map; a double click shows all of it."
)
Axes = tuple[SettingAxis, SettingAxis]


@dataclass(frozen=True, eq=False)
class MapImage:
    """A picture over two axes."""

    image: QImage
    axes: Axes


class SettingsView(AxesCanvas):
    """The map.

    Attributes
    ----------
    axes_asked : signal of (SettingAxis, SettingAxis)
        A person zooms or moves the map.
    whole_asked : signal
        A person wants all of it.
    cross_moved : signal of (float, float)
        A person moves the settings of now.
    pointed : signal of object
        The pair of values under the pointer; None where there is none.
    resized : signal
    """

    axes_asked = Signal(object)
    whole_asked = Signal()
    cross_moved = Signal(float, float)
    pointed = Signal(object)
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Map of two settings")
        self.setToolTip(HELP)
        self.map: MapImage | None = None
        self.cross: tuple[float, float] | None = None
        self.best: tuple[float, float] | None = None
        self._held: QPointF | None = None
        self._holds_cross = False

    def show_map(self, shown: MapImage | None, best: tuple[float, float] | None) -> None:
        """Show a picture, and mark the best settings."""
        self.map, self.best = shown, best
        self.update()

    def show_cross(self, cross: tuple[float, float]) -> None:
        """Mark the settings of now."""
        if cross != self.cross:
            self.cross = cross
            self.update()

    def paint_plot(self, painter: QPainter) -> None:
        """Paint the picture where its axes lie now, the ring and the cross."""
        if self.map is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(self._target(self.map.axes), self.map.image)
        if self.best is not None:
            self._mark(painter, self.place(*self.best), ring=True)
        if self.cross is not None:
            self._mark(painter, self.place(*self.cross), ring=False)
        if self.hasFocus():
            draw_focus_outline(self, self.plot_rect.toRect())

    def _target(self, axes: Axes) -> QRectF:
        """Return where a picture over these axes lies."""
        (x, y), now = axes, self.plot_rect
        if (x, y) == (self.x_axis, self.y_axis):
            return now
        first, last = self.place(x.low, y.high), self.place(x.high, y.low)
        return QRectF(first, last)

    def _mark(self, painter: QPainter, place: QPointF, ring: bool) -> None:
        """Draw the ring or the cross, white with a dark rim, so that it is seen on every colour."""
        if not (math.isfinite(place.x()) and math.isfinite(place.y())):
            # The picture is still that of other axes, and its best settings lie nowhere on logarithmic ones of now.
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((self.theme.mark_rim, 4.0), ("#ffffff", 1.8)):
            painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            if ring:
                painter.drawEllipse(place, RING_PX, RING_PX)
                continue
            for way in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
                painter.drawLine(place + way * GAP_PX, place + way * CROSS_PX)

    def resizeEvent(self, event: object) -> None:
        """Ask for a picture of the new size."""
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer; over the numbers of an axis that one alone."""
        angle = event.angleDelta().y() or event.angleDelta().x()
        rect, place = self.plot_rect, event.position()
        factor = NOTCH ** (angle / NOTCH_ANGLE)
        along_x, along_y = place.x() >= rect.left(), place.y() <= rect.bottom()
        self._zoom(place, factor if along_x else 1.0, factor if along_y else 1.0)
        event.accept()

    def _zoom(self, place: QPointF, across: float, up: float) -> None:
        x, y = (min(max(share, 0.0), 1.0) for share in self.shares_at(place))
        self.axes_asked.emit((
            self.x_axis.part(x - x * across, x + (1.0 - x) * across),
            self.y_axis.part(y - y * up, y + (1.0 - y) * up),
        ))  # fmt: skip

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the cross, or the map."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position()
        away = place - self.place(*self.cross) if self.cross is not None else None
        self._holds_cross = away is not None and abs(away.x()) + abs(away.y()) <= HIT_PX
        if self._holds_cross or self.plot_rect.contains(place):
            self._held = place

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held, or say where the pointer is."""
        place = event.position()
        if self._held is None:
            self._point(place)
        elif self._holds_cross:
            self._move_cross(*self.shares_at(place))
        else:
            way, rect = place - self._held, self.plot_rect
            self._held = place
            x, y = -way.x() / rect.width(), way.y() / rect.height()
            self.axes_asked.emit((self.x_axis.part(x, 1.0 + x), self.y_axis.part(y, 1.0 + y)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all of the map."""
        self.whole_asked.emit()

    def leaveEvent(self, event: object) -> None:
        """Say that nothing is pointed at."""
        self.pointed.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross by the arrows, zoom about it by + and -, and show all by Home."""
        key = Qt.Key(event.key())
        if key in ARROWS and self.cross is not None:
            shares = self.x_axis.share(self.cross[0]), self.y_axis.share(self.cross[1])
            self._move_cross(*(share + way * STEP_SHARE for share, way in zip(shares, ARROWS[key], strict=True)))
        elif key in ZOOMS:
            middle = self.place(*self.cross) if self.cross is not None else self.plot_rect.center()
            self._zoom(middle, ZOOMS[key], ZOOMS[key])
        elif key == Qt.Key.Key_Home:
            self.whole_asked.emit()
        else:
            super().keyPressEvent(event)

    def _move_cross(self, x: float, y: float) -> None:
        """Have the settings of now moved to shares of the axes, within the map."""
        x, y = (min(max(share, 0.0), 1.0) for share in (x, y))
        self.cross_moved.emit(self.x_axis.at(x), self.y_axis.at(y))

    def _point(self, place: QPointF) -> None:
        inside = self.plot_rect.contains(place)
        x, y = self.shares_at(place)
        self.pointed.emit((self.x_axis.at(x), self.y_axis.at(y)) if inside else None)
