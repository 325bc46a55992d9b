"""How a table may be read otherwise than it was: for each doubt a sentence, and a button that reads the file anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from engine.data.tables.reading import Doubt

GAP_PX, APART_PX = 2, 8


class TableDoubts(QWidget):
    """The doubts of a table, none at first.

    Attributes
    ----------
    chosen : signal of Reading
        That with which the file is to be read again.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[QLabel] = []
        self.offers: list[QToolButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GAP_PX)

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        """Show these doubts in the place of those before."""
        for widget in (*self.sentences, *self.offers):
            self._layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.sentences, self.offers = [], []
        for doubt in doubts:
            sentence, offer = QLabel(doubt.message), QToolButton()
            offer.setText(doubt.offer)
            sentence.setWordWrap(True)
            offer.setObjectName("offer")
            offer.setAccessibleName(f"{doubt.message} {doubt.offer}")
            offer.clicked.connect(lambda *_, other=doubt.other: self.chosen.emit(other))
            if self.sentences:
                sentence.setContentsMargins(0, APART_PX, 0, 0)
            self.sentences.append(sentence)
            self.offers.append(offer)
            for widget in (sentence, offer):
                self._layout.addWidget(widget)
                # Qt would show it only at the next turn of the event loop, and the popover needs its size before.
                widget.show()
        self.setVisible(bool(doubts))
        # Also the heights of the sentences follow before that turn.
        self._layout.activate()
