"""A row of controls whose words give way: where it is narrow, the controls stay and their words go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

EASE_PX = 40
"""Words leave this much to the controls beside what those need at least."""


class YieldingRow(QWidget):
    """Fill `row` with widgets, then name the words that may go."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._words: Sequence[QLabel] = ()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(spacing)

    def give_way(self, words: Sequence[QLabel]) -> None:
        """Let these words go where there is no room for them, the last ones first."""
        self._words = words
        self.fit()

    def fit(self) -> None:
        """Show as many of the words as there is room for; call it when one of them has changed."""
        room = self.width() - self._least_width - EASE_PX
        for word in self._words:
            room -= self._width_of(word)
            word.setVisible(bool(word.text()) and room >= 0)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the controls alone."""
        return QSize(self._least_width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the words for which there is room now."""
        super().resizeEvent(event)
        self.fit()

    @property
    def _least_width(self) -> int:
        shown = sum(self._width_of(word) for word in self._words if not word.isHidden())
        return self.row.totalMinimumSize().width() - shown

    def _width_of(self, word: QLabel) -> int:
        return word.minimumSizeHint().width() + self.row.spacing() if word.text() else 0
