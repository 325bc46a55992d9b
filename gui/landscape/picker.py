"""The popover in which a landscape is picked: tiles, a search, tags, and the details of the selected one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from gui.files.landscape_library import LandscapeLibrary
from gui.landscape.details import LandscapeDetails
from gui.landscape.form import LandscapeForm
from gui.landscape.grid import LandscapeGrid
from gui.landscape.search import found
from gui.landscape.thumbnails import Thumbnails
from gui.look.theme import Theme
from gui.session.saved_landscape import data_of
from gui.session.session import Session
from gui.widgets.chips import Chips
from gui.widgets.layouts import layout_of
from gui.widgets.popover import Popover
from gui.widgets.search_field import UP_AND_DOWN, SearchField
from landscapes import TAGS, Landscape

LARGEST_PX = (940, 640)
LEAST_PX = (620, 380)
MARGIN_PX, GAP_PX, EDGE_PX = 14, 10, 12
PROGRESS_PX = (110, 4)
FAVOURITES, SAVED, DATA = "♥ favourites", "saved", "data"
SPECIAL = {
    FAVOURITES: "those with a star",
    SAVED: "those that you saved",
    DATA: "losses of models that are fitted to data",
}
MOVES = UP_AND_DOWN | {Qt.Key.Key_Left, Qt.Key.Key_Right}


class LandscapePicker(Popover):
    """All landscapes.  `chosen` is emitted with the one to race on, `surprise_asked` to ask for one at random."""

    chosen = Signal(object)
    surprise_asked = Signal()

    def __init__(
        self,
        owner: QWidget,
        session: Session,
        library: LandscapeLibrary,
        thumbnails: Thumbnails,
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(owner)
        self.setAccessibleName("Pick a landscape")
        self._session, self._library, self._thumbnails, self._theme = session, library, thumbnails, theme
        self.grid = LandscapeGrid(session, thumbnails, theme)
        hint = "Search a name, a trait, an author, a year"
        self.search = SearchField("Search the landscapes", hint, self.grid, MOVES)
        self.chips = Chips({**SPECIAL, **TAGS})
        self.details = LandscapeDetails()
        self.count, self.progress_text = QLabel(), QLabel()
        self.progress = QProgressBar(textVisible=False)
        self.surprise = QPushButton("Surprise me")
        self._dress()
        self._arrange()
        self._connect()

    def _dress(self) -> None:
        for label in (self.count, self.progress_text):
            label.setObjectName("muted")
        self.progress.setFixedSize(*PROGRESS_PX)
        self.progress.setAccessibleName("Pictures drawn")
        self.surprise.setToolTip("Race on a random landscape")
        self.surprise.setAutoDefault(False)

    def _arrange(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setHorizontalSpacing(MARGIN_PX)
        layout.setVerticalSpacing(GAP_PX)
        layout.addWidget(self.search, 0, 0)
        layout.addWidget(self.surprise, 0, 1)
        layout.addWidget(self.chips, 1, 0, 1, 2)
        layout.addWidget(self.grid, 2, 0)
        layout.addWidget(self.details, 2, 1, 2, 1)
        footer = QHBoxLayout()
        footer.addWidget(self.count)
        footer.addStretch(1)
        footer.addWidget(self.progress_text)
        footer.addWidget(self.progress)
        layout.addLayout(footer, 3, 0)
        layout.setColumnStretch(0, 1)
        layout.setRowStretch(2, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._fill())
        self.search.returnPressed.connect(lambda: self._choose(self.grid.current))
        self.chips.changed.connect(self._fill)
        self.grid.chosen.connect(self._choose)
        self.grid.activated.connect(lambda _: self._choose(self.grid.current))
        self.grid.starred.connect(self._star)
        self.grid.pointed.connect(self._describe)
        self.details.take.clicked.connect(lambda: self._choose(self.grid.current))
        self.details.star.clicked.connect(lambda: self._star(self.grid.current))
        self.details.describe.clicked.connect(lambda: self.open_form())
        self.details.remove.clicked.connect(self._remove)
        self.surprise.clicked.connect(self._surprise)
        self._library.changed.connect(self._fill)
        self._session.favourites_changed.connect(self._describe)
        self._thumbnails.progressed.connect(self._show_progress)
        self._thumbnails.arrived.connect(self._describe_picture)

    def open_at(self, name: str) -> None:
        """Show all landscapes with the one of this name selected, and the keyboard in the search field."""
        self._fit()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.chips.blockSignals(True)
        self.chips.clear()
        self.chips.blockSignals(False)
        # The list scrolls to the selected tile by its layout, which must be that of the new size.
        layout_of(self).activate()
        self._fill(name)
        self._thumbnails.want(self._library.landscapes, self._theme())
        self.open(self.search)

    @property
    def shown(self) -> list[str]:
        """The names in the grid."""
        return self.grid.shown

    def open_form(self) -> LandscapeForm | None:
        """Open the form for another name and note of the selected landscape; return it."""
        entry = self.grid.current
        if entry is None:
            return None
        form = LandscapeForm(
            self.details.describe, "Rename", entry.name, entry.note,
            lambda name: self._library.mistake_in_name(name, besides=entry.name),
        )  # fmt: skip
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.written.connect(lambda name, note: self._rename(entry, name, note))
        form.open(form.name)
        return form

    def _fit(self) -> None:
        """Take the size that the window leaves, between the least and the largest."""
        window, owner = self._owner.window(), self._owner
        corner = owner.mapTo(window, QPoint(0, owner.height()))
        room = (window.width() - corner.x() - EDGE_PX, window.height() - corner.y() - EDGE_PX)
        self.setFixedSize(
            *(max(min(most, free), least) for most, free, least in zip(LARGEST_PX, room, LEAST_PX, strict=True))
        )

    def _fill(self, current: str = "") -> None:
        """Show the landscapes that fit the search and the tags."""
        on = set(self.chips.on)
        tagged = [entry for entry in self._library.landscapes if on <= self._traits(entry)]
        self.grid.show_landscapes(found(tagged, self.search.text(), self._library.family), current)
        shown, total = len(self.shown), len(self._library.landscapes)
        self.count.setText(f"{shown} of {total} landscapes" if shown < total else f"{shown} landscapes")

    def _traits(self, entry: Landscape) -> set[str]:
        special = {
            FAVOURITES: entry.name in self._session.favourites,
            SAVED: self._library.is_saved(entry),
            DATA: data_of(entry) is not None,
        }
        return {*entry.tags, *(name for name, holds in special.items() if holds)}

    def _describe(self) -> None:
        entry = self.grid.current
        picture = self._thumbnails.picture(entry, self._theme()) if entry is not None else None
        favourite = entry is not None and entry.name in self._session.favourites
        self.details.show_landscape(entry, picture, favourite, own=entry is not None and self._library.is_saved(entry))

    def _describe_picture(self) -> None:
        entry = self.grid.current
        if self.isVisible() and entry is not None:
            self.details.show_picture(self._thumbnails.picture(entry, self._theme()))

    def _show_progress(self, done: int, wanted: int) -> None:
        busy = done < wanted
        self.progress.setVisible(busy)
        self.progress.setMaximum(max(wanted, 1))
        self.progress.setValue(done)
        self.progress_text.setText(f"drawing picture {done + 1} of {wanted}" if busy else "")

    def _choose(self, entry: Landscape | None) -> None:
        if entry is not None:
            self.close()
            self.chosen.emit(entry)

    def _surprise(self) -> None:
        self.close()
        self.surprise_asked.emit()

    def _star(self, entry: Landscape | None) -> None:
        if entry is not None:
            self._session.set_favourite(entry.name, entry.name not in self._session.favourites)

    def _rename(self, entry: Landscape, name: str, note: str) -> None:
        favourite = entry.name in self._session.favourites
        self._session.set_favourite(entry.name, False)
        self._session.set_favourite(name, favourite)
        if self._session.landscape == entry.name:
            self._session.name_landscape(name)
        self._library.describe(entry.name, name, note)
        self._fill(name)

    def _remove(self) -> None:
        entry = self.grid.current
        if entry is not None:
            session, name, favourite = self._session, entry.name, entry.name in self._session.favourites
            session.set_favourite(name, False)
            self._library.remove(name, back=lambda: session.set_favourite(name, favourite))
