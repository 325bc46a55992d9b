"""The 3-D view: a landscape as a block that a person turns, with its racers on it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QShowEvent

from engine.language.types import Point
from engine.live.frame import RacerFrame
from engine.loss.terrain import Terrain
from gui.look.theme import Theme
from gui.views.contour.arrows.marks import marks_of
from gui.views.racer_look import RacerLook, state_of
from gui.views.surface.camera import Camera, Place, StandardView, ray_through
from gui.views.surface.drawing_context import DrawingContext
from gui.views.surface.guarded_view import undisturbed
from gui.views.surface.interactive_view import InteractiveView
from gui.views.surface.items.arrow_strokes import GroundArrows
from gui.views.surface.items.arrows_item import NOTHING, ArrowsItem
from gui.views.surface.items.axes_item import AxesItem
from gui.views.surface.items.cached_layer import CachedLayer
from gui.views.surface.items.drape import DrapedImage
from gui.views.surface.items.ground_item import GroundItem
from gui.views.surface.items.marks_item import MarksItem, on_screen
from gui.views.surface.items.scene_item import Canvas
from gui.views.surface.items.shared_resources import SharedResources
from gui.views.surface.items.trails_item import TrailsItem
from gui.views.surface.key_bindings import NAME
from gui.views.surface.line_of_sight import hidden_minima
from gui.views.surface.picking import ground_hit
from gui.views.surface.redraw_scheduler import RedrawScheduler
from gui.views.surface.scene_coordinates import RELIEF, Places, from_shares, heights_at, scene_places

OUR_ITEMS = 3
KEPT, ARROWS, ON_TOP = -100, 99, 100
"""Depth values, which order the drawing of items: those of other code come between the landscape and its marks."""


class SurfaceView(InteractiveView):
    """One 3-D view of a landscape with some racers."""

    landscape_drawn = Signal()
    """Emitted when the picture shows another landscape than before."""

    def __init__(
        self,
        theme: Theme,
        shared: SharedResources | None = None,
        scheduler: RedrawScheduler | None = None,
        drawing_context: DrawingContext | None = None,
    ) -> None:
        self._scheduler: RedrawScheduler | None = None
        self._shared = shared = shared if shared is not None else SharedResources()
        super().__init__(shared.samples, drawing_context)
        # The framebuffer keeps its picture and its depth, which the next frame may reuse.
        self.setUpdateBehavior(InteractiveView.UpdateBehavior.PartialUpdate)
        # Otherwise Qt would paint what lies behind the view with each of its frames.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(260, 220)
        self.setAccessibleName(NAME)
        self.setAccessibleDescription("The landscape as a block with the racers on it; arrow keys turn it")
        self._theme = theme
        self._ground = GroundItem(None, theme, shared)
        self._trails, self._axes = TrailsItem(self._ground, theme), AxesItem(self._ground, theme)
        self._arrows, self._marks = ArrowsItem(self._ground, theme), MarksItem(self._ground, theme)
        self._layer = CachedLayer(self.samples, self._ground, self._axes, self._trails)
        self.add_own(self._layer, KEPT)
        self.add_own(self._arrows, ARROWS)
        self.add_own(self._marks, ON_TOP)
        self._kept_depth = False
        self._minima: tuple[Point, ...] = ()
        self._start: Point | None = None
        self._racers_seen: object = None
        self._kinds: tuple[str, ...] = ()
        self._factors: Mapping[str, float] = {}
        self._wanted = self._shown = 0
        self._shown_terrain: int | None = None
        self.magnify(theme.magnification)
        self._apply_theme(theme)
        self._scheduler = scheduler

    @property
    def up_to_date(self) -> bool:
        """Return whether the picture shows the newest content; also if the view is hidden or was refused."""
        return not self.isVisible() or self._shown == self._wanted or self.refused

    @property
    def shown_terrain(self) -> int | None:
        """The number of the terrain in the picture, None before there is one."""
        return self._shown_terrain

    def scene_places(self, positions: Places, losses: NDArray[np.float64] | None = None) -> Places:
        """Return the places (n, 3) in the scene of points (n, 2) of the formula; without losses (n,), on the ground.

        Raises
        ------
        ValueError
            If there is no landscape yet.
        """
        if self._ground.terrain is None:
            raise ValueError("there is no landscape yet")
        return scene_places(self._ground.terrain, positions, losses)

    def on_screen(self, points: Sequence[Point]) -> list[tuple[float, float]]:
        """Return x, y of points of the plane on the ground, in widget units from the upper left corner."""
        if self._ground.terrain is None:
            return []
        place, pixels = self.getViewport(), (self.deviceWidth(), self.deviceHeight())
        canvas = Canvas(self.viewMatrix(), self.projectionMatrix(place, place), pixels, self.ratio)
        seen = on_screen(self._ground.terrain, points, canvas)
        return [(self.width() / 2.0 + x, self.height() / 2.0 - y) for x, y in seen]

    def update(self) -> None:
        """Request a new picture."""
        # getattr, because pyqtgraph's constructor calls this method too, before the attribute exists.
        self._wanted = getattr(self, "_wanted", 0) + 1
        if self._scheduler is None:
            super().update()
        else:
            self._scheduler.ask(self)

    def draw_soon(self) -> None:
        """Draw the view in this turn of the event loop."""
        super().update()

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self._theme = theme
        self.magnify(theme.magnification)
        self._apply_theme(theme)

    def show_terrain(self, terrain: Terrain) -> None:
        """Show a landscape, if it is not the present one."""
        known = self._ground.terrain
        if known is None or terrain.number != known.number:
            self._ground.set_terrain(terrain)
            self._fit_known()

    def show_minima(self, minima: Sequence[Point]) -> None:
        """Mark the known minima."""
        if tuple(minima) != self._minima:
            self._minima = tuple(minima)
            self._marks.set_minima(self._minima)
            self._fit_known()

    def show_start(self, start: Point) -> None:
        """Mark the start of the race."""
        if start != self._start:
            self._start = start
            self._marks.set_start(start)

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw these racers, with fewer points while they are not `settled`; draw nothing if nothing has changed."""
        seen = (state_of(looks, racers), settled)
        if seen != self._racers_seen:
            self._racers_seen = seen
            self._marks.set_racers(looks, racers)
            self._trails.set_racers(looks, racers, settled)
        # The values of a step may come after the step.
        marks = marks_of(looks, racers) if self._kinds else ()
        self._arrows.set_arrows(GroundArrows(marks, self._factors) if marks else NOTHING)

    def show_arrows(self, kinds: Sequence[str], factors: Mapping[str, float]) -> None:
        """Draw these kinds of arrows at the heads of the racers that are shown next, so many times as long."""
        self._kinds, self._factors = tuple(kinds), factors

    def drape(self, basins: DrapedImage | None, swarms: DrapedImage | None) -> None:
        """Lay a basin map and swarms on the ground; None takes them away."""
        self._ground.drape(basins=basins, swarms=swarms)

    def hidden_from(self, camera: Camera) -> int:
        """Return how many of the known minima are behind hills, or whether the lowest ground is where none is known."""
        terrain = self._known_terrain
        return hidden_minima(terrain, self._minima, camera) if terrain is not None else 0

    @property
    def _known_terrain(self) -> Terrain | None:
        # The base's constructor asks too, before there is a ground.
        return self._ground.terrain if hasattr(self, "_ground") else None

    def show_pointer(self, place: Point | None) -> None:
        """Mark the point under the pointer, here or in another view; None removes the mark."""
        self._marks.set_pointer(place)

    def ground_under(self, position: QPointF) -> Place | None:
        """Return the place in the scene of the ground at a position of the widget, None if there is none."""
        terrain = self._ground.terrain
        if terrain is None:
            return None
        ray = ray_through(self.camera, (self.width(), self.height()), position.x(), position.y())
        return ground_hit(terrain.heights, ray)

    def point_under(self, position: QPointF) -> Point | None:
        """Return the point of the plane at a position of the widget, None if there is no ground."""
        place, terrain = self.ground_under(position), self._ground.terrain
        if place is None or terrain is None:
            return None
        x, y = from_shares((np.array(place[:2]) + 1.0) / 2.0, terrain.bounds).tolist()
        return x, y

    def is_buried(self, place: Place) -> bool:
        """Return whether a place in the scene lies below the ground."""
        x, y, z = place
        if self._ground.terrain is None or max(abs(x), abs(y)) > 1.0:
            return False
        shares = (np.array([[x, y]]) + 1.0) / 2.0
        return z <= RELIEF * float(heights_at(self._ground.terrain, shares)[0])

    @undisturbed
    def paintGL(self) -> None:
        """Draw the picture, reusing the cached layer, and record its cost for the scheduler."""
        wanted, terrain, known, began = self._wanted, self._ground.terrain, self._shown_terrain, time.thread_time()
        self._layer.keeps, self._trails.refines_at_once = True, False
        # The view's marks do not write depth, but items of other code may.
        self._layer.has_depth = self._kept_depth and len(self.items) == OUR_ITEMS
        super().paintGL()
        self._layer.keeps, self._trails.refines_at_once = False, True
        self._kept_depth = len(self.items) == OUR_ITEMS
        self._shown, self._shown_terrain = wanted, terrain.number if terrain is not None else None
        if self._scheduler is not None:
            self._scheduler.record_cost(time.thread_time() - began)
        if self._shown_terrain != known:
            self.landscape_drawn.emit()

    def paint(
        self, *, region: tuple[int, int, int, int], viewport: tuple[int, int, int, int], useItemNames: bool = False
    ) -> None:
        """Draw the items; do not clear the picture first if the cached layer covers all of it."""
        if not self._layer.keeps or not self._layer.visible():
            super().paint(region=region, viewport=viewport, useItemNames=useItemNames)
            return
        self.setProjection(region, viewport)
        self.setModelview()
        self.drawItemTree(useItemNames=useItemNames)

    def initializeGL(self) -> None:
        """Initialise the view for a new context, whose framebuffer has no depth yet."""
        self._kept_depth = False
        super().initializeGL()

    def resizeGL(self, width: int, height: int) -> None:
        """Forget the kept depth, because the new framebuffer has none yet."""
        self._kept_depth = False
        super().resizeGL(width, height)

    def showEvent(self, event: QShowEvent) -> None:
        """Request a picture, since the content may have changed while the view was hidden."""
        super().showEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Write the axes in the widget's new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._axes.set_font(self.font())

    def _fitted(self, standard_view: StandardView, hidden: Callable[[Camera], int] | None = None) -> Camera:
        """Return the camera that the first view of this size has found, because thirty take thirty times as long."""
        terrain, find = self._known_terrain, super()._fitted
        sees = (terrain.number, self._minima) if hidden is None and terrain is not None else None
        key = (standard_view, self.width(), self.height(), self._magnification, sees)
        return self._shared.camera_of(key, lambda: find(standard_view, hidden))

    def _fit_known(self) -> None:
        """Fit a standard view to a landscape whose minima are known; others change while they are typed or dragged."""
        if self._minima:
            self.fit_again()

    def _apply_theme(self, theme: Theme) -> None:
        self.apply_theme(theme)
        for item in (self._ground, self._trails, self._axes, self._arrows, self._marks):
            item.set_theme(theme)
