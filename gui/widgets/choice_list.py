"""A list to choose from in a card: as high as it asks to be, and lower where the screen is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget

LEAST_HEIGHT_PX = 140


class ChoiceList(QListWidget):
    """Rows in a fixed width, and up to so much height."""

    def __init__(self, name: str, width: int, height: int) -> None:
        super().__init__()
        self._size = QSize(width, height)
        self.setObjectName("suggestions")
        self.setAccessibleName(name)
        self.setFixedWidth(width)
        self.setMinimumHeight(LEAST_HEIGHT_PX)
        self.setMaximumHeight(height)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A wheel over it must not take the keyboard.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Return the size that it asks for."""
        return self._size
