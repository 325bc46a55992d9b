"""A label whose text changes with each frame: the window is laid out again only where the text needs other room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QLabel

EMPTIEST_SHARE = 0.5
"""The label becomes narrower only where its text fills less than this share of it, so that a number does not jump."""


class SteadyLabel(QLabel):
    """A label of one line that grows with its text, and shrinks only where it is half empty.

    Any change of an ordinary label's text lays all of its window out again; a widget of fixed size asks for nothing.

    Parameters
    ----------
    least_px : int
        The least width.
    """

    def __init__(self, text: str = "", least_px: int = 0) -> None:
        super().__init__()
        self._least_px = least_px
        self._fit()
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text."""
        if text == self.text():
            return
        super().setText(text)
        needed = self.fontMetrics().horizontalAdvance(text)
        if not EMPTIEST_SHARE * self._filled <= needed <= self._filled:
            self._fit()

    def sizeHint(self) -> QSize:
        """Return the size that it has."""
        return self.minimumSize()

    def minimumSizeHint(self) -> QSize:
        """Return the size that it has."""
        return self.minimumSize()

    def changeEvent(self, event: QEvent) -> None:
        """Take the room that the text needs in another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """Take the room that the text needs now."""
        # Qt's label never asks for less than its least size.
        self.setMinimumSize(0, 0)
        wanted = super().sizeHint()
        self._filled = self.fontMetrics().horizontalAdvance(self.text())
        spare = max(self._least_px - wanted.width(), 0)
        self._filled += spare
        self.setFixedSize(wanted.width() + spare, wanted.height())
