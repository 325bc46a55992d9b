"""The work of a study: on a thread of its own, with progress, and stopped by a person at any time."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.language.errors import FormulaError
from gui.background.worker import Worker

LOOK_MS = 60
"""Between two looks at how far the work is."""


class Telltale:
    """What the thread tells of its work, and is told: how much is done of how much, and whether to stop."""

    def __init__(self) -> None:
        self.done, self.total, self._stops = 0, 0, False

    def progress(self, done: int, total: int) -> None:
        """Tell that so much is done of so much."""
        self.done, self.total = done, total

    def stop(self) -> None:
        """Have the work stopped soon."""
        self._stops = True

    def stopped(self) -> bool:
        """Return whether the work is to stop."""
        return self._stops


Task = Callable[[Telltale], Any]


@dataclass(frozen=True, eq=False)
class _Outcome:
    """What came of a work: its result, or the sentence that says why there is none."""

    telltale: Telltale
    result: Any = None
    mistake: str = ""


class StudyWork(QObject):
    """Carries out one task at a time.

    Attributes
    ----------
    progressed : signal of (int, int)
        So much is done of so much.
    finished : signal of object
        What the task returned; also after it was stopped.
    failed : signal of str
        The sentence of a FormulaError, or of the task's own kinds of `mistakes`.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(str)

    def __init__(self, name: str, mistakes: tuple[type[Exception], ...] = (FormulaError,)) -> None:
        super().__init__()
        self._worker, self._mistakes = Worker(name), mistakes
        self._telltale: Telltale | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def under_way(self) -> bool:
        """Whether a task is being carried out."""
        return self._telltale is not None

    def begin(self, task: Task) -> None:
        """Carry a task out, unless one is under way."""
        if self._telltale is not None:
            return
        self._telltale = telltale = Telltale()
        mistakes = self._mistakes

        def work() -> _Outcome:
            try:
                return _Outcome(telltale, task(telltale))
            except mistakes as error:
                return _Outcome(telltale, mistake=str(error))

        self._worker.ask("study", work, self._take, self._give_up)
        self._timer.start()

    def stop(self) -> None:
        """Let the task stop soon; what it has found by then is its result."""
        if self._telltale is not None:
            self._telltale.stop()

    def end(self) -> None:
        """Stop the task, and end the thread."""
        self.stop()
        self._timer.stop()
        self._worker.end()

    def _look(self) -> None:
        if self._telltale is not None and self._telltale.total:
            self.progressed.emit(self._telltale.done, self._telltale.total)

    def _take(self, outcome: _Outcome) -> None:
        self._forget()
        if outcome.mistake:
            self.failed.emit(outcome.mistake)
        else:
            self.finished.emit(outcome.result)

    def _give_up(self, _: str) -> None:
        """End the wait for a task that failed in a way which is reported elsewhere."""
        self._forget()
        self.failed.emit("That did not work; the line at the bottom of the main window says why.")

    def _forget(self) -> None:
        self._telltale = None
        self._timer.stop()


def threads() -> Executor:
    """Return threads for the runs of a study: one fewer than there are cores, which is left to the window."""
    return ThreadPoolExecutor(max((os.cpu_count() or 1) - 1, 1), "study")
