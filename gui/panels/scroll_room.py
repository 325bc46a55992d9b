"""Room for something that scrolls where there is less of it than it wants."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class Rest(QWidget):
    """What takes the room that is left, and asks for no more than it needs: its neighbour scrolls only then."""

    def sizeHint(self) -> QSize:
        """Return the least room."""
        return self.minimumSizeHint()


class ScrollRoom(QScrollArea):
    """As high as its content asks to be, and as little as `least_px` where the window is small."""

    def __init__(self, content: QWidget, least_px: int) -> None:
        super().__init__(widgetResizable=True)
        self._least_px = least_px
        self.setObjectName("page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        """Return the size that the content asks for."""
        return self.widget().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which the content can be scrolled through."""
        return QSize(self.widget().minimumSizeHint().width(), min(self._least_px, self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height as soon as the content does."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
