"""One of a few words, all in sight."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

HEIGHT_PX, INSET_PX = 26, 2
EVER_SO_WIDE_PX = 2**16


class Segments(QFrame):
    """A button a word, of which one is pressed.  `chosen` tells a word that a person pressed."""

    chosen = Signal(str)

    def __init__(self, name: str, tips: Mapping[str, str], now: str) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT_PX)
        self.buttons: dict[str, QToolButton] = {}
        self._tips, self._now, self._narrow, self._room_px = tips, now, False, EVER_SO_WIDE_PX
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
        self._now = word
        for name, button in self.buttons.items():
            button.setChecked(name == word)
        self.fit(self._room_px)

    def fit(self, room_px: int) -> None:
        """Take no more than so many pixels: where the words do not fit, only the pressed one is there.

        Pressed again, it gives way to the next.
        """
        self._room_px = room_px
        for button in self.buttons.values():
            # What a style sheet adds to a button is known to one that it has been applied to.
            button.ensurePolished()
        widths = {name: button.sizeHint().width() for name, button in self.buttons.items()}
        self._narrow = sum(widths.values()) + 2 * INSET_PX > room_px
        for name, button in self.buttons.items():
            button.setVisible(name == self._now or not self._narrow)
            button.setToolTip(f"{self._tips[name]}; press for the next" if self._narrow else self._tips[name])
        self.layout().invalidate()
        self.setFixedWidth(self.sizeHint().width())

    def _choose(self, word: str) -> None:
        if self._narrow and word == self._now:
            words = list(self.buttons)
            word = words[(words.index(word) + 1) % len(words)]
        # A pressed word that is pressed again stays.
        self.show_choice(word)
        self.chosen.emit(word)
