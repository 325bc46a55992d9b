"""The 3-D view: a landscape as a block that can be turned, with its racers on it."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMatrix4x4,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QVector3D,
    QWheelEvent,
)

from engine.frame import Point, RacerFrame
from engine.terrain import Terrain
from gui.theme import Theme
from gui.views.look import RacerLook, state_of
from gui.views.opengl import SAMPLES, in_software, renderer_name
from gui.views.surface.axes_item import AxesItem
from gui.views.surface.axes_painter import margins_px
from gui.views.surface.common import Common
from gui.views.surface.drawing_turns import DrawingTurns
from gui.views.surface.framing import Camera, home, projection_of
from gui.views.surface.ground_item import GroundItem
from gui.views.surface.guarded_view import GuardedView, undisturbed
from gui.views.surface.kept_layer import KeptLayer
from gui.views.surface.marks_item import MarksItem, on_screen
from gui.views.surface.places import BASE, RELIEF, Places, scene_places
from gui.views.surface.scene_item import Canvas
from gui.views.surface.trails_item import TrailsItem

TURN_DEGREES_PX, TURN_DEGREES = 0.4, 5.0
PAN_PX = 24.0
ZOOM_KEY, ZOOM_WHEEL = 0.9, 0.999
TURNS = {
    Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
ZOOMS = {Qt.Key.Key_Plus: ZOOM_KEY, Qt.Key.Key_Equal: ZOOM_KEY, Qt.Key.Key_Minus: 1.0 / ZOOM_KEY}
OUR_ITEMS = 2
KEPT, ON_TOP = -100, 100
"""The order in which items are drawn: what is added by others comes between the landscape and its marks."""


class SurfaceView(GuardedView):
    """A landscape in 3-D.

    Drag turns; drag with Shift, or with another button, pans; the wheel zooms; a double click resets.  Arrow keys turn,
    with Shift they pan; plus and minus zoom; Home resets.
    """

    camera_moved = Signal(object)
    """The `Camera` after a hand moved it; None once it shows the whole block again."""
    pointer_moved = Signal(object)
    start_placed = Signal(float, float)
    landscape_drawn = Signal()
    """The picture shows another landscape than before."""

    def __init__(self, theme: Theme, common: Common | None = None, turns: DrawingTurns | None = None) -> None:
        self._turns: DrawingTurns | None = None
        super().__init__(0 if in_software(renderer_name()) else SAMPLES)
        # What is drawn stays, and so does its depth.
        self.setUpdateBehavior(GuardedView.UpdateBehavior.PartialUpdate)
        self.setMinimumSize(260, 220)
        self.setAccessibleName("3-D view")
        self.setAccessibleDescription("The landscape as a block with the racers on it; arrow keys turn it")
        self.setToolTip("Drag to turn, wheel to zoom, Shift and drag to pan, double click to reset")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._ground = GroundItem(None, theme, common)
        self._trails, self._axes = TrailsItem(self._ground, theme), AxesItem(self._ground, theme)
        self._marks = MarksItem(self._ground, theme)
        self._layer = KeptLayer(self.samples, self._ground, self._axes, self._trails)
        self.add_own(self._layer, KEPT)
        self.add_own(self._marks, ON_TOP)
        self._kept_depth = False
        self._minima: tuple[Point, ...] = ()
        self._start: Point | None = None
        self._racers_seen: object = None
        self._moved = False
        self._fitted = 0.0
        self._grabbed = QPointF()
        self._wanted = self._shown = 0
        self._shown_terrain: int | None = None
        self._wear(theme)
        self.reset_view()
        self._turns = turns

    @property
    def camera(self) -> Camera:
        """From where the block is seen."""
        opts = self.opts
        centre = opts["center"].toTuple()
        return Camera(
            opts["elevation"], opts["azimuth"], opts["distance"], centre, opts.get("parallel", False), opts["fov"]
        )  # fmt: skip

    @property
    def up_to_date(self) -> bool:
        """Tell whether the picture shows everything that was asked for."""
        return not self.isVisible() or self._shown == self._wanted or self.refused

    @property
    def shown_terrain(self) -> int | None:
        """The number of the terrain in the picture, None before there is one."""
        return self._shown_terrain

    def scene_places(self, positions: Places, losses: NDArray[np.float64] | None = None) -> Places:
        """Return where points (n, 2) of the formula lie in the scene, (n, 3); without losses, on the ground.

        Raises
        ------
        ValueError
            Before there is a landscape.
        """
        if self._ground.terrain is None:
            raise ValueError("there is no landscape yet")
        return scene_places(self._ground.terrain, positions, losses)

    def on_screen(self, points: Sequence[Point]) -> list[tuple[float, float]]:
        """Return where points of the plane are seen on the ground, from the upper left corner."""
        if self._ground.terrain is None:
            return []
        place, pixels = self.getViewport(), (self.deviceWidth(), self.deviceHeight())
        canvas = Canvas(self.viewMatrix(), self.projectionMatrix(place, place), pixels, self.devicePixelRatioF())
        seen = on_screen(self._ground.terrain, points, canvas)
        return [(self.width() / 2.0 + x, self.height() / 2.0 - y) for x, y in seen]

    def update(self) -> None:
        """Have a new picture drawn."""
        # pyqtgraph's constructor asks for one as well.
        self._wanted = getattr(self, "_wanted", 0) + 1
        if self._turns is None:
            super().update()
        else:
            self._turns.ask(self)

    def draw_soon(self) -> None:
        """Have it drawn in this turn of the event loop."""
        super().update()

    def set_theme(self, theme: Theme) -> None:
        """Dress the view."""
        self._theme = theme
        self._wear(theme)

    def show_terrain(self, terrain: Terrain) -> None:
        """Show a landscape."""
        known = self._ground.terrain
        if known is None or terrain.number != known.number:
            self._ground.set_terrain(terrain)
            self.update()

    def show_minima(self, minima: Sequence[Point]) -> None:
        """Mark the known minima."""
        if tuple(minima) != self._minima:
            self._minima = tuple(minima)
            self._marks.set_minima(self._minima)

    def show_start(self, start: Point) -> None:
        """Mark where the race starts."""
        if start != self._start:
            self._start = start
            self._marks.set_start(start)

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw these racers; nothing is drawn where nothing is new."""
        seen = state_of(looks, racers)
        if seen != self._racers_seen:
            self._racers_seen = seen
            self._marks.set_racers(looks, racers)
            self._trails.set_racers(looks, racers)
            self.update()

    def show_pointer(self, place: Point | None) -> None:
        """Mark the place that the pointer means, here or in another view."""
        self._marks.set_pointer(place)

    def follow_camera(self, camera: Camera) -> None:
        """See the block from where another view sees it."""
        self._moved = True
        self.set_camera(camera)

    def reset_view(self) -> None:
        """Show the whole block from the front."""
        self._moved = False
        camera = self._home()
        self._fitted = camera.distance
        self.set_camera(camera)

    def set_camera(self, camera: Camera) -> None:
        """See the block from there."""
        self.opts["parallel"] = camera.parallel
        self.setCameraParams(
            center=QVector3D(*camera.centre), distance=camera.distance, elevation=camera.elevation,
            azimuth=camera.azimuth, fov=camera.field,
        )  # fmt: skip

    def projectionMatrix(self, region: tuple[int, int, int, int], viewport: tuple[int, int, int, int]) -> QMatrix4x4:
        """Return the map from the camera to a region of the picture."""
        x, y, width, height = viewport
        left, below, across, up = region
        return projection_of(self.camera, (left - x, below - y, across, up), (width, height))

    @undisturbed
    def paintGL(self) -> None:
        """Draw what is new."""
        wanted, terrain, known, began = self._wanted, self._ground.terrain, self._shown_terrain, time.thread_time()
        self._layer.target = self.defaultFramebufferObject()
        # Our marks leave the depth as it is; others' items may not.
        self._layer.has_depth = self._kept_depth and len(self.items) == OUR_ITEMS
        super().paintGL()
        self._layer.target = None
        self._kept_depth = len(self.items) == OUR_ITEMS
        self._shown, self._shown_terrain = wanted, terrain.number if terrain is not None else None
        if self._turns is not None:
            self._turns.tell_cost(time.thread_time() - began)
        if self._shown_terrain != known:
            self.landscape_drawn.emit()

    def paint(
        self, *, region: tuple[int, int, int, int], viewport: tuple[int, int, int, int], useItemNames: bool = False
    ) -> None:
        """Draw the items; the layer covers everything where it has a sheet."""
        if self._layer.target is None or not self._layer.visible():
            super().paint(region=region, viewport=viewport, useItemNames=useItemNames)
            return
        self.setProjection(region, viewport)
        self.setModelview()
        self.drawItemTree(useItemNames=useItemNames)

    def initializeGL(self) -> None:
        """Take account of a new context, whose framebuffer has no depth yet."""
        self._kept_depth = False
        super().initializeGL()

    def resizeGL(self, width: int, height: int) -> None:
        """Take account of a new framebuffer, which has no depth yet."""
        self._kept_depth = False
        super().resizeGL(width, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole block in sight, or as near as it was moved to."""
        super().resizeEvent(event)
        if not self._moved:
            self.reset_view()
            return
        distance = self._home().distance
        self._move(self.camera.zoomed(distance / self._fitted))
        self._fitted = distance

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was shown meanwhile."""
        super().showEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._axes.set_font(self.font())

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
            self._move(self.camera.panned(way.x(), way.y(), self.width()))
        else:
            self._move(self.camera.turned(-TURN_DEGREES_PX * way.x(), TURN_DEGREES_PX * way.y()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole block again."""
        self._go_home()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        self._move(self.camera.zoomed(ZOOM_WHEEL ** (event.angleDelta().y() or event.angleDelta().x())))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, pan, zoom and reset."""
        key = Qt.Key(event.key())
        if key in TURNS:
            across, up = TURNS[key]
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._move(self.camera.panned(PAN_PX * across, PAN_PX * up, self.width()))
            else:
                self._move(self.camera.turned(TURN_DEGREES * across, TURN_DEGREES * up))
        elif key in ZOOMS:
            self._move(self.camera.zoomed(ZOOMS[key]))
        elif key == Qt.Key.Key_Home:
            self._go_home()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave it to others."""
        event.ignore()

    def _go_home(self) -> None:
        self.reset_view()
        self.camera_moved.emit(None)

    def _move(self, camera: Camera) -> None:
        self._moved = True
        self.set_camera(camera)
        self.camera_moved.emit(camera)

    def _home(self) -> Camera:
        size = self.width(), self.height()
        return home(size, margins_px(size), (BASE, RELIEF), self.opts.get("parallel", False))

    def _wear(self, theme: Theme) -> None:
        self.dress(theme)
        for item in (self._ground, self._trails, self._axes, self._marks):
            item.set_theme(theme)
