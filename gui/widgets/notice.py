"""One sentence about what went wrong, with its details for whoever wants them, or about what can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from gui.widgets.elided_label import YieldingLabel

TAKE_BACK = "Take it back"


class Notice(QWidget):
    """A line that stays until it is closed or the next one comes; hidden while there is nothing to tell."""

    def __init__(self) -> None:
        super().__init__()
        self.label = YieldingLabel()
        self.label.setObjectName("error")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self._details = ""
        self._take_back: Callable[[], object] = self.hide
        self.back = QToolButton(text=TAKE_BACK)
        self.back.setObjectName("offer")
        self.back.clicked.connect(self._undo)
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
        for button in (self.back, self.copy, self.close_button):
            layout.addWidget(button)
        self.hide()

    def tell(self, sentence: str, details: str = "") -> None:
        """Show a sentence about a mistake; nothing where it is empty."""
        self._details = details
        self._show(sentence, "error")
        self.copy.setVisible(bool(details))

    def offer(self, sentence: str, take_back: Callable[[], object], word: str = TAKE_BACK) -> None:
        """Show a sentence about what was done, and offer to take it back, or what `word` says."""
        self._take_back = take_back
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

    def _undo(self) -> None:
        self.hide()
        self._take_back()
