"""A thread that draws what the window will show: of each kind of request it carries out only the newest.

The thread touches no Qt object that has signals: Qt locks them while it asks Python, and Python's lock is held by
whoever waits for Qt's.  So it rings through a socket, which wakes the window.
"""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QSocketNotifier, QThread

Task = Callable[[], object]
Taker = Callable[[object], None]
WeakTaker = weakref.WeakMethod[Taker]

RINGS_AT_ONCE = 256
STACK_BYTES = 16 * 2**20
"""Drivers of graphics cards need more than the 512 KiB that macOS gives a thread."""


def nothing() -> None:
    """Do nothing."""


class Worker:
    """One thread and the requests that wait for it; made, asked and ended on the window's thread.

    Parameters
    ----------
    name : str
        Of the thread.
    begin, end : callable
        Carried out on the thread, before the first request and after the last.
    """

    def __init__(self, name: str, begin: Task = nothing, end: Task = nothing) -> None:
        self._bell, rope = socket.socketpair()
        for side in (self._bell, rope):
            side.setblocking(False)
        self._desk = _Desk(begin, end, rope)
        self._listening = QSocketNotifier(self._bell.fileno(), QSocketNotifier.Type.Read)
        self._listening.activated.connect(self._deliver)
        thread = _Thread(self._desk)
        thread.setObjectName(name)
        thread.setStackSize(STACK_BYTES)
        # A view that is dropped without a farewell, or the end of the program, ends the thread too.
        self._finalizer = weakref.finalize(self, _finish, self._desk, thread)
        thread.start()

    def ask(self, kind: str, task: Task, take: Taker) -> None:
        """Have `task` carried out; a request of the same kind that has not begun is dropped for it.

        `take`, a method of a Qt object, is given what it returns, on the window's thread, unless that object is gone.
        """
        self._desk.ask(kind, task, take)

    def end(self) -> None:
        """Finish what is being done, drop what waits, and end the thread; a second time does nothing."""
        self._listening.setEnabled(False)
        self._finalizer()
        for answer in self._desk.answers:
            answer.report()

    def _deliver(self) -> None:
        self._bell.recv(RINGS_AT_ONCE)
        # What comes meanwhile rings again: a busy thread must not keep the window here.
        for _ in range(len(self._desk.answers)):
            answer = self._desk.answers.popleft()
            answer.report()
            answer.hand_over()


@dataclass(frozen=True, eq=False)
class _Answer:
    """What came of a request: a result for whoever is to take it, or a mistake."""

    take: WeakTaker | None
    result: object = None
    mistake: Exception | None = None

    def hand_over(self) -> None:
        """Give the result, on the window's thread, to an owner that is still there."""
        take = self.take() if self.take is not None and self.mistake is None else None
        if take is not None and shiboken6.isValid(take.__self__):  # type: ignore[attr-defined]
            take(self.result)

    def report(self) -> None:
        """Report a mistake as any other uncaught one of the window's thread."""
        if self.mistake is not None:
            sys.excepthook(type(self.mistake), self.mistake, self.mistake.__traceback__)


class _Desk:
    """What the thread works from; it does not know the worker, which may be collected meanwhile."""

    def __init__(self, begin: Task, end: Task, rope: socket.socket) -> None:
        self._begin, self._end, self._rope = begin, end, rope
        self._waiting: dict[str, tuple[Task, WeakTaker]] = {}
        self._changed = threading.Condition()
        self.answers: deque[_Answer] = deque()
        self._ending = False

    def ask(self, kind: str, task: Task, take: Taker) -> None:
        with self._changed:
            self._waiting[kind] = (task, weakref.WeakMethod(take))
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._ending = True
            self._changed.notify()

    def work(self) -> None:
        self._carry_out(self._begin, None)
        while (request := self._next()) is not None:
            self._carry_out(*request)
            # Or else the last request, and the views it knows, would live until the next one.
            del request
        self._carry_out(self._end, None)

    def _next(self) -> tuple[Task, WeakTaker] | None:
        with self._changed:
            while not self._waiting and not self._ending:
                self._changed.wait()
            return None if self._ending else self._waiting.pop(next(iter(self._waiting)))

    def _carry_out(self, task: Task, take: WeakTaker | None) -> None:
        try:
            answer = _Answer(take, task())
        except Exception as mistake:  # One picture that cannot be drawn must not end all that follow.
            answer = _Answer(take, mistake=mistake)
        self.answers.append(answer)
        # A bell that rings already, or has been taken down, needs no ring.
        with contextlib.suppress(OSError):
            self._rope.send(b".")


class _Thread(QThread):
    def __init__(self, desk: _Desk) -> None:
        super().__init__()
        self._desk = desk

    def run(self) -> None:
        self._desk.work()


def _finish(desk: _Desk, thread: QThread) -> None:
    desk.close()
    thread.wait()
