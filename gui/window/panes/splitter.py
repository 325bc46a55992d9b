"""A splitter whose panes have sizes of their own: automatic ones, until a person chooses others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from gui.look.theme import SPACING_PX
from gui.session.session import Session


class Pane(NamedTuple):
    """A widget of a splitter.

    Attributes
    ----------
    name : callable
        Returns the name under which the session keeps the size; a pane with two uses may have a size for each.
    automatic : callable
        Returns the size in pixels, of so many for all, while no person has chosen one.
    is_share : bool
        Whether the size is kept as a share of the room for all, and not in pixels.
    """

    widget: QWidget
    name: Callable[[], str]
    automatic: Callable[[int], int]
    is_share: bool


class Handle(QSplitterHandle):
    """The space between two panes.  `released` is emitted by a double click."""

    released = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let the panes have their automatic sizes again."""
        self.released.emit()


class PaneSplitter(QSplitter):
    """A splitter with panes and one widget, the rest, that takes the room that these leave.

    The session keeps the sizes that a person chose; a double click on a handle forgets those of its two neighbours.
    """

    def __init__(self, orientation: Qt.Orientation, session: Session) -> None:
        super().__init__(orientation)
        self._session = session
        self._panes: dict[int, Pane] = {}
        self._applied: list[int] = []
        self._aside: dict[str, float] | None = None
        self.setChildrenCollapsible(False)
        self.setHandleWidth(SPACING_PX)
        self.splitterMoved.connect(self._keep_moved)
        session.panes_changed.connect(self.share)

    def add_rest(self, widget: QWidget) -> None:
        """Add the widget that takes what the panes leave."""
        self.addWidget(widget)
        self.setStretchFactor(self.count() - 1, 1)

    def add_pane(
        self, widget: QWidget, name: str | Callable[[], str], automatic: Callable[[int], int], is_share: bool = False
    ) -> None:
        """Add a pane; the arguments are the attributes of `Pane`."""
        named = name if callable(name) else lambda: name
        self._panes[self.count()] = Pane(widget, named, automatic, is_share)
        self.addWidget(widget)
        self.setStretchFactor(self.count() - 1, 0)

    def createHandle(self) -> QSplitterHandle:
        """Return a handle that a double click gives its automatic place."""
        handle = Handle(self.orientation(), self)
        handle.setToolTip("Drag to resize; double-click for the automatic size")
        handle.released.connect(lambda: self._forget(handle))
        return handle

    def event(self, event: QEvent) -> bool:
        """Share the room again when a widget asks for another size, or is shown or hidden."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.share()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room."""
        super().resizeEvent(event)
        self.share()

    def set_aside(self, aside: bool) -> None:
        """Leave the session's sizes aside, and begin with automatic ones; or take the session's again."""
        self._aside = {} if aside else None
        self.share()

    @property
    def _chosen(self) -> Mapping[str, float]:
        """The sizes that a person has chosen."""
        return self._session.pane_sizes if self._aside is None else self._aside

    def _choose(self, sizes: dict[str, float]) -> None:
        if self._aside is None:
            self._session.set_pane_sizes(sizes)
        else:
            self._aside = sizes
            self.share()

    def share(self) -> None:
        """Give each pane its size, and the rest what they leave."""
        total, sizes = self._room, self.sizes()
        shown = self._shown
        wanted = {number: self._wanted(pane, total) for number, pane in self._panes.items() if number in shown}
        left = max(total - sum(wanted.values()), 0)
        asked = [wanted.get(number, left if number in shown else 0) for number in range(self.count())]
        if asked != sizes:
            self.setSizes(asked)
        self._applied = self.sizes()

    @property
    def _shown(self) -> list[int]:
        """The numbers of the widgets that are not hidden."""
        widgets = ((number, self.widget(number)) for number in range(self.count()))
        return [number for number, widget in widgets if widget is not None and not widget.isHidden()]

    @property
    def _room(self) -> int:
        """The length of all widgets together."""
        length = self.width() if self.orientation() == Qt.Orientation.Horizontal else self.height()
        return max(length - self.handleWidth() * max(len(self._shown) - 1, 0), 0)

    def _wanted(self, pane: Pane, total: int) -> int:
        chosen = self._chosen.get(pane.name())
        if chosen is None:
            return pane.automatic(total)
        return round(min(max(chosen * (total if pane.is_share else 1.0), 0.0), float(total)))

    def _keep_moved(self) -> None:
        """Keep the sizes of the panes that a person has just changed."""
        sizes, total = self.sizes(), max(self._room, 1)
        before, self._applied = self._applied, sizes
        chosen = {
            pane.name(): sizes[number] / total if pane.is_share else float(sizes[number])
            for number, pane in self._panes.items()
            if not pane.widget.isHidden() and (number >= len(before) or sizes[number] != before[number])
        }
        if chosen:
            self._choose({**self._chosen, **chosen})

    def _forget(self, handle: QSplitterHandle) -> None:
        """Forget the chosen sizes of the panes on both sides of a handle."""
        after = next(number for number in range(self.count()) if self.handle(number) is handle)
        beside = [after, *[number for number in self._shown if number < after][-1:]]
        names = {self._panes[number].name() for number in beside if number in self._panes}
        kept = {name: size for name, size in self._chosen.items() if name not in names}
        self._choose(kept)
