"""A chip that says in a few signs what was changed of the landscape, and undoes it when it is clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QPushButton, QStyleOptionButton

from gui.widgets.chips import HEIGHT_PX
from gui.widgets.elided_label import show_whole

CROSS = "  ✕"
EDGES_PX = 18
"""What a chip is wider than its words."""


class ChangeChip(QPushButton):
    """It may be narrower than its words, which are cut off with dots then; its cross always stays."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("chip")
        self.setFixedHeight(HEIGHT_PX)
        self.hide()

    def show_change(self, text: str, tip: str) -> None:
        """Show what was changed, and what a click does; hide the chip where `text` is empty."""
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(f"{text}. {tip}")
        self.setVisible(bool(text))

    def sizeHint(self) -> QSize:
        """Return the room for the words and the cross."""
        # The font is that of the style sheet only once the sheet was applied.
        self.ensurePolished()
        measured = self.fontMetrics().horizontalAdvance
        return QSize(measured(self.text()) + measured(CROSS) + EDGES_PX, HEIGHT_PX)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Give Qt as many of the words as fit, and the cross."""
        super().initStyleOption(option)
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self._words_px) + CROSS

    def event(self, event: QEvent) -> bool:
        """Show the whole of words that are cut off above the tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return show_whole(self, self.text(), self._words_px, event)
        return super().event(event)

    @property
    def _words_px(self) -> int:
        return self.width() - EDGES_PX - self.fontMetrics().horizontalAdvance(CROSS)


def share_width(chips: Sequence[ChangeChip], room_px: int) -> None:
    """Give each chip that is shown the width of its words; where there is less room, the widest one is cut off."""
    widths = {chip: chip.sizeHint().width() for chip in chips if not chip.isHidden()}
    beyond = sum(widths.values()) - room_px
    if beyond > 0:
        widths[max(widths, key=lambda chip: widths[chip])] -= beyond
    for chip, width in widths.items():
        chip.setFixedWidth(width)
