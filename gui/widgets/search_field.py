"""The search field above a list, which passes the arrow keys on to the list."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

UP_AND_DOWN = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class SearchField(QLineEdit):
    """A field whose text searches a list.

    Parameters
    ----------
    name, hint : str
        The accessible name, and the placeholder that says what can be typed.
    rows : QAbstractItemView
        The list.
    moves : collection of keys
        The keys that are passed on to the list while the keyboard stays in the field.
    """

    def __init__(self, name: str, hint: str, rows: QAbstractItemView, moves: Collection[Qt.Key] = UP_AND_DOWN) -> None:
        super().__init__()
        self.setObjectName("wide")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self._rows, self._moves = rows, moves

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass `moves` on to the list."""
        if event.key() in self._moves:
            QCoreApplication.sendEvent(self._rows, event)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Accept `moves` here, before the window's shortcuts can take them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in self._moves:
            event.accept()
            return True
        return super().event(event)


def fits(known: str, sought: str) -> bool:
    """Return whether every word of `sought` is in `known`, in any case."""
    return all(word in known.lower() for word in sought.lower().split())
