"""Functions of the user's own: a Python file is run, and a function of it compiled, while the window goes on.

A Python file is a program.  None is run unless the user says so, here or on the command line: a session that was left
with such a function remembers its place, and offers to run it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine import FormulaError
from engine.loss.function_loss import FunctionLoss, loss_at
from engine.optimizers.function_optimizer import FunctionOptimizer, optimizer_at
from engine.own.place import Place, functions_in, reason
from engine.rules.function_rule import is_step

LOOK_MS = 30
LOOKS_A_TELLING = 10
"""How often what takes longer is told again."""
STACK_BYTES = 16 * 2**20
"""LLVM needs more than some systems give a thread."""

OwnFunction = FunctionLoss | FunctionOptimizer


@dataclass(eq=False)
class _Work:
    """What one thread does, and what came of it; `place` is that of the function, if it is known already."""

    told: str
    task: Callable[[], object]
    take: Callable[[object], None]
    place: Place | None = None
    is_step: bool = False
    result: object = None
    is_done: bool = False

    def run(self) -> None:
        """Do it, whatever a person's file may raise."""
        try:
            self.result = self.task()
        except Exception as error:
            self.result = error
        self.is_done = True


class OwnFunctions(QObject):
    """The functions that were run in this session, and those that are still to be read or compiled, one by one.

    Attributes
    ----------
    listed : signal of (str, dict)
        A path, and of each function in that file whether it is a step of an optimizer, rather than a loss.
    ready : signal of Place
        A function that can be raced on now; `loss` has it.
    step_ready : signal of FunctionOptimizer
        One that can race now.
    told : signal of str
        What went wrong, in a sentence.
    refused : signal of (Place, str)
        The same, where it is known of which function.
    offered : signal of Place
        A function that was chosen in an earlier session, and was not run.
    progressed : signal of str
        What is being done, or "" at its end.
    """

    # A signal of a dict would sort it.
    listed = Signal(str, object)
    ready = Signal(object)
    step_ready = Signal(object)
    told = Signal(str)
    refused = Signal(object, str)
    offered = Signal(object)
    progressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._losses: dict[Place, FunctionLoss] = {}
        self._steps: dict[Place, FunctionOptimizer] = {}
        self._works: list[_Work] = []
        self._looks = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def waits(self) -> bool:
        """Whether a file is being run, or a function compiled."""
        return bool(self._works)

    @property
    def steps(self) -> list[FunctionOptimizer]:
        """The steps of optimizers that were run, the newest last."""
        return list(self._steps.values())

    def loss(self, place: Place) -> FunctionLoss | None:
        """Return a function that was run, None for one that was not."""
        return self._losses.get(place)

    def step(self, place: Place) -> FunctionOptimizer | None:
        """Return a step that was run, None for one that was not."""
        return self._steps.get(place)

    def keep(self, function: OwnFunction) -> None:
        """Take a function that was run elsewhere: on the command line, say."""
        if function.place is None:
            return
        if isinstance(function, FunctionLoss):
            self._losses[function.place] = function
        else:
            self._steps[function.place] = function

    def list(self, path: str) -> None:
        """Run a file, and tell which functions it has."""
        self._begin(_Work(f"Running {Path(path).name}", lambda: (path, _kinds_in(path)), self._tell_list))

    def open(self, place: Place, values: Mapping[str, float] | None = None) -> None:
        """Run a file, and compile a function of it to be raced on."""
        self._begin(_Work(f"Compiling {place.told}", lambda: loss_at(place, values or {}), self._take, place))

    def open_step(self, place: Place) -> None:
        """Run a file, and compile a function of it that is to race."""
        if all(work.place != place for work in self._works):
            self._begin(_Work(f"Compiling {place.told}", lambda: optimizer_at(place), self._take, place, is_step=True))

    def leave(self) -> None:
        """Wait no longer for what is being done: its thread ends when it can, and nothing is told of it."""
        self._keep_works(self._works[1:])

    def leave_all(self) -> None:
        """Wait for nothing any more."""
        self._keep_works([])

    def leave_losses(self) -> None:
        """Wait no longer for anything but steps: somebody has chosen something else to race on."""
        self._keep_works([work for work in self._works if work.is_step])

    def _begin(self, work: _Work) -> None:
        """Do a work now, or after the steps that are being done."""
        if not work.is_step:
            self.leave_losses()
        self._works.append(work)
        if len(self._works) == 1:
            self._start()

    def _start(self) -> None:
        # A person's file may never end, so nobody waits for the thread.
        before = threading.stack_size(STACK_BYTES)
        threading.Thread(target=self._works[0].run, name="own function", daemon=True).start()
        threading.stack_size(before)
        self._looks = 0
        self._timer.start()

    def _keep_works(self, kept: list[_Work]) -> None:
        """Leave all works but these; where the first was left, the next begins."""
        before, self._works = self._works, kept
        if before[:1] == kept[:1]:
            return
        self._timer.stop()
        self.progressed.emit("")
        if kept:
            self._start()

    def _look(self) -> None:
        work = self._works[0]
        if not work.is_done:
            self._looks += 1
            if self._looks % LOOKS_A_TELLING == 0:
                self.progressed.emit(f"{work.told} ... {self._looks * LOOK_MS / 1000:.0f} s")
            return
        self._keep_works(self._works[1:])
        if not isinstance(work.result, Exception):
            work.take(work.result)
            return
        foreign = not isinstance(work.result, FormulaError)
        sentence = f"That did not work: {reason(work.result)}" if foreign else str(work.result)
        self.told.emit(sentence)
        if work.place is not None:
            self.refused.emit(work.place, sentence)

    def _tell_list(self, found: object) -> None:
        self.listed.emit(*found)  # type: ignore[misc]

    def _take(self, function: object) -> None:
        assert isinstance(function, OwnFunction)
        self.keep(function)
        if isinstance(function, FunctionLoss):
            self.ready.emit(function.place)
        else:
            self.step_ready.emit(function)


def _kinds_in(path: str) -> dict[str, bool]:
    """Run a file, and return of each of its functions whether it is a step, rather than a loss."""
    return {name: is_step(function) for name, function in functions_in(path).items()}
