"""Has maps computed and painted on a thread, always for the newest request, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.language.errors import FormulaError
from gui.background.worker import Worker
from gui.window.studies.settings_map.painting import Drawn, Look, drawn
from gui.window.studies.settings_map.request import Leaving, Request, Stage, stages_of


@dataclass(frozen=True, eq=False)
class _Answer:
    """A stage with its picture, and the iterator of those that follow; or the sentence that says why there is none."""

    leaving: Leaving
    rest: Iterator[Stage] | None = None
    stage: Stage | None = None
    drawn: Drawn | None = None
    mistake: str = ""


class MapWork(QObject):
    """Carries out the newest request.

    Attributes
    ----------
    arrived : signal of Drawn
        A picture, each finer than the one before.
    refused : signal of str
        Why there is none; what was shown stays.
    """

    arrived = Signal(object)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._worker = Worker("map of settings")
        self._leaving = Leaving()
        self._look: Look | None = None
        self.under_way = False

    def begin(self, request: Request, look: Look) -> None:
        """Leave what is under way for another request."""
        self._leaving.leave()
        self._leaving, self._look, self.under_way = Leaving(), look, True
        leaving = self._leaving
        self._worker.ask("stage", lambda: _next(leaving, stages_of(request, leaving), look), self._take, self._give_up)

    def leave(self) -> None:
        """Leave what is under way."""
        self._leaving.leave()
        self.under_way = False

    def end(self) -> None:
        """Leave what is under way, and end the thread."""
        self.leave()
        self._worker.end()

    def _take(self, answer: _Answer) -> None:
        if answer.leaving is not self._leaving or answer.leaving.left:
            return
        if answer.mistake:
            self.under_way = False
            self.refused.emit(answer.mistake)
            return
        rest, look, leaving = answer.rest, self._look, self._leaving
        self.under_way = bool(rest is not None and answer.stage is not None and not answer.stage.finished)
        if self.under_way and rest is not None and look is not None:
            self._worker.ask("stage", lambda: _next(leaving, rest, look), self._take, self._give_up)
        if answer.drawn is not None:
            self.arrived.emit(answer.drawn)

    def _give_up(self, _: str) -> None:
        """End the wait for what failed in a way that is reported elsewhere."""
        self.under_way = False


def _next(leaving: Leaving, stages: Iterator[Stage], look: Look) -> _Answer:
    """Return the next stage, painted."""
    try:
        stage = next(stages, None)
    except FormulaError as error:
        return _Answer(leaving, mistake=str(error))
    return _Answer(leaving, stages, stage, drawn(stage, look) if stage is not None else None)
