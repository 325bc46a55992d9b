"""The field above a list: what is typed searches, and the keys that move go on to the list."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

UP_AND_DOWN = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class SearchField(QLineEdit):
    """A search.

    Parameters
    ----------
    name, hint : str
        What it searches, and what can be typed.
    rows : QAbstractItemView
        The list.
    moves : collection of keys
        Those that the list is given while the keyboard stays here.
    """

    def __init__(self, name: str, hint: str, rows: QAbstractItemView, moves: Collection[Qt.Key] = UP_AND_DOWN) -> None:
        super().__init__()
        self.setObjectName("wide")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self._rows, self._moves = rows, moves

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the keys that move do so in the list."""
        if event.key() in self._moves:
            QCoreApplication.sendEvent(self._rows, event)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep those keys from the shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in self._moves:
            event.accept()
            return True
        return super().event(event)


def fits(known: str, sought: str) -> bool:
    """Tell whether every word of `sought` stands in `known`, in any case."""
    return all(word in known.lower() for word in sought.lower().split())
