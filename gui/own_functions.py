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
from engine.own.function_loss import FunctionLoss, loss_at
from engine.own.place import Place, names_in, reason

LOOK_MS = 30
LOOKS_A_TELLING = 10
"""How often what takes longer is told again."""
STACK_BYTES = 16 * 2**20
"""LLVM needs more than some systems give a thread."""


@dataclass
class _Work:
    """What one thread does, and what came of it."""

    told: str
    take: Callable[[object], None]
    result: object = None
    is_done: bool = False


class OwnFunctions(QObject):
    """The functions that were run in this session, and the one that is being read or compiled.

    Attributes
    ----------
    listed : signal of (str, list)
        A path, and the functions in that file.
    ready : signal of Place
        A function that can be raced on now; `loss` has it.
    told : signal of str
        What went wrong, in a sentence.
    offered : signal of Place
        A function that was chosen in an earlier session, and was not run.
    progressed : signal of str
        What is being done, or "" at its end.
    """

    listed = Signal(str, list)
    ready = Signal(object)
    told = Signal(str)
    offered = Signal(object)
    progressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._losses: dict[Place, FunctionLoss] = {}
        self._work: _Work | None = None
        self._looks = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def waits(self) -> bool:
        """Whether a file is being run, or a function compiled."""
        return self._work is not None

    def loss(self, place: Place) -> FunctionLoss | None:
        """Return a function that was run, None for one that was not."""
        return self._losses.get(place)

    def keep(self, loss: FunctionLoss) -> None:
        """Take a function that was run elsewhere: on the command line, say."""
        if loss.place is not None:
            self._losses[loss.place] = loss

    def list(self, path: str) -> None:
        """Run a file, and tell which functions it has."""
        self._begin(f"Running {Path(path).name}", lambda: (path, names_in(path)), self._tell_list)

    def open(self, place: Place, values: Mapping[str, float] | None = None) -> None:
        """Run a file, and compile a function of it."""
        self._begin(f"Compiling {place.told}", lambda: loss_at(place, values or {}), self._take)

    def give_up(self) -> None:
        """Wait no longer for what is being done: its thread ends when it can, and nothing is told of it."""
        if self._work is not None:
            self._work = None
            self._timer.stop()
            self.progressed.emit("")

    def _begin(self, told: str, task: Callable[[], object], take: Callable[[object], None]) -> None:
        # A person's file may never end, so nobody waits for the thread.
        self._work = work = _Work(told, take)

        def run() -> None:
            try:
                work.result = task()
            except Exception as error:  # Whatever a person's file may raise.
                work.result = error
            work.is_done = True

        before = threading.stack_size(STACK_BYTES)
        threading.Thread(target=run, name="own function", daemon=True).start()
        threading.stack_size(before)
        self._looks = 0
        self._timer.start()

    def _look(self) -> None:
        work = self._work
        assert work is not None, "the timer stops with the work"
        if not work.is_done:
            self._looks += 1
            if self._looks % LOOKS_A_TELLING == 0:
                self.progressed.emit(f"{work.told} ... {self._looks * LOOK_MS / 1000:.0f} s")
            return
        self.give_up()
        if isinstance(work.result, FormulaError):
            self.told.emit(str(work.result))
        elif isinstance(work.result, Exception):
            self.told.emit(f"That did not work: {reason(work.result)}")
        else:
            work.take(work.result)

    def _tell_list(self, found: object) -> None:
        self.listed.emit(*found)  # type: ignore[misc]

    def _take(self, loss: object) -> None:
        assert isinstance(loss, FunctionLoss)
        self.keep(loss)
        self.ready.emit(loss.place)
