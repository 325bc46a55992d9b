"""Waits while a name is being typed: each beginning of `sin` would else make a slider and a landscape of its own."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from engine.language.display.completion import is_beginning_at
from gui.formula.assistant import MOST_READ
from gui.formula.editor import FormulaEditor

PAUSE_MS = 600
"""A name that was not typed on for so long is meant as it stands."""


class NameTyping(QObject):
    """Watches an editor.

    `finished` is emitted when a name that was waited for has been left as it stands: by a pause, by the cursor, or by
    the keyboard that went elsewhere.
    """

    finished = Signal()

    def __init__(self, editor: FormulaEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._known: Collection[str] = ()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.finished)
        editor.cursorPositionChanged.connect(self._follow_cursor)
        editor.installEventFilter(self)

    @property
    def under_way(self) -> bool:
        """Whether a name is waited for."""
        return self._pause.isActive()

    def waits(self, known: Collection[str]) -> bool:
        """Return whether the name at the cursor is to be waited for, now that the text has changed.

        `known` are names that are finished: those of the parameters that there are.
        """
        self._known = known
        if self._is_beginning():
            self._pause.start()
        else:
            self._pause.stop()
        return self.under_way

    def stop(self) -> None:
        """Wait no longer, and emit nothing."""
        self._pause.stop()

    def finish(self) -> None:
        """Take the name as it stands."""
        if self.under_way:
            self._pause.stop()
            self.finished.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the name as it stands when the keyboard goes elsewhere."""
        if event.type() == QEvent.Type.FocusOut:
            self.finish()
        return False

    def _follow_cursor(self) -> None:
        if self.under_way and not self._is_beginning():
            self.finish()

    def _is_beginning(self) -> bool:
        text = self._editor.toPlainText()
        if len(text) > MOST_READ:
            return False
        return is_beginning_at(text, self._editor.position, self._editor.columns, self._known)
