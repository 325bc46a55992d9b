"""Work on the window's own thread that may take long, a little in each turn of the event loop.

Widgets can only be made on that thread: many at once would keep the window from everything else.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

TURN_S = 0.02
"""How much of a turn the work may take; what it sets off, such as layouts and paints, takes about as much again."""


class Gradually(QObject):
    """Does `step` again and again, until it returns False because there is nothing left to be done."""

    def __init__(self, step: Callable[[], bool]) -> None:
        super().__init__()
        self._step = step
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)

    @property
    def under_way(self) -> bool:
        """Whether there is something left to be done."""
        return self._timer.isActive()

    def go_on(self) -> None:
        """Do what fits into this turn now, and the rest in those to come."""
        self._timer.start()
        self._turn()

    def _turn(self) -> None:
        ends_at = time.monotonic() + TURN_S
        while self._step():
            if time.monotonic() >= ends_at:
                return
        self._timer.stop()
