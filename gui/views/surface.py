"""The 3-D view: a landscape as a block that can be turned, with its racers on it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph.opengl as gl
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMatrix4x4,
    QMouseEvent,
    QOffscreenSurface,
    QOpenGLContext,
    QPainter,
    QResizeEvent,
    QSurfaceFormat,
    QVector3D,
    QWheelEvent,
)
from PySide6.QtOpenGL import QOpenGLPaintDevice

from engine.frame import Point, RacerFrame
from engine.terrain import Terrain
from gui.theme import Theme
from gui.views.look import RacerLook
from gui.views.surface_axes import AxesPainter
from gui.views.surface_camera import fit_camera
from gui.views.surface_item import BASE, RELIEF, SurfaceItem

OPENGL_VERSION = (3, 3)
"""The oldest that draws instances; newer ones, and every macOS, have it."""
ELEVATION, AZIMUTH, FIELD_DEGREES = 43.0, -58.0, 30.0
LOWEST, HIGHEST = 4.0, 90.0
"""Elevations of the camera, in degrees: the block has no picture of its underside."""
NEAREST, FURTHEST = 1.0, 60.0
"""Distances of the camera; the domain is 2 wide."""
MARGINS_PX = (52.0, 40.0, 26.0, 34.0)
"""Left, right, top and bottom: what the numbers and names need."""
REACH = 2.6
"""Nothing in the scene lies further from its middle."""
TURN_DEGREES_PX, TURN_DEGREES = 0.4, 5.0
PAN_PX = 24.0
ZOOM_KEY, ZOOM_WHEEL = 0.9, 0.999
TURNS = {
    Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
ZOOMS = {Qt.Key.Key_Plus: ZOOM_KEY, Qt.Key.Key_Equal: ZOOM_KEY, Qt.Key.Key_Minus: 1.0 / ZOOM_KEY}
SAMPLES = 4
"""Samples a pixel on a graphics card; in software they would make a frame three times as slow."""
SOFTWARE_RENDERERS = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "gdi generic")
RENDERER = 0x1F01
CLEAR_ALL = 0x4000 | 0x0100 | 0x0400
"""Colour, depth and stencil."""


def surface_format(samples: int = 0) -> QSurfaceFormat:
    """Return what the 3-D view asks of OpenGL, with so many samples a pixel."""
    form = QSurfaceFormat()
    form.setVersion(*OPENGL_VERSION)
    form.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    form.setDepthBufferSize(24)
    form.setStencilBufferSize(8)
    form.setSamples(samples)
    return form


def opengl_available() -> bool:
    """Tell whether this display has the OpenGL we need; where it has not, a 3-D view would end the process."""
    return bool(renderer())


def renderer() -> str:
    """Return what draws OpenGL here, such as "llvmpipe (LLVM 15.0.6, 256 bits)"; "" where nothing does."""
    if QGuiApplication.platformName() in ("offscreen", "minimal", ""):
        return ""
    surface, context = QOffscreenSurface(), QOpenGLContext()
    for part in (surface, context):
        part.setFormat(surface_format())
    surface.create()
    if not (context.create() and context.makeCurrent(surface)):
        return ""
    suits = not context.isOpenGLES() and tuple(context.format().version()) >= OPENGL_VERSION
    name = str(context.functions().glGetString(RENDERER)) if suits else ""
    context.doneCurrent()
    return name


class SurfaceView(gl.GLViewWidget):
    """A landscape in 3-D.

    Drag turns; drag with Shift, or with another button, pans; the wheel zooms; a double click resets.  Arrow keys turn,
    with Shift they pan; plus and minus zoom; Home resets.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        in_software = any(name in renderer().lower() for name in SOFTWARE_RENDERERS)
        self.setFormat(surface_format(0 if in_software else SAMPLES))
        self.setMinimumSize(260, 220)
        self.setAccessibleName("3-D view")
        self.setAccessibleDescription("The landscape as a block with the racers on it; arrow keys turn it")
        self.setToolTip("Drag to turn, wheel to zoom, Shift and drag to pan, double click to reset")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.opts["fov"] = FIELD_DEGREES
        self._theme = theme
        self._item = SurfaceItem(theme)
        self._terrain: Terrain | None = None
        self._moved = False
        self._fitted = 0.0
        self._grabbed = QPointF()
        self._axes = QImage()
        self._axes_key: object = None
        self.addItem(self._item)
        self.reset_view()

    def set_theme(self, theme: Theme) -> None:
        """Dress the view."""
        self._theme = theme
        self._item.set_theme(theme)
        self.update()

    def show_terrain(self, terrain: Terrain) -> None:
        """Show a landscape."""
        self._terrain = terrain
        self._item.show_terrain(terrain)

    def show_minima(self, minima: Sequence[Point]) -> None:
        """Mark the known minima."""
        self._item.show_minima(minima)

    def show_start(self, start: Point) -> None:
        """Mark where the race starts."""
        self._item.show_start(start)

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame]) -> None:
        """Draw these racers; cheap where little is new, and nothing is drawn where nothing is."""
        self._item.show_racers(looks, racers)

    def reset_view(self) -> None:
        """Show the whole block from the front."""
        self._moved = False
        self.opts.update(elevation=ELEVATION, azimuth=AZIMUTH)
        self.opts["distance"], self.opts["center"] = self._fit()
        self._fitted = self.opts["distance"]
        self.update()

    def initializeGL(self) -> None:
        """Make what lives on the graphics card; called again with a new context, as when a dock floats."""
        for item in self.items:
            item.initialize()

    def paintGL(self) -> None:
        """Draw the scene, and the numbers along its edges."""
        functions = QOpenGLContext.currentContext().extraFunctions()
        functions.glDepthMask(1)
        functions.glStencilMask(0xFF)
        functions.glClearColor(*QColor(self._theme.window).getRgbF())
        functions.glClear(CLEAR_ALL)
        region = self.getViewport()
        self.setProjection(region, region)
        self.setModelview()
        self.drawItemTree()
        if self._terrain is not None:
            self._paint_axes(self._terrain)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole block in sight, or as near as it was moved to."""
        super().resizeEvent(event)
        if not self._moved:
            self.reset_view()
            return
        fitted = self._fit()[0]
        self.opts["distance"] *= fitted / self._fitted
        self._fitted = fitted

    def projectionMatrix(self, region: object, viewport: tuple[int, int, int, int]) -> QMatrix4x4:
        """Return the map from the camera to the screen; its depth spans the scene alone, and so is precise."""
        middle = self.cameraPosition().length()
        near, far = max(middle - REACH, 0.02), middle + REACH
        right = near * math.tan(math.radians(self.opts["fov"]) / 2.0)
        top = right * viewport[3] / max(viewport[2], 1)
        matrix = QMatrix4x4()
        matrix.frustum(-right, right, -top, top, near, far)
        return matrix

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the block."""
        self._grabbed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn, or pan with Shift, Ctrl or another button."""
        way = event.position() - self._grabbed
        self._grabbed = event.position()
        panning = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        if event.buttons() == Qt.MouseButton.NoButton:
            return
        if event.buttons() != Qt.MouseButton.LeftButton or event.modifiers() & panning:
            self._pan(way.x(), way.y())
        else:
            self._turn(-TURN_DEGREES_PX * way.x(), TURN_DEGREES_PX * way.y())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole block again."""
        self.reset_view()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        self._zoom(ZOOM_WHEEL ** (event.angleDelta().y() or event.angleDelta().x()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, pan, zoom and reset."""
        key = Qt.Key(event.key())
        if key in TURNS:
            across, up = TURNS[key]
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._pan(PAN_PX * across, PAN_PX * up)
            else:
                self._turn(TURN_DEGREES * across, TURN_DEGREES * up)
        elif key in ZOOMS:
            self._zoom(ZOOMS[key])
        elif key == Qt.Key.Key_Home:
            self.reset_view()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave every other key to the window."""
        event.ignore()

    def _turn(self, across: float, up: float) -> None:
        self._moved = True
        self.opts["azimuth"] += across
        self.opts["elevation"] = min(max(self.opts["elevation"] + up, LOWEST), HIGHEST)
        self.update()

    def _pan(self, across: float, down: float) -> None:
        self._moved = True
        self.pan(across, down, 0, relative="view")

    def _zoom(self, factor: float) -> None:
        self._moved = True
        self.opts["distance"] = min(max(self.opts["distance"] * factor, NEAREST), FURTHEST)
        self.update()

    def _fit(self) -> tuple[float, QVector3D]:
        """Return the distance and the middle from which the whole block is seen at the angle it starts with."""
        turn = QMatrix4x4()
        turn.rotate(ELEVATION - 90.0, 1, 0, 0)
        turn.rotate(AZIMUTH + 90.0, 0, 0, -1)
        return fit_camera(turn, self.opts["fov"], (self.width(), self.height()), MARGINS_PX, (BASE, RELIEF))

    def _paint_axes(self, terrain: Terrain) -> None:
        """Lay the numbers over the scene: an image, painted anew only where the camera or the landscape changed."""
        matrix = self.currentProjection() * self.currentModelView()
        size, ratio = (self.width(), self.height()), self.devicePixelRatioF()
        key = (matrix.data(), size, ratio, terrain.number, self._theme.name, self.font().key())
        if key != self._axes_key:
            self._axes_key, self._axes = key, QImage(size_px(size, ratio), QImage.Format.Format_ARGB32_Premultiplied)
            self._axes.setDevicePixelRatio(ratio)
            self._axes.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._axes)
            AxesPainter(painter, matrix, size, self._theme, self.font()).paint(terrain, self.cameraPosition())
            painter.end()
        # Not a painter on the widget: where the window is drawn into a picture, that would paint below the scene.
        device = QOpenGLPaintDevice(size_px(size, ratio))
        device.setDevicePixelRatio(ratio)
        painter = QPainter(device)
        painter.drawImage(0, 0, self._axes)
        painter.end()


def size_px(size: tuple[int, int], ratio: float) -> QSize:
    """Return a size in the pixels of the screen."""
    return QSize(int(size[0] * ratio), int(size[1] * ratio))
