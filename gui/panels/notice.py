"""One sentence about something that went wrong, with its details for whoever wants them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolButton, QWidget


class Notice(QWidget):
    """A line that stays until it is closed or the next one comes; hidden while there is nothing to tell."""

    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel()
        self.label.setObjectName("error")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self._details = ""
        self.copy = QToolButton(text="Copy details")
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self._details))
        self.close_button = QToolButton(text="✕")
        self.close_button.setAccessibleName("Close the notice")
        self.close_button.setToolTip("Close the notice")
        self.close_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.addWidget(self.label)
        for button in (self.copy, self.close_button):
            button.setObjectName("flat")
            layout.addWidget(button)
        self.hide()

    def tell(self, sentence: str, details: str = "") -> None:
        """Show a sentence; nothing where it is empty."""
        self._details = details
        self.label.setText(sentence)
        self.label.setToolTip(sentence)
        self.copy.setVisible(bool(details))
        self.setVisible(bool(sentence))
