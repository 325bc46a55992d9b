"""A line that says what went wrong, with details to copy, or what was done, with a button that undoes it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from gui.widgets.elided_label import YieldingLabel
from gui.widgets.text_button import TextButton

UNDO = "Undo"


class Notice(QWidget):
    """A line that stays until it is closed or the next message comes; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.label = YieldingLabel()
        self.label.setObjectName("error")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self._details = ""
        # What it returns is not used.
        self._act: Callable[[], object] = self.hide
        self.back = TextButton(UNDO, "offer")
        self.back.clicked.connect(self._press)
        self.copy = TextButton("Copy details", "flat")
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self._details))
        self.close_button = TextButton("✕", "flat")
        self.close_button.setAccessibleName("Close the notice")
        self.close_button.setToolTip("Close the notice")
        self.close_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.addWidget(self.label)
        for button in (self.back, self.copy, self.close_button):
            layout.addWidget(button)
        self.hide()

    def notify(self, sentence: str, details: str = "") -> None:
        """Show a sentence about a mistake; hide the line where it is empty."""
        self._details = details
        self._show(sentence, "error")
        self.copy.setVisible(bool(details))

    def offer(self, sentence: str, act: Callable[[], object], word: str = UNDO) -> None:
        """Show a sentence about what was done, and a button with `word` that calls `act`."""
        self._act = act
        self.back.setText(word)
        self._show(sentence, "muted")
        self.back.show()

    def _show(self, sentence: str, kind: str) -> None:
        self.label.setObjectName(kind)
        self.label.style().polish(self.label)
        self.label.setText(sentence)
        self.label.setToolTip(sentence)
        for button in (self.back, self.copy):
            button.hide()
        self.setVisible(bool(sentence))

    def _press(self) -> None:
        self.hide()
        self._act()
