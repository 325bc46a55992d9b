"""Undo in the formula's text also restores the domain, parameters and start that belonged to the earlier text."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gui.formula.editor import FormulaEditor
from gui.session.choices import Choices
from gui.session.session import Session

MOST_KEPT = 100
"""The number of texts whose choices are kept."""


class FormulaHistory(QObject):
    """Keeps the session's choices by the formula that they were made for."""

    def __init__(self, editor: FormulaEditor, session: Session) -> None:
        super().__init__(editor)
        self._editor, self._session = editor, session
        self._kept: dict[str, Choices] = {}
        self._last = session.choices()
        self._could_redo = False
        session.changed.connect(self._note)

    def replace(self) -> None:
        """Replace the text by the session's formula, as one undoable step."""
        self._keep(self._last)
        self._last = self._session.choices()
        self._keep(self._last)
        self._editor.put(self._session.formula)
        self._could_redo = False

    def recall(self, text: str) -> bool:
        """Restore the choices that belong to `text` if undo or redo brought it; return whether they did."""
        can_redo = self._editor.document().isRedoAvailable()
        undone, self._could_redo = can_redo or self._could_redo, can_redo
        if not undone or text not in self._kept:
            return False
        self._session.return_to(self._kept[text])
        return True

    def _note(self) -> None:
        # While the two differ, `replace` is about to be called, and needs the choices from before.
        if self._session.formula.strip() == self._editor.toPlainText().strip():
            self._last = self._session.choices()

    def _keep(self, choices: Choices) -> None:
        self._kept.pop(choices.formula, None)
        self._kept[choices.formula] = choices
        if len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
