"""How a formula is read, and beside that what is wrong in it and what the function around the cursor takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from engine.language.errors import Replacement
from engine.loss.hints import Hint
from gui.formula.typeset import FormulaTypeset
from gui.look.theme import Theme
from gui.widgets.offer_label import OfferLabel

LINE_PX, APART_PX = 20, 28
"""The height of a sentence, and how far it stands from the formula."""


class FormulaReading(QWidget):
    """A strip that keeps its height.

    The sentences lie on it, so that none leaves a gap and the formula stays where it is: beside the formula, or over
    its end where there is no room.  `chosen` tells the `Replacement` that was clicked in one.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.typeset = FormulaTypeset(theme)
        self.message = OfferLabel("error", "What is wrong with the formula")
        self.hint = OfferLabel("muted", "What the formula may be meant as")
        self.tip = QLabel()
        for label in (self.message, self.hint):
            label.chosen.connect(self.chosen)
        self.tip.setObjectName("muted")
        self.tip.setTextFormat(Qt.TextFormat.RichText)
        self.tip.setAccessibleName("Arguments")
        self._hints: Sequence[Hint] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.typeset)
        self.words = QFrame(self)
        self.words.setObjectName("words")
        column = QVBoxLayout(self.words)
        column.setContentsMargins(APART_PX, 0, 0, 0)
        column.setSpacing(0)
        self._labels: tuple[QLabel, ...] = (self.message, self.hint, self.tip)
        for label in self._labels:
            label.setFixedHeight(LINE_PX)
            column.addWidget(label)
        self.typeset.drawn.connect(self._place)
        self.tell("")
        self.show_hints(())
        self.show_tip("")

    def tell(self, sentence: str, details: str = "", offered: Sequence[Replacement] = ()) -> None:
        """Say what is wrong, and offer texts to put in; "" where nothing is.  `details` come up over it."""
        self.message.setToolTip(details or sentence)
        self.message.tell(sentence, offered)
        self._show(self.message)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Say what a good formula may be meant as, the first of `hints`; all come up over it."""
        self._hints = hints
        self.hint.setToolTip("\n".join(hint.sentence for hint in hints))
        self._tell_hint(brief=False)
        self._show(self.hint)

    def _tell_hint(self, brief: bool) -> None:
        first = self._hints[0] if self._hints else None
        sentence = "" if first is None else first.brief if brief else first.sentence
        if sentence != self.hint.sentence:
            self.hint.tell(sentence, [first.replacement] if first is not None else [])

    def show_tip(self, tip: str) -> None:
        """Tell the call around the cursor, as rich text, or ""."""
        self.tip.setText(tip)
        self._show(self.tip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sentences within."""
        super().resizeEvent(event)
        self._place()

    def _show(self, label: QLabel) -> None:
        label.setVisible(bool(label.text()))
        self._place()

    def _place(self) -> None:
        """Put the sentences beside the formula, or at the lower end of the strip."""
        told = [label for label in self._labels if label.text()]
        self.words.setVisible(bool(told))
        beside = self.typeset.sheet.width()
        self._tell_hint(brief=False)
        # A mistake dims the formula that it lies over; a hint leaves it to be read.
        self._tell_hint(brief=beside + self._wanted(told) > self.width())
        width, height = min(self._wanted(told), self.width()), len(told) * LINE_PX
        if beside + width <= self.width():
            self.words.setGeometry(beside, (self.height() - height) // 2, width, height)
        else:
            self.words.setGeometry(self.width() - width, self.height() - height, width, height)

    def _wanted(self, told: Sequence[QLabel]) -> int:
        """Return the width that sentences need."""
        return APART_PX + max((label.sizeHint().width() for label in told), default=0)
