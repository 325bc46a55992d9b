"""A file of numbers is read while the window goes on, and the progress is shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.data.rows import table_at
from engine.data.tables.reading import AS_THE_FILE_TELLS, Reading
from engine.data.tables.table import Table, TableError
from engine.machine.failures import report_failure
from gui.background.worker import Worker

PROGRESS_MS = 200
"""Between two messages of the progress; a file that is read sooner needs none."""


class TableReader(QObject):
    """Reads one file at a time, on a thread of its own; to open another gives up the one before.

    Attributes
    ----------
    read : signal of (str, Table)
        A path, and the table in it.
    failed : signal of (str, str)
        A path, and what is wrong with the file, in a sentence; or that reading it failed by a mistake in the program.
    progressed : signal of str
        How much of the file is read, in a sentence; "" at its end.
    path : str
        That of the file that is being read; "" when there is none.
    reading : Reading
        What was chosen where the file may be read in more ways than one.
    """

    read = Signal(str, object)
    failed = Signal(str, str)
    progressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._worker: Worker | None = None
        self.path, self._share, self._number = "", 0.0, 0
        self.reading = AS_THE_FILE_TELLS
        self._timer = QTimer(self, interval=PROGRESS_MS)
        self._timer.timeout.connect(self._show_progress)

    def open(self, path: str, reading: Reading = AS_THE_FILE_TELLS) -> None:
        """Begin to read a file, with what was chosen where it may be read in more ways than one."""
        if self._worker is None:
            self._worker = Worker("table")
        self._number += 1
        self.path, self.reading, self._share, number = path, reading, 0.0, self._number
        self._worker.ask("table", lambda: (number, self._read(path, reading, number)), self._take)
        self._timer.start()

    def give_up(self) -> None:
        """Read no further, and emit nothing about the file."""
        if self.path:
            self._number += 1
            self._stop()

    def end(self) -> None:
        """Give up what is being read, and end the thread."""
        self.give_up()
        if self._worker is not None:
            self._worker.end()

    def _read(self, path: str, reading: Reading, number: int) -> Table | Exception:
        """Return the table in a file, or why there is none; on the thread."""
        try:
            return table_at(path, lambda share: self._note_share(number, share), reading)
        except Exception as error:  # Whoever waits for the file must learn of any of them.
            return error

    def _note_share(self, number: int, share: float) -> bool:
        """Keep how much of a file is read; return whether it is still wanted."""
        wanted = number == self._number
        if wanted:
            self._share = share
        return wanted

    def _take(self, answer: tuple[int, Table | Exception]) -> None:
        number, found = answer
        if number != self._number:
            return
        path = self.path
        self._stop()
        if isinstance(found, TableError):
            self.failed.emit(path, str(found))
        elif isinstance(found, Exception):
            self.failed.emit(path, f"Reading it failed ({type(found).__name__}).")
            # Last, so that the sentence that stays in the window is the one with the place of the log.
            report_failure(f"Reading {Path(path).name} failed", found)
        else:
            self.read.emit(path, found)

    def _stop(self) -> None:
        self.path = ""
        self._timer.stop()
        self.progressed.emit("")

    def _show_progress(self) -> None:
        self.progressed.emit(f"Reading {Path(self.path).name}: {100 * self._share:.0f} %")
