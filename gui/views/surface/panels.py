"""The place of the 3-D views: one with every racer, or side by side a view a racer, cameras and pointer linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from engine.frame import Point, RacerFrame
from engine.terrain import Terrain
from gui.gradually import Gradually
from gui.theme import SPACING_PX, Theme
from gui.views.look import RacerLook
from gui.views.opengl import load_pyqtgraph_opengl, opengl_available
from gui.views.plot_cells import cell
from gui.views.surface.framing import Camera, Stance
from gui.views.surface.keys import HELP, HOME, NAME
from gui.views.surface.veil import Veil
from gui.views.worker import Worker

if TYPE_CHECKING:
    from gui.views.surface.view import SurfaceView

OVERLAY = "overlay"
LONGEST_WAIT_MS = 80
"""A new landscape is drawn in 3-D after the contour view has it, but no later than this."""
NO_OPENGL = "The 3-D view needs OpenGL, which this display does not offer."


class SurfacePanels(QWidget):
    """The landscape in 3-D, once `wake` was called: what draws it is loaded after the first picture of the window."""

    camera_moved = Signal(object)
    """The `Camera` after a hand moved it, or a `Stance`."""
    pointer_moved = Signal(object)
    start_placed = Signal(float, float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layout_name = OVERLAY
        self._terrain: Terrain | None = None
        self._minima: tuple[Point, ...] = ()
        self._start: Point | None = None
        self._looks: tuple[RacerLook, ...] = ()
        self._racers: tuple[RacerFrame, ...] = ()
        self._seen_from: Camera | Stance = HOME
        self._panels: list[SurfaceView] = []
        self._titles: list[QLabel] = []
        self.available = opengl_available()
        self._loader = Worker("3-D view")
        self._asked_for = self._awake = False
        self._holding = QTimer(self, singleShot=True, interval=LONGEST_WAIT_MS)
        self._holding.timeout.connect(self._release)
        self._placed = 0
        self._placing = Gradually(self, self._place_next)
        self.setAccessibleName(NAME)
        self.setToolTip(HELP)
        self.setAutoFillBackground(True)
        self._wear()
        self.notice = QLabel("" if self.available else NO_OPENGL, self)
        self.notice.setObjectName("muted")
        self.notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.notice.setWordWrap(True)

    @property
    def panels(self) -> tuple[SurfaceView, ...]:
        """The views: none before the first picture, then one, or one a visible racer."""
        return tuple(self._panels)

    @property
    def seen_from(self) -> Camera | Stance:
        """From where the block is seen in every view."""
        return self._panels[0].seen_from if self._panels else self._seen_from

    @property
    def up_to_date(self) -> bool:
        """Tell whether the pictures show everything that was asked for."""
        if not (self.available and self.isVisible()):
            return True
        coming = self._placing.under_way or self._holding.isActive() or self.findChild(Veil) is not None
        return self._awake and not coming and all(panel.up_to_date for panel in self._panels)

    @property
    def shown_terrain(self) -> int | None:
        """The number of the terrain in the pictures, None before there are some."""
        return self._panels[0].shown_terrain if self._panels else None

    def wake(self) -> None:
        """Load what draws in 3-D on a thread of its own, and begin to draw once that is there."""
        if self.available and not self._asked_for:
            self._asked_for = True
            self._loader.ask("load", load_pyqtgraph_opengl, self._begin)

    def go_on(self) -> None:
        """Draw what waits: the contour view has drawn its picture of it."""
        if self._holding.isActive():
            # Once that picture is on the screen.
            self._holding.start(0)

    def set_theme(self, theme: Theme) -> None:
        """Dress the views."""
        self._theme = theme
        self._wear()
        for panel in self._panels:
            panel.set_theme(theme)

    def set_layout(self, name: str) -> None:
        """Show "overlay" or "side by side"."""
        self._layout_name = name
        self._arrange()

    def show_terrain(self, terrain: Terrain) -> None:
        """Show a landscape, after the contour view does: what is drawn here would hold that up."""
        if self._terrain is None or terrain.number != self._terrain.number:
            self._terrain = terrain
            self._holding.start(LONGEST_WAIT_MS)

    def show_minima(self, minima: Sequence[Point]) -> None:
        """Mark the known minima."""
        self._minima = tuple(minima)
        for panel in self._panels:
            panel.show_minima(self._minima)

    def show_start(self, start: Point) -> None:
        """Mark where the race starts."""
        self._start = start
        for panel in self._panels:
            panel.show_start(start)

    def show_pointer(self, place: Point | None) -> None:
        """Mark the place that the pointer means, here or in another view."""
        for panel in self._panels:
            panel.show_pointer(place)

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw these racers; nothing is drawn where nothing is new."""
        changed = tuple(looks) != self._looks
        self._looks, self._racers = tuple(looks), tuple(racers)
        if changed and self._layout_name != OVERLAY:
            self._arrange()
        self._share_racers()

    def reset_view(self) -> None:
        """Show the whole block from the front."""
        self.set_camera(replace(HOME, parallel=self.seen_from.parallel))
        self.camera_moved.emit(self._seen_from)

    def set_camera(self, seen_from: Camera | Stance) -> None:
        """See the block from there in every view."""
        self._seen_from = seen_from
        for panel in self._panels:
            panel.set_camera(seen_from)

    def end(self) -> None:
        """Make no more views."""
        self._placing.end()
        self._holding.stop()
        self._loader.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.notice.setGeometry(self.rect())
        self._place_anew()

    @property
    def _titled(self) -> list[RacerLook | None]:
        """Whose each view is that the layout wants; None for the one of all racers."""
        visible = [look for look in self._looks if look.visible]
        return [None] if self._layout_name == OVERLAY or not visible else list(visible)

    def _begin(self, _: object) -> None:
        self._awake = True
        self._arrange()
        veil = Veil(self, self._theme)
        # Once the first picture is there: to prepare it takes as long as the veil takes to fade.
        self._panels[0].frameSwapped.connect(veil.fade)

    def _release(self) -> None:
        """Let the views show the landscape that waited, and what belongs to it."""
        if self._terrain is not None:
            for panel in self._panels:
                panel.show_terrain(self._terrain)
        self._share_racers()

    def _arrange(self) -> None:
        """Have as many views as the layout wants."""
        if not self._awake:
            return
        wanted = len(self._titled)
        for panel, title in zip(self._panels[wanted:], self._titles[wanted:], strict=True):
            for part in (panel, title):
                part.hide()
                part.deleteLater()
        del self._panels[wanted:], self._titles[wanted:]
        self._place_anew()

    def _place_anew(self) -> None:
        if self._awake:
            self._placed = 0
            self._placing.go_on()

    def _place_next(self) -> bool:
        """Put one more view in its place, and make it if there is none; tell whether there was one left."""
        titled, number = self._titled, self._placed
        if number >= len(titled):
            return False
        self._placed += 1
        new = number == len(self._panels)
        if new:
            self._add_panel()
        panel, title, look = self._panels[number], self._titles[number], titled[number]
        place = cell(number, len(titled), self.size(), QSize(0, 0)).place
        panel.setGeometry(place)
        panel.show()
        if new:
            # Not before it has its size, with which the distance changes.
            panel.set_camera(self._seen_from if number == 0 else self.seen_from)
        title.setVisible(look is not None)
        if look is not None:
            title.setText(look.name)
            title.setStyleSheet(f"color: {look.colour}")
            title.setGeometry(
                place.x() + SPACING_PX, place.y(), place.width() - 2 * SPACING_PX, title.sizeHint().height()
            )
            title.raise_()
        return True

    def _add_panel(self) -> None:
        """Make one more view, which shows what the others show."""
        # It needs what `wake` loads.
        from gui.views.surface.view import SurfaceView

        panel = SurfaceView(self._theme)
        panel.setParent(self)
        panel.setMinimumSize(1, 1)
        # Tab comes here after the view before it, though this one was made last.
        QWidget.setTabOrder(self._panels[-1] if self._panels else self, panel)
        self._panels.append(panel)
        self._titles.append(QLabel(self))
        panel.show_minima(self._minima)
        if self._start is not None:
            panel.show_start(self._start)
        self._release()
        panel.camera_moved.connect(self._follow)
        panel.pointer_moved.connect(self._point)
        panel.start_placed.connect(self.start_placed)

    def _share_racers(self) -> None:
        if self._holding.isActive():
            return
        if self._titled == [None]:
            for panel in self._panels[:1]:
                panel.show_racers(self._looks, self._racers)
            return
        pairs = [pair for pair in zip(self._looks, self._racers, strict=False) if pair[0].visible]
        for panel, (look, racer) in zip(self._panels, pairs, strict=False):
            panel.show_racers((look,), (racer,))

    def _follow(self, seen_from: Camera | Stance) -> None:
        """Let all views be seen from where one is seen now."""
        for panel in self._panels:
            if panel is not self.sender():
                panel.set_camera(seen_from)
        self.camera_moved.emit(seen_from)

    def _point(self, place: Point | None) -> None:
        self.show_pointer(place)
        self.pointer_moved.emit(place)

    def _wear(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(self._theme.window))
        self.setPalette(palette)
