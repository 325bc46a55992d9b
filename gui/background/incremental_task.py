"""Work on the window's own thread that may take long, a little in each turn of the event loop.

Widgets can only be made on that thread: many at once would keep the window from everything else.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

TURN_S = 0.012
"""Processor time of a turn that the work itself may take."""
WHOLE_TURN_S = 0.03
"""Processor time that a turn may take with all that the work sets off, layouts and paints, which is often far more."""

MOST_GROWTH = 2.0
"""How many times as many steps as the turn before one may take."""

BETWEEN_MS = 1
"""Between two turns.  Two timers of interval 0 would run in alternation, and all others would wait."""


class IncrementalTask(QObject):
    """Does `step` again and again, until it returns False because there is nothing left to be done.

    It ends with `owner`, on which the step works.  How many steps a turn has room for is learned from the turn before.
    """

    def __init__(self, owner: QObject, step: Callable[[], bool]) -> None:
        super().__init__(owner)
        self._step = step
        self._room = 1
        self._began_at, self._steps = 0.0, 0
        self._timer = QTimer(self, interval=BETWEEN_MS)
        self._timer.timeout.connect(self._turn)

    @property
    def under_way(self) -> bool:
        """Whether there is something left to be done."""
        return self._timer.isActive()

    def go_on(self, at_once: bool = True) -> None:
        """Do what fits into this turn now, and the rest in those to come; or all of it in those.

        While the work is under way, a call does nothing: thirty calls in one turn must not take thirty shares of it.
        """
        if self.under_way:
            return
        self._room, self._steps = 1, 0
        self._timer.start()
        if at_once:
            self._turn()

    def end(self) -> None:
        """Drop the steps that are left."""
        self._timer.stop()

    def _turn(self) -> None:
        self._learn()
        while self._step():
            self._steps += 1
            if self._steps >= self._room or time.thread_time() >= self._began_at + TURN_S:
                return
        self._timer.stop()

    def _learn(self) -> None:
        """Measure the turn before, and compute how many such steps fit into this one.

        At most twice as many as before: the layouts and paints that a step causes may come in later turns.
        """
        now = time.thread_time()
        if self._steps:
            share = WHOLE_TURN_S / max(now - self._began_at, TURN_S)
            self._room = max(int(self._steps * min(share, MOST_GROWTH)), 1)
        self._began_at, self._steps = now, 0
