"""A mistake of ours that nothing caught: the window lives on, a sentence tells, a file has the details."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

MOST_LOG_BYTES = 2**20
"""A mistake in a paint comes sixty times a second: the file may not fill the disk."""


class ErrorReporter(QObject):
    """Takes every uncaught exception, of any thread, until it is released.

    Attributes
    ----------
    happened : signal of (str, str)
        A sentence, and the details for whoever mends it.
    """

    happened = Signal(str, str)

    def __init__(self, log: Path | None) -> None:
        super().__init__()
        self._log = log
        self._told: set[str] = set()
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook = self._take
        threading.excepthook = lambda given: self._take(given.exc_type, given.exc_value, given.exc_traceback)

    def release(self) -> None:
        """Put things back as they were."""
        sys.excepthook, threading.excepthook = self._hooks

    def _take(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None = None) -> None:
        if not issubclass(kind, Exception):
            self._hooks[0](kind, error or kind(), trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        if details in self._told:
            return
        self._told.add(details)
        kept = self._write(details)
        where = f" The details are in {self._log}." if kept else ""
        self.happened.emit(f"Something went wrong ({kind.__name__}); the race goes on.{where}", details)

    def _write(self, details: str) -> bool:
        """Add to the log; tell whether that went well."""
        if self._log is None:
            return False
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            with self._log.open("a", encoding="utf-8") as stream:
                if stream.tell() < MOST_LOG_BYTES:
                    stream.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}\n{details}\n")
        except OSError:
            return False
        return True
