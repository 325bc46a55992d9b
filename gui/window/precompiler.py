"""Loads the program's drivers once the window has been painted, and compiles those that are missing meanwhile."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.compiled.driver import NoCompilerError
from engine.machine.failures import report_failure
from engine.machine.large_stack_thread import start_large_stack_thread

if TYPE_CHECKING:
    from gui.window.driver_compilation import Compilation

PAUSE_MS = 100
"""From the first landscape until the thread starts, so that the landscape is painted first."""
POLL_MS = 50


@dataclass
class _Progress:
    """What the thread writes and the window reads; the thread may outlive all widgets."""

    stopping: threading.Event = field(default_factory=threading.Event)
    sentence: str = ""
    trouble: str = ""

    def compile(self) -> None:
        """Load or compile all drivers, on the thread."""
        from gui.window.driver_compilation import load_or_compile, program_drivers

        try:
            load_or_compile(program_drivers(), self._report, wanted=lambda: not self.stopping.is_set())
        except NoCompilerError as error:
            self.trouble = str(error)
        except Exception as error:  # What is not compiled now is compiled when it is needed.
            report_failure("Compiling ahead of time failed", error)
        finally:
            self.sentence = ""

    def _report(self, compilation: Compilation) -> None:
        self.sentence = sentence_of(compilation)


class Precompiler(QObject):
    """Loads or compiles all drivers on a thread of its own.

    Attributes
    ----------
    progressed : signal of str
        What is being compiled, as a sentence; "" once nothing is.
    failed : signal of str
        Why nothing can be compiled, as a sentence.
    """

    progressed = Signal(str)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._progress = _Progress()
        self._thread: threading.Thread | None = None
        self._sentence = ""
        self._starting = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._starting.timeout.connect(self._start)
        self._polling = QTimer(self, interval=POLL_MS)
        self._polling.timeout.connect(self._poll)

    @property
    def done(self) -> bool:
        """Whether all drivers are loaded, or cannot be compiled."""
        return self._thread is not None and not self._thread.is_alive()

    def begin(self) -> None:
        """Start the thread soon, unless it was started before or is no longer wanted."""
        if self._thread is None and not self._starting.isActive() and not self._progress.stopping.is_set():
            self._starting.start()

    def end(self) -> None:
        """Compile no further driver after the one under way, without waiting for that."""
        self._progress.stopping.set()
        self._starting.stop()
        self._polling.stop()

    def _start(self) -> None:
        self._thread = start_large_stack_thread(self._progress.compile, "precompiler")
        self._polling.start()

    def _poll(self) -> None:
        # Read first: what the thread writes last is there once it has ended.
        done, sentence = self.done, self._progress.sentence
        if sentence != self._sentence:
            self._sentence = sentence
            self.progressed.emit(sentence)
        if done:
            self._polling.stop()
            if self._progress.trouble:
                self.failed.emit(self._progress.trouble)


def sentence_of(compilation: Compilation) -> str:
    """Return the sentence of the status line while a driver is compiled."""
    which = f" ({compilation.number} of {compilation.total})" if compilation.total > 1 else ""
    return f"Compiling {compilation.title}{which}, once for this computer ..."
