"""How a person opens a Python function: the file is chosen, the person warned, the function picked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from engine.optimizers.function_optimizer import FunctionOptimizer
from engine.own.function_location import FunctionLocation
from gui.files.function_loader import FunctionLoader
from gui.session.session import Session
from gui.widgets.notice import Notice

KINDS = "Python files (*.py)"
TITLE = "Open a Python function"
WARNING = (
    "{name} is a program. To find its functions, Descent Derby runs it, and it can do whatever you can do on this "
    "computer. Run it only if you trust whoever wrote it."
)
OFFER = "The function {} was in the race. A Python file is a program, so it was not run."
OFFER_ALL = "The functions {} were in the race. Python files are programs, so they were not run."
RUN, RUN_ALL = "Run it", "Run them"
LOSS, STEP = "{}: a loss to race on", "{}: an optimizer's step, to race"
"""Entries of the list of a file's functions."""


class FunctionOpening(QObject):
    """Joins the menu, the dialogs and the notice with the functions and the session."""

    def __init__(self, window: QWidget, session: Session, functions: FunctionLoader, notice: Notice) -> None:
        super().__init__(window)
        self._window, self._session, self._functions, self._notice = window, session, functions, notice
        functions.listed.connect(self._pick)
        functions.ready.connect(self._show)
        functions.step_ready.connect(session.take_function)
        functions.message.connect(partial(notice.notify, about=TITLE))
        for loaded in (functions.ready, functions.step_ready):
            loaded.connect(lambda _: notice.notify("", about=TITLE))
        functions.offered.connect(self._offer)
        for racer in session.racers:
            if isinstance(racer.function, FunctionOptimizer):
                functions.keep(racer.function)
        self._offered: set[FunctionLocation] = set()
        session.racers_changed.connect(self._follow)
        self._follow()

    def choose(self) -> None:
        """Let a person choose a file, and run it where they agree."""
        path, _ = QFileDialog.getOpenFileName(self._window, TITLE, "", KINDS)
        if path and self._may_run(path):
            self._functions.list_functions(path)

    def _may_run(self, path: str) -> bool:
        """Warn that a file is a program, and return whether the person wants it run."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Descent Derby", WARNING.format(name=Path(path).name))
        run = box.addButton(RUN, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is run

    def _pick(self, path: str, kinds: Mapping[str, bool]) -> None:
        """Open the only function of a file, or let a person pick one."""
        if not kinds:
            self._notice.notify(f"{Path(path).name} has no function.", about=TITLE)
            return
        name = next(iter(kinds))
        if len(kinds) > 1:
            entries = {(STEP if is_step else LOSS).format(name): name for name, is_step in kinds.items()}
            picked, chosen = QInputDialog.getItem(self._window, TITLE, "Which function?", list(entries), 0, False)
            if not chosen:
                return
            name = entries[picked]
        place = FunctionLocation(name, path=str(Path(path).absolute()))
        if kinds[name]:
            self._functions.open_step(place)
        else:
            self._functions.open(place)

    def _show(self, place: FunctionLocation) -> None:
        loss = self._functions.loss(place)
        if loss is not None:
            self._session.choose_function(place, loss.parameters)

    def _absent(self) -> list[FunctionLocation]:
        """Return the functions of racers that cannot race because their files were not run, each once."""
        return list(dict.fromkeys(racer.place for racer in self._session.absent if racer.place is not None))

    def _follow(self) -> None:
        """Let absent racers race whose functions were run meanwhile, and offer once to run those of the others."""
        for place in self._absent():
            step = self._functions.step(place)
            if step is not None:
                self._session.take_function(step)
        absent = set(self._absent())
        if absent - self._offered:
            self._offered |= absent
            self._offer()

    def _offer(self, loss: FunctionLocation | None = None) -> None:
        """Offer to run the function that was raced on, and those of absent racers."""
        steps = self._absent()
        names = [place.label for place in (*([loss] if loss else []), *steps)]

        def run() -> None:
            if loss is not None:
                self._functions.open(loss)
            for place in steps:
                self._functions.open_step(place)

        if len(names) == 1:
            self._notice.offer(OFFER.format(names[0]), run, RUN)
        else:
            self._notice.offer(OFFER_ALL.format(f"{', '.join(names[:-1])} and {names[-1]}"), run, RUN_ALL)
