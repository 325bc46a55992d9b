"""The field in which a schedule is typed: a formula editor of one line."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from engine.rules.modifiers.schedule import GIVEN
from gui.formula.assistant import FormulaAssistant
from gui.formula.editor import FormulaEditor, Kind
from gui.look.theme import Theme

SCHEDULE = Kind(
    "Formula of the schedule",
    "The factor of the learning rate at step t; every other name becomes a slider",
    "cos(pi*t/T)",
    False,
    1,
    GIVEN,
)
LINE_END = "; "
"""Replaces the ends of lines in a pasted text."""


class ScheduleField(FormulaEditor):
    """A formula of the step.  `edited` is emitted with each text that a person makes."""

    edited = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, SCHEDULE)
        self._text = ""
        self.setObjectName("typed")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.assistant = FormulaAssistant(self, theme)
        self.textChanged.connect(self._report)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        super().set_theme(theme)
        self.assistant.set_theme(theme)

    def show_formula(self, text: str) -> None:
        """Show a correct formula."""
        self.show_errors([])
        if text != self._text:
            self._text = text
            with QSignalBlocker(self):
                self.setPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ignore Return; type all else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste several lines as one."""
        self.insertPlainText(LINE_END.join(source.text().splitlines()))

    def _report(self) -> None:
        """Emit a new text; Qt's signal also comes when only the colours changed."""
        text = self.toPlainText()
        if text != self._text:
            self._text = text
            self.edited.emit(text)
