"""The strip beneath the editor: the formula typeset, and beside it its mistakes, hints, and the call at the cursor."""

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
"""The height of a line, and the distance between the formula and the lines."""


class FormulaReading(QWidget):
    """A strip whose height does not depend on what it shows.

    The lines of text lie beside the formula, or over its end where there is no room, so that they never move it.
    `chosen` is emitted with the `Replacement` that was clicked.
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
        for line in self._labels:
            line.setFixedHeight(LINE_PX)
            column.addWidget(line)
        self.typeset.drawn.connect(self._place)
        self.show_message("")
        self.show_hints(())
        self.show_tip("")

    def show_message(self, sentence: str, details: str = "", offered: Sequence[Replacement] = ()) -> None:
        """Show what is wrong, with texts that can be inserted; hide the line after "".  `details` are its tooltip."""
        self.message.setToolTip(details or sentence)
        self.message.show_message(sentence, offered)
        self._show(self.message)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show the first of `hints` about what a correct formula may be meant as; all are its tooltip."""
        self._hints = hints
        self.hint.setToolTip("\n".join(hint.sentence for hint in hints))
        self._write_hint(brief=False)
        self._show(self.hint)

    def _write_hint(self, brief: bool) -> None:
        first = self._hints[0] if self._hints else None
        sentence = "" if first is None else first.brief if brief else first.sentence
        if sentence != self.hint.sentence:
            self.hint.show_message(sentence, [first.replacement] if first is not None else [])

    def show_tip(self, tip: str) -> None:
        """Show the signature of the call around the cursor, as rich text, or ""."""
        self.tip.setText(tip)
        self._show(self.tip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines within the strip."""
        super().resizeEvent(event)
        self._place()

    def _show(self, label: QLabel) -> None:
        label.setVisible(bool(label.text()))
        self._place()

    def _place(self) -> None:
        """Put the lines beside the formula, or over its lower right corner."""
        shown = [label for label in self._labels if label.text()]
        self.words.setVisible(bool(shown))
        beside = self.typeset.sheet.width()
        self._write_hint(brief=False)
        # A hint must not cover the formula; a message may, because a mistake dims the formula anyway.
        self._write_hint(brief=beside + self._wanted(shown) > self.width())
        width, height = min(self._wanted(shown), self.width()), len(shown) * LINE_PX
        if beside + width <= self.width():
            self.words.setGeometry(beside, (self.height() - height) // 2, width, height)
        else:
            self.words.setGeometry(self.width() - width, self.height() - height, width, height)

    def _wanted(self, shown: Sequence[QLabel]) -> int:
        """Return the width that these lines need."""
        return APART_PX + max((label.sizeHint().width() for label in shown), default=0)
