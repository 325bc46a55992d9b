"""The grid of 3-D views: one view of all racers, or one view for each racer, with linked cameras and pointers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMargins, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from engine.live.frame import RacerFrame
from engine.loss.terrain import Terrain
from gui.background.free_memory import trim_heap
from gui.background.worker import Worker
from gui.look.theme import SPACING_PX, TICK_ROOM_PX, Theme
from gui.views.contour.panel import NUMBERS_ROOM
from gui.views.focus_outline import MARGIN_PX, draw_focus_outline
from gui.views.opengl import load_pyqtgraph_opengl, opengl_available
from gui.views.plot import TITLE_PX
from gui.views.plot_cells import Cell
from gui.views.racer_grid import RacerGrid
from gui.views.racer_look import RacerLook, raised_of, with_raised
from gui.views.right_click import RightClick
from gui.views.surface.arrow_scales import ArrowScales
from gui.views.surface.camera import Camera, StandardView
from gui.views.surface.drapes import Drapes
from gui.views.surface.drawing_context import DrawingContext
from gui.views.surface.fade_overlay import FadeOverlay
from gui.views.surface.items.shared_resources import SharedResources
from gui.views.surface.key_bindings import HELP, HOME, NAME
from gui.views.surface.panel_title import PanelTitle
from gui.views.surface.redraw_scheduler import RedrawScheduler

if TYPE_CHECKING:
    from gui.views.surface.view import SurfaceView

LONGEST_WAIT_MS = 250
"""Longest time for which the 3-D view of a new landscape waits until the contour view has painted it: on a busy machine
a 3-D picture that is drawn first delays the contour view's by its own time."""
FRAME_DELAY_MS = 12
"""Delay from a frame of a race to its 3-D picture, in which the contour view shows its picture of the frame.  A 3-D
picture that is drawn first delays the contour view's so much that only every second frame is seen there."""
RAISE_DELAY_MS = 100
"""Time for which a person must point at a racer until it stands out: each time the whole picture is drawn again, which
is the work of a turn of the camera and would hold up a pointer that sweeps over many curves."""
TRIM_MS = 1000
"""Delay from the end of a view to the release of free memory, by when views that ended with it are deleted as well."""
NO_OPENGL = "The 3-D view needs OpenGL, which this display does not offer."


class SurfacePanels(RacerGrid["SurfaceView"]):
    """The 3-D views of the landscape; they are created after `load`, so that the window appears first."""

    camera_moved = Signal(object)
    """The `Camera` after a person moved it, or the `StandardView` that a person chose."""
    start_placed = Signal(float, float)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        # A native window of its own: otherwise Qt composes the whole window with OpenGL for every repaint in it.
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self._terrain: Terrain | None = None
        self._seen_from: Camera | StandardView = HOME
        self._titles: dict[SurfaceView, PanelTitle] = {}
        self._unplaced: set[SurfaceView] = set()
        self._resources, self._scheduler = SharedResources(), RedrawScheduler(self)
        self.drapes = Drapes(self)
        self.drapes.due.connect(self._drape)
        self._drawing_context = DrawingContext(self)
        self._loader = Worker("3-D view")
        self._load_requested = self._load_begun = self._loaded = False
        self._terrain_timer = QTimer(self, singleShot=True, interval=LONGEST_WAIT_MS)
        self._terrain_timer.timeout.connect(self._release)
        self._racers_timer = QTimer(self, singleShot=True, interval=FRAME_DELAY_MS)
        self._racers_timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._racers_timer.timeout.connect(self._share_now)
        self.arrows = ArrowScales(self, theme)
        self._raised: int | None = None
        self._to_raise: int | None = None
        self._raise_timer = QTimer(self, singleShot=True, interval=RAISE_DELAY_MS)
        self._raise_timer.timeout.connect(self._raise_racer)
        self._trimming = QTimer(self, singleShot=True, interval=TRIM_MS)
        self._trimming.timeout.connect(trim_heap)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._follow_focus)
        self.setAccessibleName(NAME)
        self.setToolTip(HELP)
        self.setAutoFillBackground(True)
        self._apply_theme()
        self.notice = QLabel(NO_OPENGL, self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.notice.setObjectName("muted")
        self.notice.hide()
        self.notice.lower()
        self._show_controls()

    @cached_property
    def available(self) -> bool:
        """Whether this display has the OpenGL for it; the first answer takes long, as Qt loads OpenGL for it."""
        return opengl_available()

    @property
    def active(self) -> bool:
        """Whether views are created and drawn now."""
        return self._wanted and self._loaded

    @property
    def seen_from(self) -> Camera | StandardView:
        """The standard view or the camera of every view."""
        return self._panels[0].seen_from if self._panels else self._seen_from

    @property
    def home_distance(self) -> float | None:
        """The distance at which the home view shows the whole block; None before there is a view."""
        return self._panels[0].home_distance if self._panels else None

    @property
    def up_to_date(self) -> bool:
        """Return whether all views show the newest content; hidden views do not matter."""
        if not (self._wanted and self.available and self.isVisible()):
            return True
        coming = (
            any(timer.isActive() for timer in (self._terrain_timer, self._racers_timer, self._raise_timer))
            or self.drapes.wait
            or self.findChild(FadeOverlay) is not None
        )
        return self._loaded and not coming and super().up_to_date

    @property
    def shown_terrain(self) -> int | None:
        """The number of the terrain that the views show, None before they show one."""
        return self._panels[0].shown_terrain if self._panels else None

    def load(self) -> None:
        """Load the modules that draw in 3-D on a worker thread once the view is wanted, and then begin to draw."""
        self._load_requested = True
        if not self._wanted or self._load_begun:
            return
        self._load_begun = True
        if self.available:
            self._loader.ask("load", load_pyqtgraph_opengl, self._begin)
        else:
            self.notice.show()
            # Emitted although nothing was drawn, because others wait for the picture and there will be none.
            self.landscape_drawn.emit()

    def draw_pending(self) -> None:
        """Draw the landscape that waits, because the contour view has painted its picture of it."""
        if self._terrain_timer.isActive():
            # In the next turn of the event loop, when the contour view's picture is on the screen.
            self._terrain_timer.start(0)

    def set_wanted(self, wanted: bool, alone: bool, tip: str) -> None:
        """Show or hide the views; load what draws them if they are wanted for the first time."""
        super().set_wanted(wanted, alone, tip)
        self._show_controls()
        if self._load_requested:
            self.load()

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        super().set_theme(theme)
        self.arrows.key.set_theme(theme)
        self._apply_theme()

    def show_terrain(self, terrain: Terrain) -> None:
        """Show a landscape after the contour view does, which drawing here first would delay."""
        if self._terrain is None or terrain.number != self._terrain.number:
            self._terrain = terrain
            if self.active:
                self._terrain_timer.start(0 if self._alone else LONGEST_WAIT_MS)

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw these racers; the one that a person points at stands out once the pointer rests."""
        if raised_of(looks) != self._to_raise:
            self._to_raise = raised_of(looks)
            self._raise_timer.start()
        super().show_racers(with_raised(looks, self._raised), racers, settled)

    def show_arrows(self, kinds: Sequence[str]) -> None:
        """Draw these kinds of arrows at the heads of the racers, in all views at the same scales."""
        self.arrows.kinds = tuple(kinds)
        self._share_racers()

    def _raise_racer(self) -> None:
        self._raised = self._to_raise
        super().show_racers(with_raised(self._looks, self._raised), self._racers, self._settled)

    def end(self) -> None:
        """End the worker thread and the timers; create no more views."""
        super().end()
        self._raise_timer.stop()
        self._trimming.stop()
        self._terrain_timer.stop()
        self._racers_timer.stop()
        self.drapes.end()
        self._loader.end()

    def reset_view(self) -> None:
        """Show the whole block in the home view, in every view."""
        self.set_camera(replace(HOME, parallel=self.seen_from.parallel))
        self.camera_moved.emit(self._seen_from)

    def set_camera(self, seen_from: Camera | StandardView) -> None:
        """Set the camera of every view."""
        self._seen_from = seen_from
        for panel in self._panels:
            panel.set_camera(seen_from)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out all views, and the notice."""
        super().resizeEvent(event)
        self.notice.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw an outline around the view that has the keyboard."""
        for panel in self._panels:
            if panel.hasFocus():
                margin = QMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
                draw_focus_outline(self, panel.geometry().marginsAdded(margin))

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Draw the outline anew when a view gets or loses the keyboard."""
        if any(panel in (before, now) for panel in self._panels):
            self.update()

    def make_panel(self) -> SurfaceView:
        """Return a new view with the camera of the others."""
        # Imported here, because the module needs those that `load` loads on its thread.
        from gui.views.surface.view import SurfaceView

        # Every view or none draws in the common context: contexts that share a program also share the values of its
        # uniforms, so two of them would overwrite each other's.
        shared = self._drawing_context if self._resources.in_software else None
        panel = SurfaceView(self._theme, self._resources, self._scheduler, shared)
        self._scheduler.join(panel)
        panel.setParent(self)
        panel.setMinimumSize(1, 1)
        self._unplaced.add(panel)
        self._titles[panel] = PanelTitle(self, self._theme)
        if self._terrain is not None:
            panel.show_terrain(self._terrain)
        panel.camera_moved.connect(self._follow)
        panel.fill_asked.connect(self.fill_asked)
        panel.pointer_moved.connect(self._point)
        panel.start_placed.connect(self.start_placed)
        RightClick(panel, panel).asked.connect(self.menu_asked)
        panel.landscape_drawn.connect(self.landscape_drawn)
        return panel

    def place_panel(self, panel: SurfaceView, place: Cell, spare_px: int) -> None:
        """Lay out a view in its cell, below its title; all views have the same size."""
        whole, title = place.place, self._titles[panel]
        head = TICK_ROOM_PX + TITLE_PX if title.toolTip() else 0
        foot = self.numbers_room.height() if place.bottom and head else 0
        # The outline of the view that has the keyboard lies in the margin, since nothing is painted over OpenGL.
        panel.setGeometry(whole.adjusted(MARGIN_PX, head + MARGIN_PX, -MARGIN_PX, -foot - MARGIN_PX))
        panel.show()
        if panel in self._unplaced:
            # The camera is set after the view has its size, because a resize changes the camera's distance.
            self._unplaced.remove(panel)
            panel.set_camera(self._seen_from if panel is self._panels[0] else self.seen_from)
        width = whole.width() - SPACING_PX - TICK_ROOM_PX - spare_px
        title.place(QRect(whole.x() + SPACING_PX, whole.y() + TICK_ROOM_PX, max(width, 0), TITLE_PX))

    def title_panel(self, panel: SurfaceView, look: RacerLook | None) -> None:
        """Show the name of the view's racer above it, elided if it is too long."""
        self._titles[panel].show_racer(look, self._theme)

    def drop_panel(self, panel: SurfaceView) -> None:
        """Delete the title of a view, and remove what is stored for it."""
        self._unplaced.discard(panel)
        self._titles.pop(panel).leave()
        self._scheduler.leave(panel)
        self._trimming.start()

    @property
    def numbers_room(self) -> QSize:
        """No extra room, but beside plots their extra height, so that the titles of both views are on one line."""
        return QSize(0, 0 if self._alone else self._theme.px(NUMBERS_ROOM[1]))

    def _begin(self, _: object) -> None:
        self._loaded = True
        if not self.active:
            return
        focused = self.hasFocus()
        self._catch_up()
        if focused:
            # The first OpenGL widget makes Qt recreate the native window, which loses the keyboard's focus.
            self._panels[0].setFocus()
        if self.window().testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
            # Nobody sees the fade of a view that is drawn for a picture, which would wait for its end.
            return
        fade_overlay = FadeOverlay(self, self._theme)
        # The fade begins with the first picture, whose preparation takes as long as the whole fade.
        self._panels[0].frameSwapped.connect(fade_overlay.fade)

    def _catch_up(self) -> None:
        super()._catch_up()
        self._release()

    def _release(self) -> None:
        """Show the landscape that waited in all views, and then its racers."""
        if self._terrain is not None and self.active:
            for panel in self._panels:
                panel.show_terrain(self._terrain)
        self._share_racers()

    def _share_racers(self) -> None:
        self._drape()
        if self._terrain_timer.isActive():
            return
        if self._settled or self._alone:
            self._share_now()
        elif not self._racers_timer.isActive():
            self._racers_timer.start()

    def _drape(self) -> None:
        for number, panel in enumerate(self._panels):
            panel.drape(*self.drapes.of(number))

    def _share_now(self) -> None:
        self._racers_timer.stop()
        if self._terrain is not None and self._panels:
            self.arrows.fit(self._looks, self._racers, self._terrain.bounds, self._settled)
            self.arrows.explain(self.rect())
            for panel in self._panels:
                panel.show_arrows(self.arrows.kinds, self.arrows.factors)
        super()._share_racers()

    def _show_controls(self) -> None:
        """Show the common buttons only if the contour view, which has them too, is hidden."""
        for button in (self.controls.whole, self.controls.layout):
            button.setVisible(self._alone)
        self._place_anew()

    def _follow(self, seen_from: Camera | StandardView) -> None:
        """Set the cameras of all other views to that of the view that a person moved."""
        for panel in self._panels:
            if panel is not self.sender():
                panel.set_camera(seen_from)
        self.camera_moved.emit(seen_from)

    def _apply_theme(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(self._theme.window))
        self.setPalette(palette)
