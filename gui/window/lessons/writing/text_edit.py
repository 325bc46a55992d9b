"""The text of a lesson's file: lines with mistakes are underlined, and say what is wrong where one points at them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QHelpEvent, QPalette, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

from gui.look.theme import DARK, LIGHT
from landscapes.lessons import Mistake

MIDDLE = 128
"""Of the lightness of a colour: darker grounds are those of the dark theme."""


class LessonText(QPlainTextEdit):
    """A plain text with marked lines."""

    def __init__(self) -> None:
        super().__init__()
        # The name by which the style sheet gives the rule editor its letters.
        self.setObjectName("rule")
        self.setAccessibleName("Text of the lesson")
        self.setTabChangesFocus(True)
        self._mistakes: Sequence[Mistake] = ()

    def show_mistakes(self, mistakes: Sequence[Mistake]) -> None:
        """Underline the lines of these mistakes."""
        self._mistakes = mistakes
        is_dark = self.palette().color(QPalette.ColorRole.Base).lightness() < MIDDLE
        colour = QColor((DARK if is_dark else LIGHT).error)
        selections = []
        for line in sorted({mistake.line for mistake in mistakes}):
            selection = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(colour)
            selection.format = look
            selection.cursor = self._over(line)
            selections.append(selection)
        self.setExtraSelections(selections)

    def go_to_line(self, line: int) -> None:
        """Put the cursor into a line, from 1, and type there."""
        cursor = QTextCursor(self._block(line))
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Say what is wrong in the line that is pointed at."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            line = self.cursorForPosition(event.pos()).blockNumber() + 1
            here = [f"{mistake.message} {mistake.hint}".strip() for mistake in self._mistakes if mistake.line == line]
            QToolTip.showText(event.globalPos(), "\n".join(here), self)
            return True
        return super().event(event)

    def _block(self, line: int) -> QTextBlock:
        return self.document().findBlockByNumber(min(max(line, 1), self.document().blockCount()) - 1)

    def _over(self, line: int) -> QTextCursor:
        """Return a cursor over a line, without the blanks before it."""
        block = self._block(line)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + len(block.text()) - len(block.text().lstrip()))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        return cursor
