"""A scroll area that takes the height of its content, up to a share of the window's height."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from gui.widgets.layouts import layout_of

MOST_SHARE = 0.36
"""The most that it takes of the window's height; the rest is left to the views."""


class Rest(QWidget):
    """The widget below a `ScrollRoom`: it asks for its least height only, so that the `ScrollRoom` need not scroll."""

    def sizeHint(self) -> QSize:
        """Return the least size."""
        return self.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Return False: else a box layout would ask for the preferred height at this width, not for the least."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Return the least size; wrapped sentences take the lines that they need at the present width."""
        least, layout = super().minimumSizeHint(), layout_of(self)
        wrapped = layout.minimumHeightForWidth(self.width()) if layout.hasHeightForWidth() else 0
        return QSize(least.width(), max(least.height(), wrapped))


class ScrollRoom(QScrollArea):
    """A scroll area as high as its content, but as low as `least_px` where the window is small.

    Call `updateGeometry` when the window has another height.
    """

    def __init__(self, content: QWidget, least_px: int) -> None:
        super().__init__(widgetResizable=True)
        self._least_px = least_px
        self.setObjectName("page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._content = content
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        """Return the size of the content, but no more than a share of the window's height."""
        wanted, most = self._content.sizeHint(), round(MOST_SHARE * self.window().height())
        return QSize(wanted.width(), min(wanted.height(), max(most, self._least_px)))

    def minimumSizeHint(self) -> QSize:
        """Return the least size in which the content can be scrolled through."""
        return QSize(self._content.minimumSizeHint().width(), min(self._least_px, self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height when the content does."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
