"""The scheduler of many 3-D views: in each turn of the event loop it draws as many as a time budget allows."""

from __future__ import annotations

from collections import deque
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

TURN_S = 0.005
"""Processor time for drawing in one turn; showing the pictures of all views on the screen takes about as much again."""
PAUSE_MS = 4
"""Pause between two turns, which leaves time for all other events."""
SMOOTHING = 0.2
"""Weight of the newest picture in the running average of the time that a picture takes."""


class Drawn(Protocol):
    """A view that the scheduler can draw."""

    def draw_soon(self) -> None:
        """Draw the view in this turn of the event loop."""


class RedrawScheduler(QObject):
    """Draws views in turns; the view that has waited longest comes first."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._views: list[Drawn] = []
        self._waiting: deque[Drawn] = deque()
        self._cost_s = TURN_S
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self._turn)

    def join(self, view: Drawn) -> None:
        """Add a view."""
        self._views.append(view)

    def ask(self, view: Drawn) -> None:
        """Draw a view at once if it is the only one, else in one of the next turns; a waiting view keeps its place."""
        if self._views == [view]:
            view.draw_soon()
            return
        if view not in self._waiting:
            self._waiting.append(view)
        if not self._timer.isActive():
            self._timer.start(0)

    def leave(self, view: Drawn) -> None:
        """Remove a view that is about to be deleted."""
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
