"""A line of text that is cut off with dots where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget


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

    def event(self, event: QEvent) -> bool:
        """Show the whole of a text that is cut off above the tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return show_whole(self, self.text(), self.words_rect().width(), event)
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        words = self.words_rect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


def show_whole(widget: QWidget, text: str, room: int, event: QHelpEvent) -> bool:
    """Show the tooltip of a widget, beneath the whole of its `text` where that needs more than `room` pixels."""
    cut = widget.fontMetrics().horizontalAdvance(text) > room
    lines = dict.fromkeys(filter(None, [text if cut else "", widget.toolTip()]))
    QToolTip.showText(event.globalPos(), "\n".join(lines), widget)
    return True


class YieldingLabel(ElidedLabel):
    """A label that asks for the width of its text; an `ElidedLabel` asks for none and takes what is left."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def words_rect(self) -> QRect:
        """Return the label's rectangle without the padding of the style sheet."""
        padding = (self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())) // 2
        return self.rect().adjusted(padding, 0, -padding, 0)
