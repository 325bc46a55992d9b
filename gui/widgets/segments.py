"""A segmented control: a choice among a few words, all of which are visible."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

from gui.widgets.text_button import TextButton

HEIGHT_PX, INSET_PX = 26, 2
UNLIMITED_PX = 2**16


class Segments(QFrame):
    """A button for each word, one of which is pressed.  `chosen` is emitted with the word that a person presses.

    Attributes
    ----------
    marked : str
        The word with an outline; "" where none has one.
    """

    chosen = Signal(str)

    def __init__(self, name: str, tips: Mapping[str, str], now: str) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT_PX)
        self.buttons: dict[str, QToolButton] = {}
        self._tips, self._now, self._narrow, self._room_px = dict(tips), now, False, UNLIMITED_PX
        self.marked = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(INSET_PX, INSET_PX, INSET_PX, INSET_PX)
        self._row.setSpacing(0)
        for word, tip in tips.items():
            button = TextButton(word, "segment", checkable=True)
            button.setToolTip(tip)
            button.setAccessibleName(f"{name}: {word}")
            button.setFixedHeight(HEIGHT_PX - 2 * INSET_PX)
            button.clicked.connect(lambda *_, word=word: self._choose(word))
            self.buttons[word] = button
            self._row.addWidget(button)
        self.show_choice(now)

    def show_choice(self, word: str) -> None:
        """Show this word as pressed."""
        self._now = word
        for name, button in self.buttons.items():
            button.setChecked(name == word)
        self.fit(self._room_px)

    def mark(self, word: str) -> None:
        """Draw an outline around a word, which the pressed one stands for now; "" around none."""
        if word == self.marked:
            return
        self.marked = word
        for name, button in self.buttons.items():
            button.setProperty("marked", name == word)
            # A style sheet looks at properties only when it is applied.
            button.style().unpolish(button)
            button.style().polish(button)

    def set_tip(self, word: str, tip: str) -> None:
        """Set the tooltip of a word."""
        if self._tips[word] != tip:
            self._tips[word] = tip
            self.fit(self._room_px)

    def fit(self, room_px: int) -> None:
        """Take no more than `room_px`; where the words do not fit, only the pressed one is shown.

        Pressing that one chooses the next word.
        """
        self._room_px = room_px
        for button in self.buttons.values():
            # sizeHint includes the padding of the style sheet only after the sheet was applied.
            button.ensurePolished()
        widths = {name: button.sizeHint().width() for name, button in self.buttons.items()}
        self._narrow = sum(widths.values()) + 2 * INSET_PX > room_px
        for name, button in self.buttons.items():
            button.setVisible(name == self._now or not self._narrow)
            button.setToolTip(f"{self._tips[name]}; press for the next" if self._narrow else self._tips[name])
        self._row.invalidate()
        self.setFixedWidth(self.sizeHint().width())

    def _choose(self, word: str) -> None:
        if self._narrow and word == self._now:
            words = list(self.buttons)
            word = words[(words.index(word) + 1) % len(words)]
        # Qt has released a button that was pressed again.
        self.show_choice(word)
        self.chosen.emit(word)
