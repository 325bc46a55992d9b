"""Functions from the user's Python files: a file is run, and a function of it compiled, while the window goes on.

A Python file is a program.  None is run unless the user says so, in the window or on the command line: a session that
was left with such a function keeps its place, and offers to run the file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from engine.language.errors import FormulaError
from engine.loss.function_loss import FunctionLoss, loss_at
from engine.machine.failures import report_failure
from engine.optimizers.function_optimizer import FunctionOptimizer, optimizer_at
from engine.own.function_location import FunctionLocation, error_sentence, functions_in
from engine.rules.function_rule import is_step

POLL_MS = 30
POLLS_A_MESSAGE = 10
"""Between two messages of how long a task has taken so far."""
STACK_BYTES = 16 * 2**20
"""LLVM needs more than some systems give a thread."""

LoadedFunction = FunctionLoss | FunctionOptimizer
T = TypeVar("T")


@dataclass(eq=False)
class _Task(Generic[T]):
    """What a thread does, and what came of it.

    Attributes
    ----------
    title : str
        What is being done, for the status line.
    work : callable
        What the thread calls.
    take : callable
        Is given the result, on the window's thread.
    place : FunctionLocation or None
        That of the function, where it is known before the file was run.
    future : Future
        The result, or the exception that the work raised.
    """

    title: str
    work: Callable[[], T]
    take: Callable[[T], None]
    place: FunctionLocation | None = None
    is_step: bool = False
    future: Future[T] = field(default_factory=Future)

    def run(self) -> None:
        """Do the work, and keep whatever exception it raises."""
        try:
            self.future.set_result(self.work())
        except Exception as error:
            self.future.set_exception(error)

    def hand_over(self) -> BaseException | None:
        """Give the result to `take`, or return the exception in its place."""
        error = self.future.exception()
        if error is None:
            self.take(self.future.result())
        return error


class FunctionLoader(QObject):
    """The functions that were loaded since the program was started, and the tasks that are still to be done, in turn.

    Attributes
    ----------
    listed : signal of (str, dict)
        A path, and of each function in that file whether it is a step of an optimizer, rather than a loss.
    ready : signal of FunctionLocation
        A function that can be raced on now; `loss` returns it.
    step_ready : signal of FunctionOptimizer
        A step that can race now.
    message : signal of str
        What went wrong, in a sentence.  A mistake in the program is reported besides, with its traceback.
    refused : signal of (FunctionLocation, str)
        The same, where it is known of which function.
    offered : signal of FunctionLocation
        A function of an earlier session whose file was not run.
    progressed : signal of str
        What is being done, or "" at its end.
    """

    # Declared as a dict, Qt would sort its keys.
    listed = Signal(str, object)
    ready = Signal(object)
    step_ready = Signal(object)
    message = Signal(str)
    refused = Signal(object, str)
    offered = Signal(object)
    progressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._losses: dict[FunctionLocation, FunctionLoss] = {}
        self._steps: dict[FunctionLocation, FunctionOptimizer] = {}
        self._tasks: list[_Task[Any]] = []
        self._polls = 0
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being run, or a function compiled."""
        return bool(self._tasks)

    @property
    def steps(self) -> list[FunctionOptimizer]:
        """The steps that were loaded, the newest last."""
        return list(self._steps.values())

    def loss(self, place: FunctionLocation) -> FunctionLoss | None:
        """Return the loss that was loaded from a place, or None."""
        return self._losses.get(place)

    def step(self, place: FunctionLocation) -> FunctionOptimizer | None:
        """Return the step that was loaded from a place, or None."""
        return self._steps.get(place)

    def keep(self, function: LoadedFunction) -> None:
        """Add a function that was loaded elsewhere, such as on the command line."""
        if function.place is None:
            return
        if isinstance(function, FunctionLoss):
            self._losses[function.place] = function
        else:
            self._steps[function.place] = function

    def list_functions(self, path: str) -> None:
        """Run a file, and emit which functions it has."""
        self._add(
            _Task(f"Running {Path(path).name}", lambda: _kinds_in(path), lambda found: self.listed.emit(path, found))
        )

    def open(self, place: FunctionLocation, values: Mapping[str, float] | None = None) -> None:
        """Run a file, and compile a function of it to be raced on."""
        self._add(_Task(f"Compiling {place.label}", lambda: loss_at(place, values or {}), self._take, place))

    def open_step(self, place: FunctionLocation) -> None:
        """Run a file, and compile a function of it that is to race."""
        if all(task.place != place for task in self._tasks):
            self._add(_Task(f"Compiling {place.label}", lambda: optimizer_at(place), self._take, place, is_step=True))

    def cancel(self) -> None:
        """Wait no longer for the task in hand: its thread ends when it can, and its result is dropped."""
        self._keep_tasks(self._tasks[1:])

    def cancel_all(self) -> None:
        """Wait for no task any more."""
        self._keep_tasks([])

    def cancel_losses(self) -> None:
        """Wait no longer for anything but steps: something else was chosen to be raced on."""
        self._keep_tasks([task for task in self._tasks if task.is_step])

    def _add(self, task: _Task[T]) -> None:
        """Begin a task now, or after the steps that are being compiled."""
        if not task.is_step:
            self.cancel_losses()
        self._tasks.append(task)
        if len(self._tasks) == 1:
            self._start()

    def _start(self) -> None:
        # A daemon, since a user's file may never end: the program ends without it.
        before = threading.stack_size(STACK_BYTES)
        threading.Thread(target=self._tasks[0].run, name="function loader", daemon=True).start()
        threading.stack_size(before)
        self._polls = 0
        self._timer.start()

    def _keep_tasks(self, kept: list[_Task[Any]]) -> None:
        """Drop all tasks but these; where the first was dropped, the next begins."""
        before, self._tasks = self._tasks, kept
        if before[:1] == kept[:1]:
            return
        self._timer.stop()
        self.progressed.emit("")
        if kept:
            self._start()

    def _poll(self) -> None:
        task = self._tasks[0]
        if not task.future.done():
            self._polls += 1
            if self._polls % POLLS_A_MESSAGE == 0:
                self.progressed.emit(f"{task.title} ... {self._polls * POLL_MS / 1000:.0f} s")
            return
        self._keep_tasks(self._tasks[1:])
        error = task.hand_over()
        if error is not None:
            self._refuse(task, error)

    def _refuse(self, task: _Task[Any], error: BaseException) -> None:
        """Say what went wrong; what a person's file or function raises comes as a FormulaError."""
        is_expected = isinstance(error, FormulaError)
        sentence = str(error) if is_expected else f"{task.title} failed: {error_sentence(error)}"
        self.message.emit(sentence)
        if task.place is not None:
            self.refused.emit(task.place, sentence)
        if isinstance(error, Exception) and not is_expected:
            # Last, so that the sentence that stays in the window is the one with the place of the log.
            report_failure(f"{task.title} failed", error)

    def _take(self, function: LoadedFunction) -> None:
        self.keep(function)
        if isinstance(function, FunctionLoss):
            self.ready.emit(function.place)
        else:
            self.step_ready.emit(function)


def _kinds_in(path: str) -> dict[str, bool]:
    """Run a file, and return of each of its functions whether it is a step, rather than a loss."""
    return {name: is_step(function) for name, function in functions_in(path).items()}
