"""Room for something that scrolls where there is less of it than it wants."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

MOST_SHARE = 0.36
"""Of the height of the window: the rest is for what the window is about."""


class Rest(QWidget):
    """What takes the room that is left, and asks for no more than it needs: its neighbour scrolls only then."""

    def sizeHint(self) -> QSize:
        """Return the least room."""
        return self.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Return that the height is not asked for by the width: a box would take that for a wish, not for the least."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Return the least room, in which sentences take as many lines as they need in the width of now."""
        least, layout = super().minimumSizeHint(), self.layout()
        lines = layout.minimumHeightForWidth(self.width()) if layout.hasHeightForWidth() else 0
        return QSize(least.width(), max(least.height(), lines))


class ScrollRoom(QScrollArea):
    """As high as its content asks to be, and as little as `least_px` where the window is small.

    Tell it by `updateGeometry` that the window has another height.
    """

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
        """Return the size that the content asks for, but not more than a share of the window."""
        wanted, most = self.widget().sizeHint(), round(MOST_SHARE * self.window().height())
        return QSize(wanted.width(), min(wanted.height(), max(most, self._least_px)))

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which the content can be scrolled through."""
        return QSize(self.widget().minimumSizeHint().width(), min(self._least_px, self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height as soon as the content does."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
