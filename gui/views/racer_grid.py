"""The grid of a view: one panel of all racers, or one panel for each racer, and the buttons over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from engine.language.types import Point
from engine.live.frame import RacerFrame
from gui.background.incremental_task import IncrementalTask
from gui.look.theme import SPACING_PX, TICK_ROOM_PX, Theme
from gui.views.plot_cells import Cell, cell, columns_of
from gui.views.racer_look import RacerLook
from gui.views.view_controls import OVERLAY, ViewControls

SWEEP_MS = 5
"""Delay between the deletions of two panels that are removed together, so that they do not block the event loop."""


class Panel(Protocol):
    """A widget that shows the landscape with some racers."""

    @property
    def up_to_date(self) -> bool:
        """Return whether the panel shows the newest content."""

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""

    def show_minima(self, minima: Sequence[Point]) -> None:
        """Mark the known minima."""

    def show_start(self, start: Point) -> None:
        """Mark the start of the race."""

    def show_pointer(self, place: Point | None) -> None:
        """Mark the point under the pointer, here or in another panel; None removes the mark."""

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw these racers; while they are not `settled`, other frames follow."""

    def hide(self) -> None:
        """Hide the panel."""

    def deleteLater(self) -> None:
        """Delete the panel in a later turn of the event loop."""


SomePanel = TypeVar("SomePanel", bound=Panel)


class RacerGrid(QWidget, Generic[SomePanel]):
    """The panels of one view.  While the view is not `wanted`, it stores its content, and its panels draw nothing.

    A subclass makes a panel, lays it out in its cell and shows its title.
    """

    layout_asked = Signal()
    alone_asked = Signal()
    fill_asked = Signal()
    reset_asked = Signal()
    pointer_moved = Signal(object)
    landscape_drawn = Signal()
    wanted_changed = Signal()
    menu_asked = Signal(object, QPoint)
    """A menu is asked for at a point of the plane, or None, and at a place of the screen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setMinimumSize(260, 220)
        self._theme, self._layout_name = theme, OVERLAY
        self._wanted, self._alone = True, False
        self._minima: tuple[Point, ...] = ()
        self._start: Point | None = None
        self._looks: tuple[RacerLook, ...] = ()
        self._racers: Sequence[RacerFrame] = ()
        self._settled = True
        self._panels: list[SomePanel] = []
        self._placed = 0
        self._feet: list[QWidget] = []
        self._foot_px = 0
        self._placing = IncrementalTask(self, self._place_next)
        self.controls = ViewControls(
            self, self.reset_asked.emit, self.layout_asked.emit, self.alone_asked.emit, self.fill_asked.emit
        )
        self.remaining_label = QLabel()
        self.remaining_label.setObjectName("muted")
        self.remaining_label.setParent(self)

    def make_panel(self) -> SomePanel:
        """Return a new panel that shows the landscape, without racers and marks."""
        raise NotImplementedError

    def place_panel(self, panel: SomePanel, place: Cell, spare_px: int) -> None:
        """Lay out a panel and its title in a cell; `spare_px` pixels at the end of the title stay free for buttons."""
        raise NotImplementedError

    def title_panel(self, panel: SomePanel, look: RacerLook | None) -> None:
        """Show the name of the panel's racer above it, or no title for the panel of all racers (None)."""
        raise NotImplementedError

    def drop_panel(self, panel: SomePanel) -> None:
        """Remove what the view stores for a panel that is about to be deleted."""

    @property
    def numbers_room(self) -> QSize:
        """Extra width and height of the outer panels, whose axes have numbers."""
        raise NotImplementedError

    @property
    def active(self) -> bool:
        """Whether panels are created and drawn now."""
        return self._wanted

    @property
    def wanted(self) -> bool:
        """Whether the view is to be visible."""
        return self._wanted

    @property
    def panels(self) -> tuple[SomePanel, ...]:
        """The panels: one of all racers, or one for each visible racer."""
        return tuple(self._panels)

    @property
    def minima(self) -> tuple[Point, ...]:
        """The minima that are marked."""
        return self._minima

    @property
    def up_to_date(self) -> bool:
        """Return whether all panels exist and show the newest content."""
        return not self._placing.under_way and all(panel.up_to_date for panel in self._panels)

    def set_wanted(self, wanted: bool, alone: bool, tip: str) -> None:
        """Show or hide the view.

        `alone` says whether the other view is hidden; `tip` is the tool tip of the button that changes that.
        """
        anew = (wanted, alone) != (self._wanted, self._alone)
        self._wanted, self._alone = wanted, alone
        self.controls.show_alone(alone, tip)
        self.setVisible(wanted)
        if not self.active:
            self._placing.end()
        elif anew:
            self._catch_up()
        if anew:
            self.wanted_changed.emit()

    def _catch_up(self) -> None:
        """Show the content that was stored while the view was hidden."""
        self._arrange()
        self._place_anew()
        for panel in self._panels:
            self._show_marks(panel)
            panel.show_pointer(None)
        self._share_racers()

    def _show_marks(self, panel: SomePanel) -> None:
        """Show the marks that all panels have, the minima and the start, in one panel."""
        panel.show_minima(self._minima)
        if self._start is not None:
            panel.show_start(self._start)

    def add_control(self, control: QWidget) -> None:
        """Add a control over the panels, to the left of the others."""
        self.controls.insert(0, control)
        self._place_anew()

    def add_foot(self, foot: QWidget) -> None:
        """Add a widget that stands beneath the panels while it is not hidden; call `place_foot` when it has changed."""
        foot.setParent(self)
        self._feet.append(foot)
        self.place_foot()

    def remove_foot(self, foot: QWidget) -> None:
        """Remove a widget from beneath the panels, if it stands there."""
        if foot in self._feet:
            self._feet.remove(foot)
            self.place_foot()

    def place_foot(self) -> None:
        """Give the widgets beneath the panels the heights that they need."""
        before, self._foot_px = self._foot_px, 0
        for foot in self._feet:
            if not foot.isHidden():
                height = min(foot.heightForWidth(self.width()), self.height() // 2)
                self._foot_px += height
                foot.setGeometry(0, self.height() - self._foot_px, self.width(), height)
        if self._foot_px != before:
            self._place_anew()

    def remove_control(self, control: QWidget) -> None:
        """Remove a control, if it is there."""
        self.controls.remove(control)
        self._place_anew()

    def set_bare(self, bare: bool) -> None:
        """Show the landscape without controls over it, or with them again."""
        self.controls.set_bare(bare)
        self._place_anew()

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self._theme = theme
        for panel in self._panels:
            panel.set_theme(theme)
        self._arrange()

    def set_layout(self, name: str) -> None:
        """Show "overlay" or "side by side"."""
        self._layout_name = name
        self.controls.show_layout(name)
        self._arrange()
        self._share_racers()

    def show_minima(self, minima: Sequence[Point]) -> None:
        """Mark the known minima."""
        if tuple(minima) != self._minima:
            self._minima = tuple(minima)
            for panel in self._panels if self.active else ():
                panel.show_minima(self._minima)

    def show_start(self, start: Point) -> None:
        """Mark the start of the race."""
        self._start = start
        for panel in self._panels if self.active else ():
            panel.show_start(start)

    def show_pointer(self, place: Point | None) -> None:
        """Mark the point under the pointer, here or in another view; None removes the mark."""
        for panel in self._panels if self.active else ():
            panel.show_pointer(place)

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw these racers, with fewer points while they are not `settled`; draw nothing if nothing has changed."""
        changed = [look.plain for look in looks] != [look.plain for look in self._looks]
        self._looks, self._racers, self._settled = tuple(looks), tuple(racers), settled
        if changed and self._layout_name != OVERLAY:
            self._arrange()
        self._share_racers()

    def end(self) -> None:
        """Create no more panels."""
        self._placing.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the whole window: the double click was beside the panels, or on a title."""
        self.fill_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out all panels again."""
        super().resizeEvent(event)
        self.place_foot()
        self._place_anew()

    def _point(self, place: Point | None) -> None:
        self.show_pointer(place)
        self.pointer_moved.emit(place)

    @property
    def _panel_looks(self) -> list[RacerLook | None]:
        """The look of the racer of each panel that the layout needs; None for the panel of all racers."""
        visible = [look for look in self._looks if look.visible]
        return list(visible) if visible and self._layout_name != OVERLAY else [None]

    def _share_racers(self) -> None:
        """Show in each panel its racers."""
        if not self.active:
            return
        if self._panel_looks == [None]:
            for panel in self._panels[:1]:
                panel.show_racers(self._looks, self._racers, self._settled)
            return
        pairs = [pair for pair in zip(self._looks, self._racers, strict=False) if pair[0].visible]
        for panel, (look, racer) in zip(self._panels, pairs, strict=False):
            # Where each racer has a panel, none fades: all panels would be painted again as the pointer moves.
            panel.show_racers((replace(look, faded=False),), (racer,), self._settled)

    def _arrange(self) -> None:
        """Delete the panels that the layout does not need, and begin to create those that are missing."""
        if not self.active:
            return
        titled, known = self._panel_looks, len(self._panels)
        for number, panel in enumerate(self._panels[len(titled) :]):
            self.drop_panel(panel)
            panel.hide()
            QTimer.singleShot(number * SWEEP_MS, self, panel.deleteLater)
        del self._panels[len(titled) :]
        for panel, look in zip(self._panels, titled, strict=False):
            self.title_panel(panel, look)
        if known != len(titled):
            self._place_anew()

    def _place_anew(self) -> None:
        """Lay out every panel, in slices that leave the event loop free."""
        if self.active:
            self._placed = 0
            self._placing.go_on()

    def _place_next(self) -> bool:
        """Lay out one more panel, and create it if it is missing; return whether there was one left."""
        titled, number = self._panel_looks, self._placed
        self._show_remaining(len(titled) - len(self._panels))
        if number >= len(titled):
            return False
        if number == 0:
            self.controls.place(columns_of(len(titled)) if titled != [None] else None)
        self._placed += 1
        if number == len(self._panels):
            self._add_panel(titled[number])
        head = self.controls.head_px
        inner = cell(number, len(titled), self.size() - QSize(0, head + self._foot_px), self.numbers_room)
        place = Cell(inner.place.translated(0, head), inner.left, inner.bottom)
        self.place_panel(self._panels[number], place, self._spare(place.place, titled))
        return True

    def _add_panel(self, look: RacerLook | None) -> None:
        """Create a panel with the same content as the others."""
        panel = self.make_panel()
        self._panels.append(panel)
        self.title_panel(panel, look)
        self._show_marks(panel)
        self._share_racers()
        for above in (self.controls, self.remaining_label):
            above.raise_()

    def _show_remaining(self, count: int) -> None:
        """Show how many panels are still to be created, if there is more than one."""
        self.remaining_label.setVisible(count > 1)
        self.remaining_label.setText(f"{count} more plots ...")
        self.remaining_label.adjustSize()
        self.remaining_label.move(
            self.width() - self.remaining_label.width() - SPACING_PX, self.height() - self.remaining_label.height()
        )

    def _spare(self, place: QRect, titled: list[RacerLook | None]) -> int:
        """Return how many pixels at the end of a title in `place` lie beneath the controls."""
        if titled == [None] or place.top() > 0:
            return 0
        return max(place.right() + 1 - TICK_ROOM_PX - self.controls.left, 0)
