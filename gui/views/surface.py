"""The 3-D view: a landscape as a block that can be turned, with its racers on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph.opengl as gl
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMatrix4x4,
    QMouseEvent,
    QOffscreenSurface,
    QOpenGLContext,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QVector3D,
    QVector4D,
)
from PySide6.QtWidgets import QWidget

from engine.frame import Point, RacerFrame
from engine.terrain import Terrain
from gui.theme import Theme
from gui.views.look import RacerLook
from gui.views.surface_item import SIZE, SurfaceItem

DISTANCE, ELEVATION, AZIMUTH = 31.0, 36.0, -62.0
TICKS = 5
BASE = -0.12
"""The base of the block, as a height."""
LABEL_GAP = 0.07
"""How far beyond an edge its numbers stand, as a share of the block."""
TURN_DEGREES = 5.0
TURNS = {
    Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
ZOOMS = {Qt.Key.Key_Plus: 0.9, Qt.Key.Key_Equal: 0.9, Qt.Key.Key_Minus: 1 / 0.9}


def opengl_available() -> bool:
    """Tell whether this display can make an OpenGL context; where it cannot, a 3-D view would end the process."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return False
    surface = QOffscreenSurface()
    surface.create()
    context = QOpenGLContext()
    return context.create() and context.makeCurrent(surface)


class SurfaceView(gl.GLViewWidget):
    """A landscape in 3-D.  Drag turns, the wheel zooms, dragging with Ctrl pans, a double click resets."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setMinimumSize(260, 220)
        self.setAccessibleName("3-D view")
        self.setToolTip("Drag to turn, wheel to zoom, Ctrl and drag to pan, double click to reset")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._item = SurfaceItem(theme)
        self._terrain: Terrain | None = None
        self._minima: Sequence[Point] = ()
        self._start: Point = (0.0, 0.0)
        self._shown: object = None
        self._labels = AxisLabels(self)
        self.addItem(self._item)
        self.set_theme(theme)
        self.reset_view()

    def set_theme(self, theme: Theme) -> None:
        """Dress the view."""
        self._theme = theme
        self.setBackgroundColor(theme.window)
        self._item.set_theme(theme)
        self._labels.colour = theme.muted

    def show_terrain(self, terrain: Terrain) -> None:
        """Show a landscape."""
        self._terrain = terrain
        self._item.show_terrain(terrain)

    def show_minima(self, minima: Sequence[Point]) -> None:
        """Mark the known minima."""
        self._minima = list(minima)
        self._item.show_points(self._minima, self._start)

    def show_start(self, start: Point) -> None:
        """Mark where the race starts."""
        if start != self._start:
            self._start = start
            self._item.show_points(self._minima, start)

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame]) -> None:
        """Draw these racers."""
        key = (tuple(looks), tuple((racer.trail.generation, len(racer.trail.steps)) for racer in racers))
        if key != self._shown:
            self._shown = key
            self._item.show_racers(looks, racers)

    def reset_view(self) -> None:
        """Show the whole block from the front."""
        self.opts["center"] = QVector3D(0, 0, -1.6)
        narrow = max(1.0, 1.15 * self.height() / max(self.width(), 1))
        self.setCameraPosition(distance=DISTANCE * narrow, elevation=ELEVATION, azimuth=AZIMUTH)

    def paintGL(self) -> None:
        """Draw the scene, and let the numbers along its edges follow the camera."""
        super().paintGL()
        self._labels.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers over the whole scene."""
        super().resizeEvent(event)
        self._labels.resize(self.size())

    def terrain(self) -> Terrain | None:
        """Return the landscape that is shown."""
        return self._terrain

    def matrix(self) -> QMatrix4x4:
        """Return the map from the scene to the screen."""
        region = self.getViewport()
        return self.projectionMatrix(region, region) * self.viewMatrix()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole block again."""
        self.reset_view()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn and zoom."""
        key = Qt.Key(event.key())
        if key in TURNS:
            self.orbit(*(TURN_DEGREES * share for share in TURNS[key]))
        elif key in ZOOMS:
            self.setCameraPosition(distance=self.opts["distance"] * ZOOMS[key])
        elif key == Qt.Key.Key_Home:
            self.reset_view()
        else:
            event.ignore()


class AxisLabels(QWidget):
    """The numbers along the base of the block: a widget over the scene, so that text is as sharp as elsewhere."""

    def __init__(self, view: SurfaceView) -> None:
        super().__init__(view)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.colour = ""
        self._view = view
        self._drawn: object = None

    def follow(self) -> None:
        """Draw anew where the camera or the landscape changed."""
        terrain = self._view.terrain()
        key = (tuple(self._view.matrix().data()), terrain.bounds if terrain else None, self.colour)
        if key != self._drawn:
            self._drawn = key
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write both axes."""
        terrain = self._view.terrain()
        if terrain is None:
            return
        painter = QPainter(self)
        painter.setPen(QColor(self.colour))
        matrix, camera = self._view.matrix(), self._view.cameraPosition()
        for axis, towards in ((0, camera.y()), (1, camera.x())):
            edge, outwards = (1.0, LABEL_GAP) if towards > 0 else (0.0, -LABEL_GAP)
            low, high = terrain.bounds[axis]
            for value in nice_numbers(low, high, TICKS):
                self._write(painter, matrix, axis, (value - low) / (high - low), edge + outwards, f"{value:g}")
            self._write(painter, matrix, axis, 0.5, edge + 2.2 * outwards, "xy"[axis])
        painter.end()

    def _write(self, painter: QPainter, matrix: QMatrix4x4, axis: int, share: float, beside: float, text: str) -> None:
        place = (share, beside) if axis == 0 else (beside, share)
        point = QVector4D((place[0] - 0.5) * SIZE[0], (place[1] - 0.5) * SIZE[1], (BASE - 0.5) * SIZE[2], 1.0)
        seen = matrix.map(point)
        if seen.w() <= 0:
            return
        x = (seen.x() / seen.w() + 1) / 2 * self.width()
        y = (1 - seen.y() / seen.w()) / 2 * self.height()
        box = painter.fontMetrics().boundingRect(text)
        painter.drawText(QPointF(x - box.width() / 2, y + box.height() / 3), text)


def nice_numbers(low: float, high: float, most: int) -> list[float]:
    """Return at most `most` + 1 round numbers between `low` and `high`."""
    rough = (high - low) / most
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return [float(round(k * step, 12)) for k in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]
