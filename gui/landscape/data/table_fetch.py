"""Has a file read before a formula runs over its rows, while the window goes on; a file that cannot be read is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.data.rows import TableData
from engine.data.tables.table import Table, TableError
from gui.landscape.data.table_reader import TableReader
from gui.session.choices import FIRST_LANDSCAPE, Choices
from gui.session.session import Session
from landscapes import CATALOGUE


class TableFetch(QObject):
    """The file of the session's data set, if it has one.

    Attributes
    ----------
    fetched : signal
        The rows that were waited for are at hand.
    told : signal of str
        What went wrong, or is not what it was, in a sentence.
    progressed : signal of str
        How far it is, or "" at the end.
    """

    fetched = Signal()
    told = Signal(str)
    progressed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._reader = TableReader()
        self._at_hand: TableData | None = None
        self._whole: Choices | None = None
        self._reader.read.connect(self._take)
        self._reader.told.connect(self._do_without)
        self._reader.progressed.connect(self.progressed)
        session.changed.connect(self._note)
        self._note()

    @property
    def waits(self) -> bool:
        """Whether rows of the session's data set are still to be read."""
        return isinstance(self._session.data, TableData) and self._session.data != self._at_hand

    def ask(self) -> bool:
        """Tell whether the rows are at hand; if not, have them read."""
        data = self._session.data
        if not isinstance(data, TableData) or data == self._at_hand:
            self._reader.give_up()
            # A file may have changed by the time that somebody comes back to it.
            self._at_hand = data if isinstance(data, TableData) else None
            return True
        if (self._reader.path, self._reader.reading) != (data.path, data.reading):
            self._reader.open(data.path, data.reading)
        return False

    def end(self) -> None:
        """Give up what is being read, and end the thread."""
        self._reader.end()

    def _note(self) -> None:
        """Remember what a file that cannot be read has to give way to."""
        if not self.waits:
            self._whole = self._session.choices()

    def _take(self, path: str, table: Table) -> None:
        data = self._session.data
        if not isinstance(data, TableData) or (data.path, data.reading) != (path, table.reading):
            return
        try:
            found = replace(data, rows=table.row_count(*data.names), checksum=table.checksum(*data.names))
        except TableError as error:
            self._do_without(path, str(error))
            return
        if data.checksum not in (0, found.checksum):
            self.told.emit(f"{Path(path).name} has changed since it was chosen; it has {found.rows:,} rows now.")
        if found != data:
            self._session.set_data(found)
        self._at_hand = found
        self._note()
        self.fetched.emit()

    def _do_without(self, path: str, sentence: str) -> None:
        """Go back to what was there before, or to what a first start shows."""
        before = self._whole
        stays = (before.landscape or "the formula before") if before is not None else FIRST_LANDSCAPE
        self.told.emit(f"{Path(path).name}: {sentence} So {stays} is raced on.")
        if before is not None:
            self._session.return_to(before)
        else:
            self._session.choose(CATALOGUE[FIRST_LANDSCAPE])
