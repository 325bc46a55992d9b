"""Reads a file of numbers while the window goes on, and tells how far it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.datasets import table_at
from engine.table import Table, TableError
from gui.views.worker import Worker

TELL_MS = 200
"""A file that is read sooner is not worth a word."""


class TableReader(QObject):
    """One file at a time, on a thread of its own.

    `read` tells a path and the table in it, `told` what is wrong, and `progressed` how far it is, or "" at its end.
    """

    read = Signal(str, object)
    told = Signal(str)
    progressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._worker: Worker | None = None
        self._path, self._share, self._ended = "", 0.0, False
        self._timer = QTimer(self, interval=TELL_MS)
        self._timer.timeout.connect(self._tell)

    def open(self, path: str) -> None:
        """Begin to read a file."""
        if self._worker is None:
            self._worker = Worker("table reader")
        self._path, self._share = path, 0.0
        self._worker.ask("table", lambda: (path, self._read(path)), self._take)
        self._timer.start()

    def end(self) -> None:
        """Give up what is being read, and end the thread."""
        self._ended = True
        self._timer.stop()
        if self._worker is not None:
            self._worker.end()

    def _read(self, path: str) -> Table | str:
        """Return a table, or what is wrong; on the thread."""
        try:
            return table_at(path, self._note)
        except TableError as error:
            return str(error)

    def _note(self, share: float) -> bool:
        self._share = share
        return not self._ended

    def _take(self, answer: tuple[str, Table | str]) -> None:
        path, found = answer
        self._timer.stop()
        self.progressed.emit("")
        if isinstance(found, str):
            self.told.emit(f"{Path(path).name}: {found}")
        else:
            self.read.emit(path, found)

    def _tell(self) -> None:
        self.progressed.emit(f"Reading {Path(self._path).name}: {100 * self._share:.0f} %")
