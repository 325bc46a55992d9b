"""A popover with one sentence, which says why the control above it cannot do what it was asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.widgets.popover import Popover

WIDTH_PX = 260


class MessagePopover(Popover):
    """A sentence beneath a control."""

    def __init__(self, owner: QWidget, sentence: str) -> None:
        super().__init__(owner)
        self.label = QLabel(sentence)
        self.label.setWordWrap(True)
        self.label.setFixedWidth(WIDTH_PX)
        layout = QVBoxLayout(self)
        layout.addWidget(self.label)
