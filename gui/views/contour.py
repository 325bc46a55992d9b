"""The contour view: one plot with every racer, or side by side a plot a racer, axes and pointer linked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from engine.frame import Point, RacerFrame
from engine.terrain import Bounds, Terrain
from gui.gradually import Gradually
from gui.panels.icon_button import IconButton
from gui.theme import SPACING_PX, TICK_ROOM_PX, Theme
from gui.views.contour_panel import AXIS_HEIGHT_PX, AXIS_WIDTH_PX, BARE_AXIS_PX, ContourPanel
from gui.views.look import RacerLook
from gui.views.plot import TITLE_PX
from gui.views.plot_cells import cell, columns_of
from gui.views.shaded import Shaded, shaded
from gui.views.worker import Worker

OVERLAY = "overlay"
SWITCH_TIPS = {
    True: "Side by side: a plot a racer (Ctrl+L)",
    False: "Overlay: all racers in one plot (Ctrl+L)",
}
"""By whether the plots lie over one another now."""
SWEEP_MS = 5
"""Between the ends of two plots that went together."""
RANGE_PAUSE_MS = 10
"""From a change of what is visible to its being sampled: several changes of one moment become one sample."""


class ContourView(QWidget):
    """A landscape from above, with its racers.  Shading runs on a thread of its own."""

    start_dragged = Signal(float, float)
    start_nudged = Signal(float, float)
    start_placed = Signal(float, float)
    pointer_moved = Signal(object)
    range_changed = Signal(object)
    layout_asked = Signal()
    reset_asked = Signal()
    domain_asked = Signal()
    landscape_drawn = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setMinimumSize(260, 220)
        self._theme = theme
        self._layout_name = OVERLAY
        self._shading, self._stroking = Worker("shading"), Worker("trails")
        self._asked: dict[bool, tuple[Terrain, Theme]] = {}
        self._answered: dict[bool, tuple[Terrain, Theme]] = {}
        self._terrains: dict[bool, Terrain] = {}
        self._images: dict[bool, Shaded] = {}
        self._minima: list[Point] = []
        self._start: Point = (0.0, 0.0)
        self._looks: tuple[RacerLook, ...] = ()
        self._racers: Sequence[RacerFrame] = ()
        self._settled = True
        self._panels: list[ContourPanel] = []
        self._placed = 0
        self._placing = Gradually(self, self._place_next)
        self._following = Gradually(self, self._follow_next)
        self._dressing = Gradually(self, self._dress_next)
        self._undressed: list[ContourPanel] = []
        self._bounds: Bounds = ((-1.0, 1.0), (-1.0, 1.0))
        self._followed: set[ContourPanel] = set()
        self._pictured: set[ContourPanel] = set()
        self._sets_bounds = False
        self._range_timer = QTimer(self, singleShot=True, interval=RANGE_PAUSE_MS)
        self._range_timer.timeout.connect(self._look_again)
        self._shaded_size = (0, 0)
        self.layout_button = IconButton("side by side", SWITCH_TIPS[True], self.layout_asked.emit, "over")
        self.whole_button = IconButton("whole", "Show the whole landscape (R)", self.reset_asked.emit, "over")
        self.domain_button = IconButton(
            "domain", "Use this view as the domain (Ctrl+D)", self.domain_asked.emit, "over"
        )
        self._buttons = (self.whole_button, self.domain_button, self.layout_button)
        self.coming = QLabel()
        self.coming.setObjectName("muted")
        for child in (*self._buttons, self.coming):
            child.setParent(self)
        self._arrange()

    @property
    def panels(self) -> tuple[ContourPanel, ...]:
        """The plots: one, or one a visible racer."""
        return tuple(self._panels)

    @property
    def minima(self) -> tuple[Point, ...]:
        """The minima that are marked."""
        return tuple(self._minima)

    @property
    def landscape_shown(self) -> bool:
        """Whether there is a picture of the landscape yet."""
        return bool(self._images)

    @property
    def shown_terrain(self) -> int | None:
        """The number of the terrain in the picture, None before there is one."""
        return self._images[False].terrain.number if False in self._images else None

    @property
    def shown_detail(self) -> int | None:
        """The number of the terrain of what is visible, None while only the whole domain is drawn."""
        return self._images[True].terrain.number if True in self._images else None

    def set_theme(self, theme: Theme) -> None:
        """Dress the view."""
        self._theme = theme
        for panel in self._panels:
            # Painted once, when it is dressed.
            panel.setUpdatesEnabled(False)
        self._undressed = list(self._panels)
        self._dressing.go_on()
        for detail, terrain in self._terrains.items():
            self._shade(terrain, detail)

    def _dress_next(self) -> bool:
        """Dress one more plot; tell whether there was one left."""
        if not self._undressed:
            return False
        panel = self._undressed.pop(0)
        panel.set_theme(self._theme)
        panel.setUpdatesEnabled(True)
        return True

    def set_layout(self, name: str) -> None:
        """Show "overlay" or "side by side"."""
        self._layout_name = name
        self.layout_button.show_icon("side by side" if name == OVERLAY else "overlay")
        self.layout_button.setToolTip(SWITCH_TIPS[name == OVERLAY])
        self._arrange()

    def show_domain(self, bounds: Bounds) -> None:
        """Show where a landscape will lie that is still to come."""
        self._panels[0].set_domain(bounds)

    def show_terrain(self, terrain: Terrain) -> None:
        """Show the landscape over its domain."""
        known = self._terrains.get(False)
        if known is not None and known.number == terrain.number:
            return
        if known is None or known.bounds != terrain.bounds:
            for panel in self._panels[1:]:
                panel.know_domain(terrain.bounds)
            self._panels[0].set_domain(terrain.bounds)
        self._terrains.pop(True, None)
        self._terrains[False] = terrain
        self._shade(terrain, detail=False)

    def show_detail(self, terrain: Terrain) -> None:
        """Show the landscape over what is visible, more sharply."""
        known = self._terrains.get(True)
        if known is None or known.number != terrain.number:
            self._terrains[True] = terrain
            self._shade(terrain, detail=True)

    def show_minima(self, minima: Sequence[Point]) -> None:
        """Mark the known minima."""
        if list(minima) == self._minima:
            return
        self._minima = list(minima)
        for panel in self._panels:
            panel.show_minima(self._minima)

    def show_start(self, start: Point) -> None:
        """Show where the race starts."""
        self._start = start
        for panel in self._panels:
            panel.show_start(start)

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw these racers; while they are not `settled`, quickly."""
        changed = tuple(looks) != self._looks
        self._looks, self._racers, self._settled = tuple(looks), racers, settled
        if changed and self._layout_name != OVERLAY:
            self._arrange()
        self._share_racers()

    def reset_view(self) -> None:
        """Show the whole domain."""
        for panel in self._panels[:1]:
            panel.reset_view()

    @property
    def up_to_date(self) -> bool:
        """Tell whether the picture shows everything that was asked for."""
        drawn = self._asked == self._answered and all(panel.up_to_date for panel in self._panels)
        gradual = (self._placing, self._following, self._dressing)
        return drawn and not (self._range_timer.isActive() or any(work.under_way for work in gradual))

    def end(self) -> None:
        """End the threads that draw, and what is still to be made."""
        self._placing.end()
        self._following.end()
        self._dressing.end()
        self._shading.end()
        self._stroking.end()

    def _share_racers(self) -> None:
        if self._layout_name == OVERLAY:
            self._panels[0].show_racers(self._looks, self._racers, self._settled)
            return
        pairs = [pair for pair in zip(self._looks, self._racers, strict=False) if pair[0].visible]
        for panel, (look, racer) in zip(self._panels, pairs, strict=False):
            panel.show_racers((look,), (racer,), self._settled)

    @property
    def _titled(self) -> list[RacerLook | None]:
        """Whose each plot is that the layout wants; None for the one of all racers."""
        visible = [look for look in self._looks if look.visible]
        return list(visible) if visible and self._layout_name != OVERLAY else [None]

    def _arrange(self) -> None:
        """Have as many plots as the layout wants: those that stay are kept, the others are made by and by."""
        titled = self._titled
        for number, panel in enumerate(self._panels[len(titled) :]):
            self._followed.discard(panel)
            self._pictured.discard(panel)
            self._undressed = [other for other in self._undressed if other is not panel]
            panel.hide()
            QTimer.singleShot(number * SWEEP_MS, panel, panel.deleteLater)
        for panel, look in zip(self._panels, titled, strict=False):
            panel.show_title(*((look.name, look.colour) if look is not None else ("", "")))
        known, self._panels = len(self._panels), self._panels[: len(titled)]
        if known != len(titled):
            self._place_anew()

    def _place_anew(self) -> None:
        """Put every plot in its place, as many at once as there is time for."""
        self._placed = 0
        self._placing.go_on()

    def _place_next(self) -> bool:
        """Put one more plot in its place, and make it if there is none; tell whether there was one left."""
        titled, number = self._titled, self._placed
        left = len(titled) - number
        self._tell_coming(len(titled) - len(self._panels))
        if left <= 0:
            return False
        self._placed += 1
        if number == len(self._panels):
            self._add_panel(titled[number])
        axes = QSize(AXIS_WIDTH_PX - BARE_AXIS_PX, AXIS_HEIGHT_PX - BARE_AXIS_PX)
        panel, place = self._panels[number], cell(number, len(titled), self.size(), axes)
        panel.show_axes(left=place.left, bottom=place.bottom)
        panel.setGeometry(place.place)
        panel.show()
        self._place_buttons()
        return True

    def _add_panel(self, look: RacerLook | None) -> None:
        """Make one more plot, which shows what the others show."""
        panel = self._new_panel()
        self._panels.append(panel)
        panel.set_domain(self._terrains[False].bounds if False in self._terrains else ((-1, 1), (-1, 1)))
        if look is not None:
            panel.show_title(look.name, look.colour)
        if len(self._panels) > 1:
            panel.show_bounds(self._panels[0].visible_bounds())
        self._picture(panel)
        panel.moved.connect(lambda: self._lead(panel))
        self._share_racers()

    def _lead(self, leader: ContourPanel) -> None:
        """Let all other plots show what this one shows now: as many at once as there is time for."""
        if not self._sets_bounds:
            self._bounds, self._followed = leader.visible_bounds(), {leader}
            self._following.go_on()

    def _follow_next(self) -> bool:
        """Let one more plot show what the leading one shows; tell whether there was one left."""
        for panel in self._panels:
            if panel not in self._followed:
                self._followed.add(panel)
                self._sets_bounds = True
                panel.show_bounds(self._bounds)
                self._sets_bounds = False
                return True
            if panel not in self._pictured:
                self._picture(panel)
                return True
        return False

    def _tell_coming(self, count: int) -> None:
        """Say how many plots are still to come, where there will be many."""
        self.coming.setVisible(count > 1)
        self.coming.setText(f"{count} more plots ...")
        self.coming.adjustSize()
        self.coming.move(self.width() - self.coming.width() - SPACING_PX, self.height() - self.coming.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._place_anew()

    def _place_buttons(self) -> None:
        """Stand in the upper right corner: of the only plot, or in the title's line of the last one above."""
        titled = self._titled
        alone = titled == [None]
        gap, last_above = SPACING_PX // 2, columns_of(len(titled)) - 1
        right = self.width() - TICK_ROOM_PX - (SPACING_PX if alone else 0)
        top = TICK_ROOM_PX + (SPACING_PX if alone else (TITLE_PX - self.whole_button.height()) // 2)
        taken = sum(button.width() + gap for button in self._buttons)
        for place, button in enumerate(self._buttons, start=1):
            button.move(right - place * button.width() - (place - 1) * gap, top)
            button.raise_()
        for number, panel in enumerate(self._panels):
            panel.spare_title(taken if number == last_above and not alone else 0)

    def _new_panel(self) -> ContourPanel:
        panel = ContourPanel(self._theme, self._stroking, alone=not self._panels)
        panel.setParent(self)
        panel.show_minima(self._minima)
        panel.show_start(self._start)
        panel.start_dragged.connect(self.start_dragged)
        panel.start_nudged.connect(self.start_nudged)
        panel.start_placed.connect(self.start_placed)
        panel.pointer_moved.connect(self._point)
        # Not anew at every change, or nothing would be sampled before the hand rests.
        panel.range_changed.connect(lambda _: self._range_timer.isActive() or self._range_timer.start())
        return panel

    def _look_again(self) -> None:
        """Take account of what is visible now, and in how many pixels."""
        if False in self._terrains and self._panels[0].pixels() != self._shaded_size:
            self._shade(self._terrains[False], detail=False)
        self.range_changed.emit(self._panels[0].visible_bounds())

    def show_pointer(self, place: Point | None) -> None:
        """Mark the place that the pointer means, here or in another view."""
        for panel in self._panels:
            panel.show_pointer(place)

    def _point(self, place: Point | None) -> None:
        self.show_pointer(place)
        self.pointer_moved.emit(place)

    def _shade(self, terrain: Terrain, detail: bool) -> None:
        """Ask for the pixels of a terrain, as many as the plot has; a request that has not begun is dropped for it."""
        size = self._panels[0].pixels()
        self._shaded_size = self._shaded_size if detail else size
        theme, whole = self._theme, self._terrains.get(False, terrain).bounds
        self._asked[detail] = (terrain, theme)
        self._shading.ask(f"{detail=}", lambda: shaded(terrain, theme, size, whole, detail), self._show_shaded)

    def _is_newer(self, terrain: Terrain) -> bool:
        """Tell whether a detail is of the landscape of now and newer than the one that is seen.

        It need not be the newest: while the view moves, that one is always still to be shaded.
        """
        known = self._terrains.get(False)
        return known is not None and terrain.number > known.number and terrain.number >= (self.shown_detail or 0)

    def _show_shaded(self, ground: Shaded) -> None:
        terrain, detail = ground.terrain, ground.detail
        self._answered[detail] = (terrain, ground.theme)
        if detail and not self._is_newer(terrain):
            return
        if not detail:
            self._images.pop(True, None)
        self._images[detail] = ground
        self._pictured.clear()
        self._following.go_on()
        self.landscape_drawn.emit()

    def _picture(self, panel: ContourPanel) -> None:
        """Give a plot the pictures of the landscape that there are."""
        self._pictured.add(panel)
        for detail in (False, True):
            ground = self._images.get(detail)
            image, bounds = (ground.image, ground.terrain.bounds) if ground is not None else (QImage(), self._bounds)
            panel.show_image(image, bounds, detail)
