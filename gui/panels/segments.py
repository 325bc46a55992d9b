"""One of a few words, all in sight."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

HEIGHT_PX, INSET_PX = 26, 2


class Segments(QFrame):
    """A button a word, of which one is pressed.  `chosen` tells a word that a person pressed."""

    chosen = Signal(str)

    def __init__(self, name: str, tips: Mapping[str, str], now: str) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT_PX)
        self.buttons: dict[str, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(INSET_PX, INSET_PX, INSET_PX, INSET_PX)
        layout.setSpacing(0)
        for word, tip in tips.items():
            button = QToolButton(text=word, checkable=True)
            button.setObjectName("segment")
            button.setToolTip(tip)
            button.setAccessibleName(f"{name}: {word}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setFixedHeight(HEIGHT_PX - 2 * INSET_PX)
            button.clicked.connect(lambda *_, word=word: self._choose(word))
            self.buttons[word] = button
            layout.addWidget(button)
        self.show_choice(now)

    def show_choice(self, word: str) -> None:
        """Have this word pressed."""
        for name, button in self.buttons.items():
            button.setChecked(name == word)

    def _choose(self, word: str) -> None:
        # A pressed word that is pressed again stays.
        self.show_choice(word)
        self.chosen.emit(word)
