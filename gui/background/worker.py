"""A thread that draws what the window will show: of each kind of request it carries out only the newest.

The thread touches no Qt object that has signals: Qt holds a lock of its own while it calls Python, so a thread that
holds the GIL and waits for that lock would deadlock with the window.  The thread wakes the window through a socket.
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
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QSocketNotifier, QThread

Result = TypeVar("Result")
Task = Callable[[], Any]
WeakReceiver = weakref.WeakMethod[Callable[[Any], None]]

MOST_WAKE_BYTES = 256
"""Bytes read from the socket at once; each stands for one answer."""
STACK_BYTES = 16 * 2**20
"""Drivers of graphics cards need more than the 512 KiB that macOS gives a thread."""


def nothing() -> None:
    """Do nothing."""


class Worker:
    """One thread and the requests that wait for it; made, asked and ended on the window's thread.

    An exception that a task raises goes to `sys.excepthook`, on the window's thread, and the next task is carried out.

    Parameters
    ----------
    name : str
        Of the thread.
    begin, end : callable
        Carried out on the thread, before the first request and after the last.
    """

    def __init__(self, name: str, begin: Task = nothing, end: Task = nothing) -> None:
        self._wake_socket, sender = socket.socketpair()
        for side in (self._wake_socket, sender):
            side.setblocking(False)
        self._queue = _Queue(begin, end, sender)
        self._notifier = QSocketNotifier(self._wake_socket.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._deliver)
        thread = _Thread(self._queue)
        thread.setObjectName(name)
        thread.setStackSize(STACK_BYTES)
        # Ends the thread also where `end` is never called: the view was dropped, or the program ends.
        self._finalizer = weakref.finalize(self, _finish, self._queue, thread)
        thread.start()

    def ask(self, kind: str, task: Callable[[], Result], receive: Callable[[Result], None]) -> None:
        """Have `task` carried out; a request of the same kind that has not begun is dropped for it.

        `receive`, a method of a Qt object, gets the result on the window's thread, unless that object is gone.
        """
        self._queue.add(kind, task, receive)

    def end(self) -> None:
        """Finish the task that has begun, drop those that wait, and end the thread; a second call does nothing."""
        self._notifier.setEnabled(False)
        self._finalizer()
        for answer in self._queue.answers:
            answer.report()

    def _deliver(self) -> None:
        self._wake_socket.recv(MOST_WAKE_BYTES)
        # Answers that come meanwhile wake the window again: a busy thread must not keep the window in this loop.
        for _ in range(len(self._queue.answers)):
            answer = self._queue.answers.popleft()
            answer.report()
            answer.hand_over()


@dataclass(frozen=True, eq=False)
class _Answer:
    """What came of a request: a result for its receiver, or an exception."""

    receiver: WeakReceiver | None
    result: Any = None
    error: Exception | None = None

    def hand_over(self) -> None:
        """Give the result, on the window's thread, to a receiver that still exists."""
        receive = self.receiver() if self.receiver is not None and self.error is None else None
        if receive is None or not shiboken6.isValid(receive.__self__):  # type: ignore[attr-defined]  # a bound method
            return
        try:
            receive(self.result)
        except Exception as error:  # The answers behind this one must still reach their receivers.
            sys.excepthook(type(error), error, error.__traceback__)

    def report(self) -> None:
        """Report an exception as Python reports an uncaught one of the window's thread."""
        if self.error is not None:
            sys.excepthook(type(self.error), self.error, self.error.__traceback__)


class _Queue:
    """The requests and answers of the thread; it does not know the worker, which may be collected meanwhile."""

    def __init__(self, begin: Task, end: Task, sender: socket.socket) -> None:
        self._begin, self._end, self._sender = begin, end, sender
        self._waiting: dict[str, tuple[Task, WeakReceiver]] = {}
        self._changed = threading.Condition()
        self.answers: deque[_Answer] = deque()
        self._ending = False

    def add(self, kind: str, task: Task, receive: Callable[[Any], None]) -> None:
        with self._changed:
            self._waiting[kind] = (task, weakref.WeakMethod(receive))
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._ending = True
            self._changed.notify()

    def work(self) -> None:
        self._carry_out(self._begin, None)
        while (request := self._next()) is not None:
            self._carry_out(*request)
            # Otherwise this variable would keep the last request, and the views it refers to, until the next one.
            del request
        self._carry_out(self._end, None)

    def _next(self) -> tuple[Task, WeakReceiver] | None:
        with self._changed:
            while not self._waiting and not self._ending:
                self._changed.wait()
            return None if self._ending else self._waiting.pop(next(iter(self._waiting)))

    def _carry_out(self, task: Task, receiver: WeakReceiver | None) -> None:
        try:
            answer = _Answer(receiver, task())
        except Exception as error:  # One picture that cannot be drawn must not end the thread.
            answer = _Answer(receiver, error=error)
        self.answers.append(answer)
        # A full socket wakes the window already; a closed one belongs to a worker that has ended.
        with contextlib.suppress(OSError):
            self._sender.send(b".")


class _Thread(QThread):
    def __init__(self, queue: _Queue) -> None:
        super().__init__()
        self._queue = queue

    def run(self) -> None:
        self._queue.work()


def _finish(queue: _Queue, thread: QThread) -> None:
    queue.close()
    thread.wait()
