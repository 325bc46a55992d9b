"""The wait cursor over the whole program, for work that one turn of the event loop must do and that may take long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

SETTLE_MS = 20
"""From the end of the work to that of the sign: the layouts and paints that the work set off come before."""


class BusySign(QObject):
    """Shows the wait cursor.

    Attributes
    ----------
    reason : str
        What the program is busy with; "" where the cursor is the usual one.
    changed : signal of str
        The cursor has changed, for this reason; for "" it is the usual one again.
    """

    changed = Signal(str)

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.reason = ""
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self._end)

    def begin(self, reason: str) -> None:
        """Show the sign; if it is shown already, go on showing it for this reason."""
        self._settling.stop()
        if not self.reason:
            QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        self.reason = reason
        self.changed.emit(reason)

    def end_soon(self) -> None:
        """End the sign once the event loop has done what the work set off."""
        self._settling.start()

    def _end(self) -> None:
        self.reason = ""
        QApplication.restoreOverrideCursor()
        self.changed.emit("")


def busy_sign() -> BusySign:
    """Return the sign of the program."""
    application = cast(QApplication, QApplication.instance())
    return application.findChild(BusySign) or BusySign(application)


@contextmanager
def busy(reason: str) -> Iterator[None]:
    """Show the sign during a block of code, and during the layouts and paints that follow it."""
    sign = busy_sign()
    sign.begin(reason)
    try:
        yield
    finally:
        sign.end_soon()
