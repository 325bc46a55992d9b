"""A line that says what went wrong, with details to copy, or what was done, with a button that undoes it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
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
        self._details = self._about = ""
        # What it returns is not used.
        self._act: Callable[[], object] | None = None
        self.back = TextButton(UNDO, "offer")
        self.back.clicked.connect(self._press)
        self.copy = TextButton("Copy details", "flat")
        # A method, because a lambda would keep the notice alive, and with it what it offers.
        self.copy.clicked.connect(self._copy_details)
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

    def notify(self, sentence: str, details: str = "", about: str = "") -> None:
        """Show a sentence about a mistake.

        Where it is empty, hide the line: what went wrong has succeeded since.  With `about`, which says what that was,
        a line about anything else stays.
        """
        if not sentence and about != self._about:
            return
        self._details, self._about = details, about
        self._show(sentence, "error")
        self.copy.setVisible(bool(details))

    def offer(self, sentence: str, act: Callable[[], object], word: str = UNDO) -> None:
        """Show a sentence about what was done, and a button with `word` that calls `act`."""
        self._act, self._about = act, ""
        self.back.setText(word)
        self._show(sentence, "muted")
        self.back.show()

    def withdraw(self, sentence: str) -> None:
        """Hide the line if it still shows this sentence, which is no longer true."""
        if self.label.toolTip() == sentence:
            self.hide()

    def _show(self, sentence: str, kind: str) -> None:
        self.label.setObjectName(kind)
        self.label.style().polish(self.label)
        self.label.setText(sentence)
        self.label.setToolTip(sentence)
        for button in (self.back, self.copy):
            button.hide()
        self.setVisible(bool(sentence))

    def _copy_details(self) -> None:
        QApplication.clipboard().setText(self._details)

    def _press(self) -> None:
        act = self._act
        self.hide()
        if act is not None:
            act()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what was offered, which keeps other parts of the window alive."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._act = None
