"""Which of many 3-D views are drawn in a turn of the event loop: as many as its time is for, in rotation."""

from __future__ import annotations

from collections import deque
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

TURN_S = 0.005
"""Processor time of a turn that drawing may take; laying the pictures of all views on the screen takes about as much
again."""
PAUSE_MS = 4
"""Between two turns, for everything else."""
SMOOTHING = 0.2
"""The weight of the newest picture in what a picture is said to take."""


class Drawn(Protocol):
    """A view that can be drawn."""

    def draw_soon(self) -> None:
        """Be drawn in this turn of the event loop."""


class RedrawScheduler(QObject):
    """Draws views in turns, the one that waits longest first."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._views: list[Drawn] = []
        self._waiting: deque[Drawn] = deque()
        self._cost_s = TURN_S
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self._turn)

    def join(self, view: Drawn) -> None:
        """Count one more view."""
        self._views.append(view)

    def ask(self, view: Drawn) -> None:
        """Have a view drawn: the only one at once; one that waits already keeps its place."""
        if self._views == [view]:
            view.draw_soon()
            return
        if view not in self._waiting:
            self._waiting.append(view)
        if not self._timer.isActive():
            self._timer.start(0)

    def leave(self, view: Drawn) -> None:
        """Remove a view that ends."""
        self._views.remove(view)
        if view in self._waiting:
            self._waiting.remove(view)

    def record_cost(self, seconds: float) -> None:
        """Record the processor time that a picture took."""
        self._cost_s += SMOOTHING * (seconds - self._cost_s)

    def _turn(self) -> None:
        if not self._waiting:
            self._timer.stop()
            return
        self._timer.setInterval(PAUSE_MS)
        left_s = TURN_S
        while self._waiting and left_s > 0.0:
            left_s -= self._cost_s
            self._waiting.popleft().draw_soon()
