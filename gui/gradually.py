"""Work on the window's own thread that may take long, a little in each turn of the event loop.

Widgets can only be made on that thread: many at once would keep the window from everything else.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

TURN_S = 0.012
"""Processor time of a turn that the work may take; what it sets off, layouts and paints, takes about as much again."""


class Gradually(QObject):
    """Does `step` again and again, until it returns False because there is nothing left to be done.

    It ends with `owner`, on which the step works.
    """

    def __init__(self, owner: QObject, step: Callable[[], bool]) -> None:
        super().__init__(owner)
        self._step = step
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)

    @property
    def under_way(self) -> bool:
        """Whether there is something left to be done."""
        return self._timer.isActive()

    def go_on(self, at_once: bool = True) -> None:
        """Do what fits into this turn now, and the rest in those to come; or all of it in those.

        Work that is under way goes on in its own turns: asked for thirty times in one, it does not take thirty shares.
        """
        if self.under_way:
            return
        self._timer.start()
        if at_once:
            self._turn()

    def end(self) -> None:
        """Leave undone what is left."""
        self._timer.stop()

    def _turn(self) -> None:
        ends_at = time.thread_time() + TURN_S
        while self._step():
            if time.thread_time() >= ends_at:
                return
        self._timer.stop()
