"""The 3-D view: a landscape as a block that can be turned, with its racers on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from engine.frame import Point, RacerFrame
from engine.terrain import Terrain
from gui.theme import Theme
from gui.views.look import RacerLook, state_of
from gui.views.surface_camera import Camera, home
from gui.views.surface_renderer import Picture, SurfaceRenderer
from gui.views.surface_scene import BASE, RELIEF, Scene

MARGINS_PX = (52.0, 40.0, 26.0, 34.0)
"""Left, right, top and bottom: what the numbers and names need."""
TURN_DEGREES_PX, TURN_DEGREES = 0.4, 5.0
PAN_PX = 24.0
ZOOM_KEY, ZOOM_WHEEL = 0.9, 0.999
TURNS = {
    Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
ZOOMS = {Qt.Key.Key_Plus: ZOOM_KEY, Qt.Key.Key_Equal: ZOOM_KEY, Qt.Key.Key_Minus: 1.0 / ZOOM_KEY}


class SurfaceView(QWidget):
    """A landscape in 3-D.

    Drag turns; drag with Shift, or with another button, pans; the wheel zooms; a double click resets.  Arrow keys turn,
    with Shift they pan; plus and minus zoom; Home resets.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setMinimumSize(260, 220)
        self.setAccessibleName("3-D view")
        self.setAccessibleDescription("The landscape as a block with the racers on it; arrow keys turn it")
        self.setToolTip("Drag to turn, wheel to zoom, Shift and drag to pan, double click to reset")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = theme
        self._terrain: Terrain | None = None
        self._looks: tuple[RacerLook, ...] = ()
        self._racers: tuple[RacerFrame, ...] = ()
        self._minima: tuple[Point, ...] = ()
        self._start: Point | None = None
        self._racers_seen: object = None
        self._camera = self._home()
        self._moved = False
        self._fitted = 0.0
        self._grabbed = QPointF()
        self._image = QImage()
        self._wanted: Scene | None = None
        self._shown: Scene | None = None
        # Several changes of one moment become one picture.
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask)
        self._renderer = SurfaceRenderer()
        self.reset_view()

    @property
    def camera(self) -> Camera:
        """Where the block is seen from."""
        return self._camera

    @property
    def up_to_date(self) -> bool:
        """Tell whether the picture shows everything that was asked for."""
        return not self.isVisible() or (not self._asking.isActive() and self._shown is self._wanted)

    @property
    def shown_terrain(self) -> int | None:
        """The number of the terrain in the picture, None before there is one."""
        return self._shown.terrain.number if self._shown is not None and self._shown.terrain is not None else None

    def set_theme(self, theme: Theme) -> None:
        """Dress the view."""
        self._theme = theme
        self._asking.start()

    def show_terrain(self, terrain: Terrain) -> None:
        """Show a landscape."""
        if self._terrain is None or terrain.number != self._terrain.number:
            self._terrain = terrain
            self._asking.start()

    def show_minima(self, minima: Sequence[Point]) -> None:
        """Mark the known minima."""
        if tuple(minima) != self._minima:
            self._minima = tuple(minima)
            self._asking.start()

    def show_start(self, start: Point) -> None:
        """Mark where the race starts."""
        if start != self._start:
            self._start = start
            self._asking.start()

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw these racers; nothing is drawn where nothing is new."""
        seen = state_of(looks, racers)
        if seen != self._racers_seen:
            self._racers_seen, self._looks, self._racers = seen, tuple(looks), tuple(racers)
            self._asking.start()

    def draw_now(self) -> None:
        """Have what is new drawn at once: behind all else that a window does in a moment it would come later."""
        if self._asking.isActive():
            self._asking.stop()
            self._ask()

    def reset_view(self) -> None:
        """Show the whole block from the front."""
        self._moved = False
        self._camera = self._home()
        self._fitted = self._camera.distance
        self._asking.start()

    def end(self) -> None:
        """End the thread that draws."""
        self._asking.stop()
        self._renderer.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the newest picture."""
        painter = QPainter(self)
        if self._shown is None or self._shown.pixels() != self._wanted_pixels():
            painter.fillRect(self.rect(), QColor(self._theme.window))
        painter.drawImage(0, 0, self._image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole block in sight, or as near as it was moved to."""
        super().resizeEvent(event)
        if not self._moved:
            self.reset_view()
            return
        distance = self._home().distance
        self._move(self._camera.zoomed(distance / self._fitted))
        self._fitted = distance

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was shown meanwhile."""
        super().showEvent(event)
        self._asking.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._asking.start()

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
            self._move(self._camera.panned(way.x(), way.y(), self.width()))
        else:
            self._move(self._camera.turned(-TURN_DEGREES_PX * way.x(), TURN_DEGREES_PX * way.y()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole block again."""
        self.reset_view()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        self._move(self._camera.zoomed(ZOOM_WHEEL ** (event.angleDelta().y() or event.angleDelta().x())))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, pan, zoom and reset."""
        key = Qt.Key(event.key())
        if key in TURNS:
            across, up = TURNS[key]
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._move(self._camera.panned(PAN_PX * across, PAN_PX * up, self.width()))
            else:
                self._move(self._camera.turned(TURN_DEGREES * across, TURN_DEGREES * up))
        elif key in ZOOMS:
            self._move(self._camera.zoomed(ZOOMS[key]))
        elif key == Qt.Key.Key_Home:
            self.reset_view()
        else:
            event.ignore()

    def _move(self, camera: Camera) -> None:
        self._moved, self._camera = True, camera
        self._asking.start()

    def _home(self) -> Camera:
        return home((self.width(), self.height()), MARGINS_PX, (BASE, RELIEF))

    def _wanted_pixels(self) -> object:
        return self._wanted.pixels() if self._wanted is not None else None

    def _ask(self) -> None:
        """Have the scene of now drawn; what nobody sees costs nothing."""
        if not self.isVisible():
            return
        size = (self.width(), self.height())
        self._wanted = Scene(
            self._theme, self._terrain, self._looks, self._racers, self._minima, self._start, self._camera, size,
            self.devicePixelRatioF(), self.font(),
        )  # fmt: skip
        self._renderer.draw(self._wanted, self._show)

    def _show(self, picture: Picture) -> None:
        self._image, self._shown = picture.image, picture.scene
        self.update()
