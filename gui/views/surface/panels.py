"""The grid of 3-D views: one with every racer, or side by side a view a racer, with linked cameras and pointers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from engine.loss.terrain import Terrain
from gui.background.free_memory import trim_heap
from gui.background.worker import Worker
from gui.look.theme import SPACING_PX, TICK_ROOM_PX, Theme
from gui.views.contour.panel import NUMBERS_ROOM
from gui.views.opengl import load_pyqtgraph_opengl, opengl_available
from gui.views.plot import TITLE_PX
from gui.views.plot_cells import Cell
from gui.views.racer_grid import RacerGrid
from gui.views.racer_look import RacerLook, legible
from gui.views.surface.camera import Camera, StandardView
from gui.views.surface.drawing_context import DrawingContext
from gui.views.surface.fade_overlay import FadeOverlay
from gui.views.surface.items.shared_resources import SharedResources
from gui.views.surface.key_bindings import HELP, HOME, NAME
from gui.views.surface.redraw_scheduler import RedrawScheduler
from gui.views.view_controls import TITLE_PT

if TYPE_CHECKING:
    from gui.views.surface.view import SurfaceView

LONGEST_WAIT_MS = 80
"""A new landscape is drawn in 3-D after the contour view has it, but no later than this."""
FRAME_DELAY_MS = 12
"""From a frame of a race to its 3-D picture: meanwhile the contour view's comes and is laid on the screen.  Drawn
before, the 3-D picture would keep that one waiting, which would be seen with every second frame only."""
TRIM_MS = 1000
"""From the end of a view until its memory is given back: by then the views that ended with it are gone as well."""
NO_OPENGL = "The 3-D view needs OpenGL, which this display does not offer."


class SurfacePanels(RacerGrid["SurfaceView"]):
    """The landscape in 3-D, once `load` was called: what draws it is loaded after the first picture of the window."""

    camera_moved = Signal(object)
    """The `Camera` after a hand moved it, or a `StandardView`."""
    start_placed = Signal(float, float)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        # Else the whole window would be composed anew with OpenGL for each frame of any of its parts.
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self._terrain: Terrain | None = None
        self._seen_from: Camera | StandardView = HOME
        self._titles: dict[SurfaceView, QLabel] = {}
        self._unplaced: set[SurfaceView] = set()
        self._resources, self._scheduler = SharedResources(), RedrawScheduler(self)
        self._drawing_context = DrawingContext(self)
        self.available = opengl_available()
        self._loader = Worker("3-D view")
        self._load_requested = self._load_begun = self._loaded = False
        self._terrain_timer = QTimer(self, singleShot=True, interval=LONGEST_WAIT_MS)
        self._terrain_timer.timeout.connect(self._release)
        self._racers_timer = QTimer(self, singleShot=True, interval=FRAME_DELAY_MS)
        self._racers_timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._racers_timer.timeout.connect(self._share_now)
        self._trimming = QTimer(self, singleShot=True, interval=TRIM_MS)
        self._trimming.timeout.connect(trim_heap)
        self.setAccessibleName(NAME)
        self.setToolTip(HELP)
        self.setAutoFillBackground(True)
        self._apply_theme()
        self.notice = QLabel("" if self.available else NO_OPENGL, self)
        self.notice.setObjectName("muted")
        self.notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.notice.setWordWrap(True)
        self.notice.lower()
        self.notice.setVisible(not self.available)
        self._show_controls()

    @property
    def active(self) -> bool:
        """Whether views are made and drawn now."""
        return self._wanted and self._loaded

    @property
    def seen_from(self) -> Camera | StandardView:
        """From where the block is seen in every view."""
        return self._panels[0].seen_from if self._panels else self._seen_from

    @property
    def up_to_date(self) -> bool:
        """Return whether the pictures show everything that was asked for."""
        if not (self._wanted and self.available and self.isVisible()):
            return True
        coming = (
            self._terrain_timer.isActive() or self._racers_timer.isActive() or self.findChild(FadeOverlay) is not None
        )
        return self._loaded and not coming and super().up_to_date

    @property
    def shown_terrain(self) -> int | None:
        """The number of the terrain in the pictures, None before there are some."""
        return self._panels[0].shown_terrain if self._panels else None

    def load(self) -> None:
        """Load what draws in 3-D on a thread of its own, once the view is wanted, and begin to draw then."""
        self._load_requested = True
        if not self._wanted or self._load_begun:
            return
        self._load_begun = True
        if self.available:
            self._loader.ask("load", load_pyqtgraph_opengl, self._begin)
        else:
            # There will be no picture to wait for.
            self.landscape_drawn.emit()

    def draw_pending(self) -> None:
        """Draw what waits: the contour view has drawn its picture of it."""
        if self._terrain_timer.isActive():
            # Once that picture is on the screen.
            self._terrain_timer.start(0)

    def set_wanted(self, wanted: bool, alone: bool, tip: str) -> None:
        """Show it or hide it."""
        super().set_wanted(wanted, alone, tip)
        self._show_controls()
        if self._load_requested:
            self.load()

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        super().set_theme(theme)
        self._apply_theme()

    def show_terrain(self, terrain: Terrain) -> None:
        """Show a landscape, after the contour view does: what is drawn here would hold that up."""
        if self._terrain is None or terrain.number != self._terrain.number:
            self._terrain = terrain
            if self.active:
                self._terrain_timer.start(0 if self._alone else LONGEST_WAIT_MS)

    def end(self) -> None:
        """Make no more views."""
        super().end()
        self._trimming.stop()
        self._terrain_timer.stop()
        self._racers_timer.stop()
        self._loader.end()

    def reset_view(self) -> None:
        """Show the whole block from the front."""
        self.set_camera(replace(HOME, parallel=self.seen_from.parallel))
        self.camera_moved.emit(self._seen_from)

    def set_camera(self, seen_from: Camera | StandardView) -> None:
        """See the block from there in every view."""
        self._seen_from = seen_from
        for panel in self._panels:
            panel.set_camera(seen_from)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.notice.setGeometry(self.rect())

    def make_panel(self) -> SurfaceView:
        """Return one more view, seen from where the others are seen."""
        # It needs what `load` loads.
        from gui.views.surface.view import SurfaceView

        # All of them: a program keeps its uniforms, and two contexts that set them in turn disturb each other.
        shared = self._drawing_context if self._resources.in_software else None
        panel = SurfaceView(self._theme, self._resources, self._scheduler, shared)
        self._scheduler.join(panel)
        panel.setParent(self)
        panel.setMinimumSize(1, 1)
        # Tab comes here after the view before it, though this one was made last.
        QWidget.setTabOrder(self._panels[-1] if self._panels else self, panel)
        self._unplaced.add(panel)
        self._titles[panel] = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        if self._terrain is not None:
            panel.show_terrain(self._terrain)
        panel.camera_moved.connect(self._follow)
        panel.pointer_moved.connect(self._point)
        panel.start_placed.connect(self.start_placed)
        panel.landscape_drawn.connect(self.landscape_drawn)
        return panel

    def place_panel(self, panel: SurfaceView, place: Cell, spare_px: int) -> None:
        """Put a view in its place, beneath its title; all have equal room."""
        whole, title = place.place, self._titles[panel]
        head = TICK_ROOM_PX + TITLE_PX if title.toolTip() else 0
        foot = self.numbers_room.height() if place.bottom and head else 0
        panel.setGeometry(whole.adjusted(0, head, 0, -foot))
        panel.show()
        if panel in self._unplaced:
            # Not before it has its size, with which the distance changes.
            self._unplaced.remove(panel)
            panel.set_camera(self._seen_from if panel is self._panels[0] else self.seen_from)
        width = whole.width() - SPACING_PX - TICK_ROOM_PX - spare_px
        title.setGeometry(whole.x() + SPACING_PX, whole.y() + TICK_ROOM_PX, max(width, 0), TITLE_PX)
        self._write_title(title)

    def title_panel(self, panel: SurfaceView, look: RacerLook | None) -> None:
        """Write whose view it is above it, as much as fits."""
        title = self._titles[panel]
        title.setVisible(look is not None)
        title.setToolTip(look.name if look is not None else "")
        if look is not None:
            title.setStyleSheet(f"color: {legible(look.colour, self._theme)}; font-size: {TITLE_PT}pt")
        self._write_title(title)

    def drop_panel(self, panel: SurfaceView) -> None:
        """End its title with it."""
        self._unplaced.discard(panel)
        title = self._titles.pop(panel)
        title.hide()
        title.deleteLater()
        self._scheduler.leave(panel)
        self._trimming.start()

    @property
    def numbers_room(self) -> QSize:
        """Nothing; beside plots as much as theirs need below, so that the titles of both stand on one line."""
        return QSize(0, 0 if self._alone else NUMBERS_ROOM[1])

    def _begin(self, _: object) -> None:
        self._loaded = True
        if not self.active:
            return
        focused = self.hasFocus()
        self._catch_up()
        if focused:
            # The first view makes Qt exchange the window in which it lies, which loses the keyboard.
            self._panels[0].setFocus()
        fade_overlay = FadeOverlay(self, self._theme)
        # Once the first picture is there: to prepare it takes as long as the fade.
        self._panels[0].frameSwapped.connect(fade_overlay.fade)

    def _catch_up(self) -> None:
        super()._catch_up()
        self._release()

    def _release(self) -> None:
        """Let the views show the landscape that waited, and what belongs to it."""
        if self._terrain is not None and self.active:
            for panel in self._panels:
                panel.show_terrain(self._terrain)
        self._share_racers()

    def _share_racers(self) -> None:
        if self._terrain_timer.isActive():
            return
        if self._settled or self._alone:
            self._share_now()
        elif not self._racers_timer.isActive():
            self._racers_timer.start()

    def _share_now(self) -> None:
        self._racers_timer.stop()
        super()._share_racers()

    def _write_title(self, title: QLabel) -> None:
        font = QFont(self.font())
        font.setPointSize(TITLE_PT)
        words = QFontMetrics(font).elidedText(title.toolTip(), Qt.TextElideMode.ElideRight, title.width())
        title.setText(words)

    def _show_controls(self) -> None:
        """Leave to the other view what both would bear."""
        for button in (self.controls.whole, self.controls.layout):
            button.setVisible(self._alone)
        self._place_anew()

    def _follow(self, seen_from: Camera | StandardView) -> None:
        """Let all views be seen from where one is seen now."""
        for panel in self._panels:
            if panel is not self.sender():
                panel.set_camera(seen_from)
        self.camera_moved.emit(seen_from)

    def _apply_theme(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(self._theme.window))
        self.setPalette(palette)
