"""Work on the window's own thread that may take long, a little in each turn of the event loop.

Widgets can only be made on that thread: many at once would keep the window from everything else.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTimer

TURN_S = 0.012
"""Processor time of a turn that the work itself may take."""
WHOLE_TURN_S = 0.03
"""Processor time that a turn may take with all that the work sets off, layouts and paints, which is often far more."""

MOST_GROWTH = 2.0
"""How many times as many steps as the turn before one may take."""

BETWEEN_MS = 1
"""Between two turns.  A timer of interval 0 would hold up all others."""


class Turns(QObject):
    """Gives all tasks that are under way their turns, one after the other: turns of several at once would add up."""

    def __init__(self, application: QCoreApplication | None) -> None:
        super().__init__(application)
        self._waiting: deque[IncrementalTask] = deque()
        self._last: IncrementalTask | None = None
        self._timer = QTimer(self, interval=BETWEEN_MS)
        self._timer.timeout.connect(self._next)

    def join(self, task: IncrementalTask) -> None:
        """Give a task a turn again and again, until it leaves or is deleted."""
        self._waiting.append(task)
        self._timer.start()

    def leave(self, task: IncrementalTask) -> None:
        """Give a task no more turns."""
        if task in self._waiting:
            self._waiting.remove(task)

    def give(self, task: IncrementalTask) -> None:
        """Give a task its turn now."""
        self._measure()
        self._last = task
        task.take_turn()

    def has(self, task: IncrementalTask) -> bool:
        """Return whether a task is under way."""
        return task in self._waiting

    def _next(self) -> None:
        self._measure()
        while self._waiting and not shiboken6.isValid(self._waiting[0]):
            self._waiting.popleft()
        if not self._waiting:
            self._timer.stop()
            return
        self._waiting.rotate(-1)
        self.give(self._waiting[-1])

    def _measure(self) -> None:
        """Tell the last task how long its turn took, with what it set off since."""
        if self._last is not None:
            self._last.learn()
            self._last = None


def turns() -> Turns:
    """Return the turns of the program."""
    application = QCoreApplication.instance()
    return (application and application.findChild(Turns)) or Turns(application)


class IncrementalTask(QObject):
    """Does `step` again and again, until it returns False because there is nothing left to be done.

    It ends with `owner`, on which the step works.  How many steps a turn has room for is learned from the turn before.
    """

    def __init__(self, owner: QObject, step: Callable[[], bool]) -> None:
        super().__init__(owner)
        self._step = step
        self._room = 1
        self._began_at, self._steps = 0.0, 0
        self._turns = turns()

    @property
    def under_way(self) -> bool:
        """Whether there is something left to be done."""
        return self._turns.has(self)

    def go_on(self, at_once: bool = True) -> None:
        """Do what fits into this turn now, and the rest in those to come; or all of it in those.

        While the work is under way, a call does nothing: thirty calls in one turn must not take thirty shares of it.
        """
        if self.under_way:
            return
        self._room, self._steps = 1, 0
        self._turns.join(self)
        if at_once:
            self._turns.give(self)

    def end(self) -> None:
        """Drop the steps that are left."""
        self._turns.leave(self)

    def take_turn(self) -> None:
        """Do what fits into a turn."""
        self._began_at, self._steps = time.thread_time(), 0
        while self._step():
            self._steps += 1
            if self._steps >= self._room or time.thread_time() >= self._began_at + TURN_S:
                return
        self._turns.leave(self)

    def learn(self) -> None:
        """Compute how many such steps as those of the turn before fit into the next one.

        At most twice as many as before: the layouts and paints that a step causes may come in later turns.
        """
        if self._steps:
            share = WHOLE_TURN_S / max(time.thread_time() - self._began_at, TURN_S)
            self._room = max(int(self._steps * min(share, MOST_GROWTH)), 1)
