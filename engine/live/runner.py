"""The runner: a thread that carries out commands on a race, advances it, and hands out the newest frame.

`Runner.post` returns at once with the number of the command, and `Runner.latest` returns the newest snapshot, so that
whoever draws neither computes nor waits.  The thread advances the race in slices of a few milliseconds, and looks for
commands between two of them.
"""

from __future__ import annotations

import queue
import threading
import time

from engine.live.commands import Command, newest_only
from engine.live.frame import Frame
from engine.live.pacing import LONGEST_REST_S, PUBLISH_S
from engine.live.race_controller import RaceController, ReportFailure
from engine.machine.failures import report_failure
from engine.machine.large_stack_thread import start_large_stack_thread

IDLE_S = 0.25
"""How long the thread waits for a command while there is nothing to do, before it looks whether it is to end."""


class Runner:
    """A race on a thread of its own.  All methods may be called from any thread, and only `stop` waits.

    Parameters
    ----------
    report_failure : callable
        Called on the runner's thread with every unexpected exception: what failed, as a clause, and the exception.
    """

    def __init__(self, report_failure: ReportFailure = report_failure) -> None:
        self._waiting: queue.SimpleQueue[tuple[int, Command] | None] = queue.SimpleQueue()
        self._posted = 0
        self._latest: Frame | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._controller = RaceController(report_failure)

    def start(self) -> None:
        """Start the thread."""
        self._thread = start_large_stack_thread(self._work, "runner")

    def stop(self) -> None:
        """End the thread, and wait for the slice it is in."""
        self._stopping.set()
        # Wakes the thread where it waits for a command.
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join()

    def post(self, command: Command) -> int:
        """Have a command carried out; return its number, which `Frame.answered` reaches once it is."""
        self._posted += 1
        self._waiting.put((self._posted, command))
        return self._posted

    @property
    def newest_request(self) -> int:
        """The number of the newest command."""
        return self._posted

    def latest(self) -> Frame | None:
        """Return the newest frame, or None before the first."""
        return self._latest

    def _work(self) -> None:
        controller, published, unseen = self._controller, 0.0, False
        while not self._stopping.is_set():
            # Answers are shown before the race goes on, with a finer sample where one is due already.
            executed, refined = self._execute_waiting(controller), controller.refine()
            if executed or refined:
                published, unseen = self._publish(controller), False
            elif not controller.playing:
                controller.precompile()
            # A step that comes too early for a frame is in one as soon as it may: the next may be a whole frame later.
            rest_s = published + PUBLISH_S - time.monotonic() if unseen else LONGEST_REST_S
            advanced = controller.playing and controller.advance(min(max(rest_s, 0.0), LONGEST_REST_S))
            unseen |= advanced
            # The frame in which a race ends is published at once, because none follows it.
            ends = advanced and not controller.playing
            if ends or (unseen and time.monotonic() - published >= PUBLISH_S):
                published, unseen = self._publish(controller), False

    def _publish(self, controller: RaceController) -> float:
        """Take a frame, if there is a race; return when."""
        self._latest = controller.take_frame() or self._latest
        return time.monotonic()

    def _execute_waiting(self, controller: RaceController) -> bool:
        """Carry out the commands that wait, or wait for one while there is nothing to do; return whether one came."""
        due_s = controller.detail_due_s
        patience_s = 0.0 if controller.playing else IDLE_S if due_s is None else due_s
        found: list[tuple[int, Command] | None] = []
        try:
            found.append(self._waiting.get(timeout=patience_s))
            while True:
                found.append(self._waiting.get_nowait())
        except queue.Empty:
            pass
        for request, command in newest_only([entry for entry in found if entry is not None]):
            controller.execute(request, command)
        return bool(found)
