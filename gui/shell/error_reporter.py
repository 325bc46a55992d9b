"""Reports exceptions that nothing caught: a sentence in the window, the traceback in a log; the program goes on."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

MOST_LOG_BYTES = 2**20
"""Of the log: an exception while painting comes sixty times a second, and must not fill the disk."""

GOES_ON = "the race goes on."


class ErrorReporter(QObject):
    """Takes every uncaught exception of any thread, as `sys.excepthook` and `threading.excepthook`, until released.

    An exception may say in a note what failed (`engine.machine.failures.report_failure`): then the sentence says it,
    each time.  One without a note is shown once, because a broken paint or timer repeats it without end.

    Parameters
    ----------
    log : Path or None
        The file that tracebacks are added to; None for no file.

    Attributes
    ----------
    happened : signal of (str, str)
        A sentence with the place of the log, and the traceback.
    """

    happened = Signal(str, str)

    def __init__(self, log: Path | None) -> None:
        super().__init__()
        self._log = log
        self._reported: set[str] = set()
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook = self._report
        threading.excepthook = self._report_of_thread

    def release(self) -> None:
        """Put the hooks back that were there before."""
        sys.excepthook, threading.excepthook = self._hooks

    def _report_of_thread(self, given: threading.ExceptHookArgs) -> None:
        self._report(given.exc_type, given.exc_value, given.exc_traceback)

    def _report(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None = None
    ) -> None:
        if not issubclass(kind, Exception):
            self._hooks[0](kind, error or kind(), trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        notes = getattr(error, "__notes__", [])
        is_new = details not in self._reported
        if is_new or notes:
            self._reported.add(details)
            sentence = (
                f"{notes[0]} ({kind.__name__})." if notes else f"Something went wrong ({kind.__name__}); {GOES_ON}"
            )
            self.happened.emit(sentence + self._place(details, is_new), details)

    def _place(self, details: str, is_new: bool) -> str:
        """Return where the traceback can be read, as a sentence after a blank; "" where it cannot be written."""
        written = self._log is not None and (not is_new or self._write(self._log, details))
        return f" The details are in {self._log}." if written else ""

    def _write(self, log: Path, details: str) -> bool:
        """Add a traceback to the log, and return whether that succeeded; a log that is full stays as it is."""
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("a", encoding="utf-8") as stream:
                if stream.tell() < MOST_LOG_BYTES:
                    stream.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}\n{details}\n")
        except OSError:
            return False
        return True
