"""A button without a frame: an icon and a few words, muted until they are pointed at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy

from gui.look.icons import paint_icon
from gui.look.offscreen import theme_palette
from gui.widgets.elided_label import show_whole

ICON_PX, GAP_PX, CORNER_PX = 14, 5, 4


class LinkButton(QPushButton):
    """A button that may be narrower than its words, which are cut off with dots then."""

    def __init__(self, icon: str, text: str = "") -> None:
        super().__init__(text)
        self._icon = icon
        self.setObjectName("link")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for icon and words."""
        height = super().sizeHint().height()
        return QSize(ICON_PX + GAP_PX + self.fontMetrics().horizontalAdvance(self.text()), height)

    def event(self, event: QEvent) -> bool:
        """Show the whole of words that are cut off above the tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return show_whole(self, self.text(), self.width() - ICON_PX - GAP_PX, event)
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon, and as many of the words as fit."""
        palette, active = theme_palette(self), self.underMouse() or self.hasFocus()
        colour = palette.color(QPalette.ColorRole.WindowText if active else QPalette.ColorRole.PlaceholderText)
        painter = QPainter(self)
        rect = QRectF(0.0, (self.height() - ICON_PX) / 2.0, ICON_PX, ICON_PX)
        paint_icon(painter, self._icon, rect, colour)
        words = QRectF(self.rect()).adjusted(ICON_PX + GAP_PX, 0.0, 0.0, 0.0)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()))
        painter.setPen(colour)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX, CORNER_PX)
        painter.end()
