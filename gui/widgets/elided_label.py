"""A line of text that is cut off with dots where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class ElidedLabel(QLabel):
    """A label that may be narrower than its text."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Return that no width is needed."""
        return QSize(0, super().minimumSizeHint().height())

    def words_rect(self) -> QRect:
        """Return where the words are painted."""
        return self.rect()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        words = self.words_rect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class YieldingLabel(ElidedLabel):
    """A label that asks for the width of its text; an `ElidedLabel` asks for none and takes what is left."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def words_rect(self) -> QRect:
        """Return the label's rectangle without the padding of the style sheet."""
        padding = (self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())) // 2
        return self.rect().adjusted(padding, 0, -padding, 0)
