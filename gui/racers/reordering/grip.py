"""The grip at the edge of a card, which shows that the card can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget

TIP = "Drag it, or the head of the card, to move the racer among the others; Esc leaves it where it is"
DOT_PX, PITCH_PX, COLUMNS, ROWS = 1.8, 3.6, 2, 3
EDGE_PX = 3.4
"""From the left edge of the grip to its first dots."""


class Grip(QWidget):
    """Six dots.  It leaves the mouse to the card."""

    def __init__(self, card: QWidget, place: QRect) -> None:
        super().__init__(card)
        self.setGeometry(place)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(TIP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QApplication.palette().color(QPalette.ColorRole.PlaceholderText))
        top = (self.height() - (ROWS - 1) * PITCH_PX) / 2.0
        for row in range(ROWS):
            for column in range(COLUMNS):
                middle = QPointF(EDGE_PX + DOT_PX / 2.0 + column * PITCH_PX, top + row * PITCH_PX)
                painter.drawEllipse(middle, DOT_PX / 2.0, DOT_PX / 2.0)
        painter.end()
