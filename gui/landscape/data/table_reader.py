"""Reads a file of numbers while the window goes on, and tells how far it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.data.rows import table_at
from engine.data.tables.reading import AS_THE_FILE_TELLS, Reading
from engine.data.tables.table import Table, TableError
from gui.background.worker import Worker

TELL_MS = 200
"""A file that is read sooner is not worth a word."""


class TableReader(QObject):
    """One file at a time, on a thread of its own; whoever asks for another gives up the one before.

    Attributes
    ----------
    read : signal of (str, Table)
        A path, and the table in it.
    told : signal of (str, str)
        A path, and what is wrong with the file, in a sentence.
    progressed : signal of str
        How far it is, or "" at its end.
    path : str
        Of the file that is being read; "" when there is none.
    reading : Reading
        How it is read.
    """

    read = Signal(str, object)
    told = Signal(str, str)
    progressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._worker: Worker | None = None
        self.path, self._share, self._number = "", 0.0, 0
        self.reading = AS_THE_FILE_TELLS
        self._timer = QTimer(self, interval=TELL_MS)
        self._timer.timeout.connect(self._tell)

    def open(self, path: str, reading: Reading = AS_THE_FILE_TELLS) -> None:
        """Begin to read a file, as was chosen where it may be read in more ways than one."""
        if self._worker is None:
            self._worker = Worker("table reader")
        self._number += 1
        self.path, self.reading, self._share, number = path, reading, 0.0, self._number
        self._worker.ask("table", lambda: (number, self._read(path, reading, number)), self._take)
        self._timer.start()

    def give_up(self) -> None:
        """Read no further, and tell nothing of it."""
        if self.path:
            self._number += 1
            self._stop()

    def end(self) -> None:
        """Give up what is being read, and end the thread."""
        self.give_up()
        if self._worker is not None:
            self._worker.end()

    def _read(self, path: str, reading: Reading, number: int) -> Table | str:
        """Return a table, or what is wrong; on the thread."""
        try:
            return table_at(path, lambda share: self._goes_on(number, share), reading)
        except TableError as error:
            return str(error)

    def _goes_on(self, number: int, share: float) -> bool:
        """Take note of how much is read; tell whether it is still wanted."""
        wanted = number == self._number
        if wanted:
            self._share = share
        return wanted

    def _take(self, answer: tuple[int, Table | str]) -> None:
        number, found = answer
        if number != self._number:
            return
        path = self.path
        self._stop()
        if isinstance(found, str):
            self.told.emit(path, found)
        else:
            self.read.emit(path, found)

    def _stop(self) -> None:
        self.path = ""
        self._timer.stop()
        self.progressed.emit("")

    def _tell(self) -> None:
        self.progressed.emit(f"Reading {Path(self.path).name}: {100 * self._share:.0f} %")
