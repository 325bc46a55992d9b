"""The contour view: one plot with every racer, or side by side a plot a racer, axes and pointer linked."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.frame import Point, RacerFrame
from engine.terrain import Bounds, Terrain
from gui.panels.icon_button import IconButton
from gui.theme import SPACING_PX, TICK_ROOM_PX, Theme
from gui.views.contour_panel import AXIS_HEIGHT_PX, AXIS_WIDTH_PX, BARE_AXIS_PX, TITLE_PX, ContourPanel
from gui.views.look import RacerLook
from gui.views.shaded import Shaded, shaded
from gui.views.worker import Worker

OVERLAY = "overlay"
SWITCH_TIPS = {
    True: "Side by side: a plot a racer (Ctrl+L)",
    False: "Overlay: all racers in one plot (Ctrl+L)",
}
"""By whether the plots lie over one another now."""
RANGE_PAUSE_MS = 10
"""From a change of what is visible to its being sampled: several changes of one moment become one sample."""


class ContourView(QWidget):
    """A landscape from above, with its racers.  Shading runs on a thread of its own."""

    start_dragged = Signal(float, float)
    start_nudged = Signal(float, float)
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
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACING_PX // 2)
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
        self._range_timer = QTimer(self, singleShot=True, interval=RANGE_PAUSE_MS)
        self._range_timer.timeout.connect(self._look_again)
        self._shaded_size = (0, 0)
        self.layout_button = IconButton("side by side", SWITCH_TIPS[True], self.layout_asked.emit, "over")
        self.whole_button = IconButton("whole", "Show the whole landscape (R)", self.reset_asked.emit, "over")
        self.domain_button = IconButton(
            "domain", "Use this view as the domain (Ctrl+D)", self.domain_asked.emit, "over"
        )
        self._buttons = (self.whole_button, self.domain_button, self.layout_button)
        for button in self._buttons:
            button.setParent(self)
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
            panel.set_theme(theme)
        for detail, terrain in self._terrains.items():
            self._shade(terrain, detail)

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
            self._keep_up()
        self._share_racers()

    def reset_view(self) -> None:
        """Show the whole domain."""
        for panel in self._panels[:1]:
            panel.reset_view()

    @property
    def up_to_date(self) -> bool:
        """Tell whether the picture shows everything that was asked for."""
        drawn = self._asked == self._answered and all(panel.up_to_date for panel in self._panels)
        return drawn and not self._range_timer.isActive()

    def end(self) -> None:
        """End the threads that draw."""
        self._shading.end()
        self._stroking.end()

    def _share_racers(self) -> None:
        if self._layout_name == OVERLAY:
            self._panels[0].show_racers(self._looks, self._racers, self._settled)
            return
        pairs = [pair for pair in zip(self._looks, self._racers, strict=False) if pair[0].visible]
        for panel, (look, racer) in zip(self._panels, pairs, strict=False):
            panel.show_racers((look,), (racer,), self._settled)

    def _keep_up(self) -> None:
        """Follow racers that come, go or change their looks: new plots only where there are more or fewer."""
        visible = [look for look in self._looks if look.visible]
        if len(visible) != len(self._panels):
            self._arrange()
            return
        for panel, look in zip(self._panels, visible, strict=True):
            panel.show_title(look.name, look.colour)

    def _arrange(self) -> None:
        """Make as many plots as the layout wants."""
        visible = [look for look in self._looks if look.visible]
        titles = [""] if self._layout_name == OVERLAY or not visible else [look.name for look in visible]
        before = self._panels[0].visible_bounds() if self._panels else None
        for panel in self._panels:
            self._grid.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        self._panels = [self._new_panel() for _ in titles]
        columns = math.ceil(math.sqrt(len(titles)))
        for number, (panel, title) in enumerate(zip(self._panels, titles, strict=True)):
            row, column = divmod(number, columns)
            self._grid.addWidget(panel, row, column)
            panel.show_axes(left=column == 0, bottom=row == (len(titles) - 1) // columns)
            panel.set_domain(self._terrains[False].bounds if False in self._terrains else ((-1, 1), (-1, 1)))
            if title:
                panel.show_title(title, visible[number].colour)
            if number:
                panel.setXLink(self._panels[0])
                panel.setYLink(self._panels[0])
        if before is not None and self._terrains:
            self._panels[0].setRange(xRange=before[0], yRange=before[1], padding=0)
        for detail, ground in self._images.items():
            for panel in self._panels:
                panel.show_image(ground.image, ground.terrain.bounds, detail)
        self._share_room()
        self._place_buttons()
        self._share_racers()

    def _share_room(self) -> None:
        """Give the plots equal room, though only the outer ones bear numbers."""
        columns = math.ceil(math.sqrt(len(self._panels)))
        rows = math.ceil(len(self._panels) / columns)
        spare = AXIS_WIDTH_PX - BARE_AXIS_PX
        width = (self.width() - spare - (columns - 1) * self._grid.spacing()) // columns
        for column in range(self._grid.columnCount()):
            used = column < columns
            self._grid.setColumnStretch(column, 0 if not used else width + (spare if column == 0 else 0))
        spare = AXIS_HEIGHT_PX - BARE_AXIS_PX
        height = (self.height() - spare - (rows - 1) * self._grid.spacing()) // rows
        for row in range(self._grid.rowCount()):
            used = row < rows
            self._grid.setRowStretch(row, 0 if not used else height + (spare if row == rows - 1 else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share_room()
        self._place_buttons()

    def _place_buttons(self) -> None:
        """Stand in the upper right corner: of the only plot, or in the title's line of the last one above."""
        alone, gap = len(self._panels) == 1, SPACING_PX // 2
        right = self.width() - TICK_ROOM_PX - (SPACING_PX if alone else 0)
        top = TICK_ROOM_PX + (SPACING_PX if alone else (TITLE_PX - self.whole_button.height()) // 2)
        for place, button in enumerate(self._buttons, start=1):
            button.move(right - place * button.width() - (place - 1) * gap, top)
            button.raise_()
        self._panels[math.ceil(math.sqrt(len(self._panels))) - 1].spare_title(
            sum(button.width() + gap for button in self._buttons)
        )

    def _new_panel(self) -> ContourPanel:
        panel = ContourPanel(self._theme, self._stroking)
        panel.show_minima(self._minima)
        panel.show_start(self._start)
        panel.start_dragged.connect(self.start_dragged)
        panel.start_nudged.connect(self.start_nudged)
        panel.pointer_moved.connect(self._point)
        # Not anew at every change, or nothing would be sampled before the hand rests.
        panel.range_changed.connect(lambda _: self._range_timer.isActive() or self._range_timer.start())
        return panel

    def _look_again(self) -> None:
        """Take account of what is visible now, and in how many pixels."""
        if False in self._terrains and self._panels[0].pixels() != self._shaded_size:
            self._shade(self._terrains[False], detail=False)
        self.range_changed.emit(self._panels[0].visible_bounds())

    def _point(self, place: Point | None) -> None:
        for panel in self._panels:
            panel.show_pointer(place)
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
            for panel in self._panels:
                panel.show_image(QImage(), terrain.bounds, True)
        self._images[detail] = ground
        for panel in self._panels:
            panel.show_image(ground.image, terrain.bounds, detail)
        self.landscape_drawn.emit()
