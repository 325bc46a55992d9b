"""Loads the compiled loops once the window has been seen, and compiles those that are not kept, while it goes on."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from engine.compiled.driver import NoCompilerError
from engine.machine.large_stack_thread import start_large_stack_thread
from gui.window.drivers import Compilation, prepare_all, program_drivers

PAUSE_MS = 100
"""From the first landscape on: it is painted first."""
LOOK_MS = 50


@dataclass
class _Progress:
    """What the thread writes and the window reads; it outlives all widgets."""

    stopping: threading.Event = field(default_factory=threading.Event)
    sentence: str = ""
    trouble: str = ""

    def prepare(self) -> None:
        """Prepare all drivers, on the thread."""
        try:
            prepare_all(program_drivers(), self._tell, goes_on=lambda: not self.stopping.is_set())
        except NoCompilerError as error:
            self.trouble = str(error)
        finally:
            self.sentence = ""

    def _tell(self, compilation: Compilation) -> None:
        self.sentence = sentence_of(compilation)


class Preparation(QObject):
    """Prepares all drivers on a thread of its own.

    Attributes
    ----------
    told : signal of str
        What is being compiled, as a sentence; "" once nothing is.
    failed : signal of str
        Why nothing can be compiled, as a sentence.
    """

    told = Signal(str)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._progress = _Progress()
        self._thread: threading.Thread | None = None
        self._sentence = ""
        self._starting = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._starting.timeout.connect(self._start)
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)

    @property
    def done(self) -> bool:
        """Whether all drivers are ready, or cannot be made."""
        return self._thread is not None and not self._thread.is_alive()

    def begin(self) -> None:
        """Start the thread soon, unless that was asked for before or is no longer wanted."""
        if self._thread is None and not self._starting.isActive() and not self._progress.stopping.is_set():
            self._starting.start()

    def end(self) -> None:
        """Let the compilation under way be the last one; nobody waits for it."""
        self._progress.stopping.set()
        self._starting.stop()
        self._looking.stop()

    def _start(self) -> None:
        self._thread = start_large_stack_thread(self._progress.prepare, "drivers")
        self._looking.start()

    def _look(self) -> None:
        # Asked first: what the thread writes last is there once it has ended.
        done, sentence = self.done, self._progress.sentence
        if sentence != self._sentence:
            self._sentence = sentence
            self.told.emit(sentence)
        if done:
            self._looking.stop()
            if self._progress.trouble:
                self.failed.emit(self._progress.trouble)


def sentence_of(compilation: Compilation) -> str:
    """Return what people are told while a driver is compiled."""
    which = f" ({compilation.number} of {compilation.total})" if compilation.total > 1 else ""
    return f"Compiling {compilation.title}{which}, once for this computer ..."
