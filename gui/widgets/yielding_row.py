"""A row of controls and labels that hides labels where it is too narrow for both."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

EASE_PX = 40
"""The width that labels leave to the controls beyond the least that those need."""


class YieldingRow(QWidget):
    """Fill `row` with widgets, then call `give_way` with the labels that may be hidden."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._words: Sequence[QLabel] = ()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(spacing)

    def give_way(self, words: Sequence[QLabel]) -> None:
        """Hide these labels where there is no room for them, the last ones first."""
        self._words = words
        self.fit()

    def fit(self) -> None:
        """Show as many of the labels as there is room for; call it when the text of one has changed."""
        room = self.width() - self._least_width - EASE_PX
        for word in self._words:
            room -= self._width_of(word)
            word.setVisible(bool(word.text()) and room >= 0)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the controls alone."""
        return QSize(self._least_width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the labels for which there is room now."""
        super().resizeEvent(event)
        self.fit()

    @property
    def _least_width(self) -> int:
        shown = sum(self._width_of(word) for word in self._words if not word.isHidden())
        return self.row.totalMinimumSize().width() - shown

    def _width_of(self, word: QLabel) -> int:
        return word.minimumSizeHint().width() + self.row.spacing() if word.text() else 0
