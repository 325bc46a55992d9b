"""How a function of the user's own is opened: the file is chosen, the user warned, the function picked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from engine.own.place import Place
from gui.own_functions import OwnFunctions
from gui.panels.notice import Notice
from gui.session import Session

KINDS = "Python files (*.py)"
WARNING = (
    "{name} is a program. To find its functions, Descent Derby runs it, and it can do whatever you can do on this "
    "computer. Run it only if you trust whoever wrote it."
)
OFFER = "The function {told} was raced on. A Python file is a program, so it was not run."
RUN = "Run it"


class FunctionOpening(QObject):
    """Joins the menu, the dialogs and the notice with the functions and the session."""

    def __init__(self, window: QWidget, session: Session, functions: OwnFunctions, notice: Notice) -> None:
        super().__init__(window)
        self._window, self._session, self._functions, self._notice = window, session, functions, notice
        functions.listed.connect(self._pick)
        functions.ready.connect(self._show)
        functions.told.connect(notice.tell)
        functions.offered.connect(self._offer)

    def choose(self) -> None:
        """Let the user choose a file, and run it where they say so."""
        path, _ = QFileDialog.getOpenFileName(self._window, "Open a Python function", "", KINDS)
        if path and self._may_run(path):
            self._functions.list(path)

    def _may_run(self, path: str) -> bool:
        """Tell the user that a file is a program, and return whether they want it run."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Descent Derby", WARNING.format(name=Path(path).name))
        run = box.addButton(RUN, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is run

    def _pick(self, path: str, names: list[str]) -> None:
        """Take the one function of a file, or let the user pick one."""
        if not names:
            self._notice.tell(f"{Path(path).name} has no function.")
            return
        name = names[0]
        if len(names) > 1:
            title, question = "Open a Python function", "Which function is the loss?"
            name, chosen = QInputDialog.getItem(self._window, title, question, names, 0, False)
            if not chosen:
                return
        self._functions.open(Place(name, path=str(Path(path).absolute())))

    def _show(self, place: Place) -> None:
        loss = self._functions.loss(place)
        if loss is not None:
            self._session.choose_function(place, loss.parameters)

    def _offer(self, place: Place) -> None:
        self._notice.offer(OFFER.format(told=place.told), lambda: self._functions.open(place), RUN)
