"""A 3-D view whose camera is moved by mouse, wheel, trackpad and keys, and that reports the point under the pointer."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMatrix4x4,
    QMouseEvent,
    QNativeGestureEvent,
    QResizeEvent,
    QVector3D,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication

from engine.language.types import Point
from gui.views.surface.camera import Camera, Place, StandardView, nothing, projection_of
from gui.views.surface.drawing_context import DrawingContext
from gui.views.surface.guarded_view import GuardedView
from gui.views.surface.items.axes_painter import margins_px
from gui.views.surface.key_bindings import HELP, HOME, PAN_PX, PARALLEL_KEYS, STANDARD_VIEWS, TURN_DEGREES, TURNS, ZOOMS
from gui.views.surface.scene_coordinates import BASE, RELIEF
from gui.views.view_controls import OF_MENUS

TURN_DEGREES_PX = 0.4
ZOOM_WHEEL = 0.999
"""Factor of the distance for each eighth of a degree by which the wheel is turned."""


class InteractiveView(GuardedView):
    """A view of the ground whose camera a person moves.

    A subclass finds the ground under the pointer.
    """

    camera_moved = Signal(object)
    """The `Camera` after a person moved it, or a `StandardView` after a person chose one."""
    pointer_moved = Signal(object)
    """The point of the plane under the pointer; None once there is none."""
    start_placed = Signal(float, float)
    """x, y of a click with Ctrl: the start is to be placed there."""

    fill_asked = Signal()
    """A double click beside the block."""

    def __init__(self, samples: int, drawing_context: DrawingContext | None = None) -> None:
        super().__init__(samples, drawing_context)
        self.setToolTip(HELP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._standard_view: StandardView | None = HOME
        self._home_distance = 0.0
        self._grabbed = self._pressed = QPointF()
        self._clicking = False
        self._pointer: QPointF | None = None
        self._pointed: Point | None = None
        self._magnification = 1.0
        self.reset_view()

    def ground_under(self, position: QPointF) -> Place | None:
        """Return the place in the scene of the ground at a position of the widget, None if there is none."""
        raise NotImplementedError

    def point_under(self, position: QPointF) -> Point | None:
        """Return the point of the plane at a position of the widget, None if there is no ground."""
        raise NotImplementedError

    def is_buried(self, place: Place) -> bool:
        """Return whether a place in the scene lies below the ground."""
        raise NotImplementedError

    def hidden_from(self, camera: Camera) -> int:
        """Return how many of the places that a standard view should show are behind hills."""
        raise NotImplementedError

    @property
    def camera(self) -> Camera:
        """The present camera."""
        opts = self.opts
        centre = opts["center"].toTuple()
        return Camera(
            opts["elevation"], opts["azimuth"], opts["distance"], centre, opts.get("parallel", False), opts["fov"]
        )  # fmt: skip

    @property
    def seen_from(self) -> Camera | StandardView:
        """The standard view that was set last, or the present camera if a camera was set after it."""
        return self._standard_view or self.camera

    @property
    def home_distance(self) -> float:
        """The distance at which the home view shows the whole block, in a view of this size."""
        return self._home_distance or self._fitted(HOME, nothing).distance

    def set_camera(self, seen_from: Camera | StandardView) -> None:
        """Set the camera; a standard view is fitted again whenever the view gets another size."""
        self._standard_view = seen_from if isinstance(seen_from, StandardView) else None
        self._apply_camera(seen_from if isinstance(seen_from, Camera) else self._fitted(seen_from))

    def reset_view(self) -> None:
        """Show the whole block in the home view."""
        self.set_camera(replace(HOME, parallel=self.seen_from.parallel))

    def projectionMatrix(self, region: tuple[int, int, int, int], viewport: tuple[int, int, int, int]) -> QMatrix4x4:
        """Return the projection from the camera's coordinates to a region of the picture."""
        x, y, width, height = viewport
        left, below, across, up = region
        return projection_of(self.camera, (left - x, below - y, across, up), (width, height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit a standard view to the new size, or scale the distance of a camera that was moved."""
        super().resizeEvent(event)
        self._fit_camera()

    def magnify(self, magnification: float) -> None:
        """Leave room round the block for texts that are so many times as large as on a desk."""
        if magnification != self._magnification:
            self._magnification = magnification
            self._fit_camera()

    def fit_again(self) -> None:
        """Fit a standard view to what it shows now; a camera that a person moved stays."""
        if self._standard_view is not None:
            self._apply_camera(self._fitted(self._standard_view))

    def _fit_camera(self) -> None:
        before = self._home_distance
        # Whatever the landscape: poses are kept as multiples of it.
        self._home_distance = self._fitted(HOME, nothing).distance
        self.fit_again()
        if self._standard_view is None and before:
            self._apply_camera(self.camera.zoomed(self._home_distance / before))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the block, or with Ctrl begin a click that places the start."""
        self._grabbed = self._pressed = event.position()
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        self._clicking = event.button() == Qt.MouseButton.LeftButton and bool(held)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn the block, or pan with Shift, Ctrl or another button; without a button, report the point below."""
        if event.buttons() == Qt.MouseButton.NoButton:
            self._point(event.position())
            return
        if self._clicking and (event.position() - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._clicking = False
        way = event.position() - self._grabbed
        self._grabbed = event.position()
        panning = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        self._drag_camera(way, event.buttons() != Qt.MouseButton.LeftButton or bool(event.modifiers() & panning))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag; after a click with Ctrl that did not move, place the start there."""
        if self._clicking and (point := self.point_under(self._pressed)) is not None:
            self.start_placed.emit(*point)
        self._clicking = False
        self._point(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole block in the home view; with Ctrl, treat it as one more click; beside it, fill the window."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.mousePressEvent(event)
        elif self.ground_under(event.position()) is None:
            self.fill_asked.emit()
        else:
            self._show_standard_view(HOME)

    def leaveEvent(self, event: QEvent) -> None:
        """Report that the pointer is over no point."""
        super().leaveEvent(event)
        self._point(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with a wheel; on a trackpad turn, pan with Shift, or zoom with Ctrl."""
        event.accept()
        fingers, turn, held = event.pixelDelta(), event.angleDelta(), event.modifiers()
        if fingers.isNull() and turn.isNull():
            return
        on_trackpad = event.phase() != Qt.ScrollPhase.NoScrollPhase and not fingers.isNull()
        if not on_trackpad or held & Qt.KeyboardModifier.ControlModifier:
            self._zoom(ZOOM_WHEEL ** (turn.y() or turn.x()), event.position())
        else:
            self._drag_camera(QPointF(fingers), bool(held & Qt.KeyboardModifier.ShiftModifier))

    def event(self, event: QEvent) -> bool:
        """Handle gestures of two fingers on a trackpad."""
        if isinstance(event, QNativeGestureEvent):
            return self._take_gesture(event)
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, pan or zoom, show a standard view, or change the projection."""
        key = Qt.Key(event.key())
        standard_view = next((standard_view for keys, standard_view in STANDARD_VIEWS.items() if key in keys), None)
        if event.modifiers() & OF_MENUS:
            event.ignore()
        elif key in TURNS:
            across, up = TURNS[key]
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._move(self.camera.panned(PAN_PX * across, PAN_PX * up, self.width()))
            else:
                self._move(self.camera.turned(TURN_DEGREES * across, TURN_DEGREES * up))
        elif key in ZOOMS:
            self._zoom(ZOOMS[key])
        elif standard_view is not None:
            self._show_standard_view(standard_view)
        elif key in PARALLEL_KEYS:
            self._move(replace(self.seen_from, parallel=not self.seen_from.parallel))
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Ignore the release, which pyqtgraph's view would evaluate for camera keys of its own."""
        event.ignore()

    def _take_gesture(self, event: QNativeGestureEvent) -> bool:
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(math.exp(-event.value()), event.position())
        elif kind == Qt.NativeGestureType.RotateNativeGesture:
            self._move(self.camera.turned(event.value(), 0.0))
        elif kind not in (Qt.NativeGestureType.BeginNativeGesture, Qt.NativeGestureType.EndNativeGesture):
            return bool(super().event(event))
        event.accept()
        return True

    def _drag_camera(self, way: QPointF, panning: bool) -> None:
        """Turn or pan so that the block follows the pointer."""
        if panning:
            self._move(self.camera.panned(way.x(), way.y(), self.width()))
        else:
            self._move(self.camera.turned(-TURN_DEGREES_PX * way.x(), TURN_DEGREES_PX * way.y()))

    def _zoom(self, factor: float, towards: QPointF | None = None) -> None:
        """Change the distance by a factor, about the ground at a position; never move the camera into the ground."""
        place = self.ground_under(towards) if towards is not None else None
        camera = self.camera.zoomed(factor, place)
        if camera.parallel or factor > 1.0 or not self.is_buried(camera.eye):
            self._move(camera)

    def _show_standard_view(self, standard_view: StandardView) -> None:
        self._move(replace(standard_view, parallel=self.seen_from.parallel))

    def _move(self, seen_from: Camera | StandardView) -> None:
        """Set the camera as a person asked, and report it."""
        self.set_camera(seen_from)
        self.camera_moved.emit(seen_from)
        self._emit_pointer()

    def _point(self, position: QPointF | None) -> None:
        self._pointer = position
        self._emit_pointer()

    def _emit_pointer(self) -> None:
        """Report the point under the pointer if it has changed, through a move of the pointer or of the camera."""
        point = self.point_under(self._pointer) if self._pointer is not None else None
        if point != self._pointed:
            self._pointed = point
            self.pointer_moved.emit(point)

    def _apply_camera(self, camera: Camera) -> None:
        self.opts["parallel"] = camera.parallel
        self.setCameraParams(
            center=QVector3D(*camera.centre), distance=camera.distance, elevation=camera.elevation,
            azimuth=camera.azimuth, fov=camera.field,
        )  # fmt: skip

    def _fitted(self, standard_view: StandardView, hidden: Callable[[Camera], int] | None = None) -> Camera:
        size = (self.width(), self.height())
        return standard_view.camera(
            size, margins_px(size, self._magnification), (BASE, RELIEF), hidden or self.hidden_from
        )
