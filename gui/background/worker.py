"""A thread that draws what the window will show: of each kind of request it carries out only the newest.

The thread touches no Qt object that has signals: Qt holds a lock of its own while it calls Python, so a thread that
holds the GIL and waits for that lock would deadlock with the window.  The thread wakes the window through a socket.
"""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import traceback
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

    An exception that a task or a receiver raises goes to `sys.excepthook`, on the window's thread, with the note
    "Work on the {name} failed", and the next task is carried out.  A task may be asked for with every frame: one that
    fails in the same way again is not reported again.

    Parameters
    ----------
    name : str
        What the tasks are about, as in "loss curves"; the thread is called so.
    begin, end : callable
        Carried out on the thread, before the first request and after the last.
    """

    def __init__(self, name: str, begin: Task = nothing, end: Task = nothing) -> None:
        self._name = name
        self._reported: set[str] = set()
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

    def ask(
        self,
        kind: str,
        task: Callable[[], Result],
        receive: Callable[[Result], None],
        fail: Callable[[str], None] | None = None,
    ) -> None:
        """Have `task` carried out; a request of the same kind that has not begun is dropped for it.

        `receive`, a method of a Qt object, gets the result on the window's thread, unless that object is gone.  Where
        the task raises an exception, `fail`, such a method too, gets the kind instead.
        """
        self._queue.add(_Request(kind, task, weakref.WeakMethod(receive), fail and weakref.WeakMethod(fail)))

    def end(self) -> None:
        """Finish the task that has begun, drop those that wait, and end the thread; a second call does nothing."""
        self._notifier.setEnabled(False)
        self._finalizer()
        for answer in self._queue.answers:
            if answer.error is not None:
                self._report(answer.error)

    def _deliver(self) -> None:
        self._wake_socket.recv(MOST_WAKE_BYTES)
        # Answers that come meanwhile wake the window again: a busy thread must not keep the window in this loop.
        for _ in range(len(self._queue.answers)):
            answer = self._queue.answers.popleft()
            if answer.error is not None:
                self._report(answer.error)
            try:
                answer.hand_over()
            except Exception as error:  # The answers behind this one must still reach their receivers.
                self._report(error)

    def _report(self, error: Exception) -> None:
        """Report an exception, once, as Python reports an uncaught one of the window's thread."""
        details = "".join(traceback.format_exception(error))
        if details not in self._reported:
            self._reported.add(details)
            error.add_note(f"Work on the {self._name} failed")
            sys.excepthook(type(error), error, error.__traceback__)


@dataclass(frozen=True, eq=False)
class _Request:
    """A task, and who learns what came of it."""

    kind: str
    task: Task
    receive: WeakReceiver | None = None
    fail: WeakReceiver | None = None


@dataclass(frozen=True, eq=False)
class _Answer:
    """What came of a request: what is given to which receiver, and the exception where the task failed."""

    receiver: WeakReceiver | None
    result: Any = None
    error: Exception | None = None

    def hand_over(self) -> None:
        """Give the result, on the window's thread, to a receiver that still exists."""
        receive = self.receiver() if self.receiver is not None else None
        # The receiver is a bound method, of an object that Qt may have deleted.
        if receive is not None and shiboken6.isValid(receive.__self__):  # type: ignore[attr-defined]
            receive(self.result)


class _Queue:
    """The requests and answers of the thread; it does not know the worker, which may be collected meanwhile."""

    def __init__(self, begin: Task, end: Task, sender: socket.socket) -> None:
        self._begin, self._end, self._sender = begin, end, sender
        self._waiting: dict[str, _Request] = {}
        self._changed = threading.Condition()
        self.answers: deque[_Answer] = deque()
        self._ending = False

    def add(self, request: _Request) -> None:
        with self._changed:
            self._waiting[request.kind] = request
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._ending = True
            self._changed.notify()

    def work(self) -> None:
        self._carry_out(_Request("", self._begin))
        while (request := self._next()) is not None:
            self._carry_out(request)
            # Otherwise this variable would keep the last request, and the views it refers to, until the next one.
            del request
        self._carry_out(_Request("", self._end))

    def _next(self) -> _Request | None:
        with self._changed:
            while not self._waiting and not self._ending:
                self._changed.wait()
            return None if self._ending else self._waiting.pop(next(iter(self._waiting)))

    def _carry_out(self, request: _Request) -> None:
        try:
            answer = _Answer(request.receive, request.task())
        except Exception as error:  # One picture that cannot be drawn must not end the thread.
            answer = _Answer(request.fail, request.kind, error)
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
