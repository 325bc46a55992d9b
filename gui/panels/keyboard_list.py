"""What every key does, as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QWidget

WIDTH_PX = 440


class KeyboardList(QDialog):
    """Two columns, and beneath them how the views are used."""

    def __init__(self, parent: QWidget, keys: Sequence[tuple[str, str]], views: Sequence[QWidget]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard")
        layout = QGridLayout(self)
        layout.setHorizontalSpacing(24)
        for does, names in keys:
            key = QLabel(names)
            key.setObjectName("rank")
            layout.addWidget(QLabel(does), layout.rowCount(), 0)
            layout.addWidget(key, layout.rowCount() - 1, 1)
        for view in views:
            text = QLabel(f"{view.accessibleName()}: {view.toolTip()}.")
            text.setObjectName("muted")
            text.setWordWrap(True)
            text.setMinimumWidth(WIDTH_PX)
            layout.addWidget(text, layout.rowCount(), 0, 1, 2)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        layout.addWidget(close, layout.rowCount(), 0, 1, 2, Qt.AlignmentFlag.AlignRight)

    def text(self) -> str:
        """Return everything that stands in the list."""
        return "\n".join(label.text() for label in self.findChildren(QLabel))
