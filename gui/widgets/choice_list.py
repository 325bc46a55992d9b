"""A list in a popover, which shrinks where the screen is too low for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

LEAST_HEIGHT_PX = 140


class ChoiceList(QListWidget):
    """Rows of a fixed width; `height` is the most that the list takes."""

    def __init__(self, name: str, width: int, height: int) -> None:
        super().__init__()
        self._size = QSize(width, height)
        self.setObjectName("suggestions")
        self.setAccessibleName(name)
        self.setFixedWidth(width)
        self.setMinimumHeight(LEAST_HEIGHT_PX)
        self.setMaximumHeight(height)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Qt's default for a list would let a wheel over it take the keyboard.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def add_heading(self, text: str) -> None:
        """Add a row that names those beneath it and cannot be selected."""
        heading = QListWidgetItem(text)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setForeground(self.palette().placeholderText())
        self.addItem(heading)

    def texts(self, role: int) -> list[str]:
        """Return what the rows hold under a role, without those that hold nothing."""
        held = [self.item(row).data(role) for row in range(self.count())]
        return [text for text in held if text is not None]

    def sizeHint(self) -> QSize:
        """Return the size that it asks for."""
        return self._size
