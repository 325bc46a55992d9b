"""The file of the session's data set is read before a formula runs over its rows, while the window goes on."""

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
    """Reads the file of the session's data set, if it has one.

    Attributes
    ----------
    fetched : signal
        The rows that were waited for are there.
    message : signal of str
        What went wrong, or has changed since the session was kept, in a sentence.
    progressed : signal of str
        How much of the file is read, in a sentence; "" at its end.
    """

    fetched = Signal()
    message = Signal(str)
    progressed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._reader = TableReader()
        self._fetched: TableData | None = None
        self._last_choices: Choices | None = None
        self._reader.read.connect(self._take)
        self._reader.failed.connect(self._do_without)
        self._reader.progressed.connect(self.progressed)
        session.changed.connect(self._keep_choices)
        self._keep_choices()

    @property
    def is_pending(self) -> bool:
        """Whether rows of the session's data set are still to be read."""
        return isinstance(self._session.data, TableData) and self._session.data != self._fetched

    def ask(self) -> bool:
        """Return whether the rows are there; if they are not, begin to read them."""
        data = self._session.data
        if not isinstance(data, TableData) or data == self._fetched:
            self._reader.give_up()
            # Forgotten where the session has other data now: the file may have changed by the time it is chosen again.
            self._fetched = data if isinstance(data, TableData) else None
            return True
        if (self._reader.path, self._reader.reading) != (data.path, data.reading):
            self._reader.open(data.path, data.reading)
        return False

    def end(self) -> None:
        """Give up the file that is being read, and end the thread."""
        self._reader.end()

    def _keep_choices(self) -> None:
        """Keep the choices that the session returns to where the next file cannot be read."""
        if not self.is_pending:
            self._last_choices = self._session.choices()

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
            self.message.emit(f"{Path(path).name} has changed since it was chosen; it has {found.rows:,} rows now.")
        if found != data:
            self._session.set_data(found)
        self._fetched = found
        self._keep_choices()
        self.fetched.emit()

    def _do_without(self, path: str, sentence: str) -> None:
        """Return to the choices before, or to the landscape of a first start."""
        before = self._last_choices
        stays = (before.landscape or "the formula before") if before is not None else FIRST_LANDSCAPE
        self.message.emit(f"{Path(path).name}: {sentence} So {stays} is raced on.")
        if before is not None:
            self._session.return_to(before)
        else:
            self._session.choose(CATALOGUE[FIRST_LANDSCAPE])
