"""A button whose words take as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout

PADDING_PX = 8


class WrappedButton(QPushButton):
    """A button with a label in it, as a button itself writes one line alone."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setObjectName("answer")
        self.setAccessibleName(text)
        self.words = QLabel(text)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING_PX + 2, PADDING_PX, PADDING_PX + 2, PADDING_PX)
        layout.addWidget(self.words)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Return True."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at a width."""
        inner = width - 2 * (PADDING_PX + 2)
        return self.words.heightForWidth(inner) + 2 * PADDING_PX

    def sizeHint(self) -> QSize:
        """Return the size at the present width."""
        return QSize(super().sizeHint().width(), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        """Return that any width will do."""
        return QSize(0, 0)
