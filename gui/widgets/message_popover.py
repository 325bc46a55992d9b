"""A sentence that opens beneath the control that cannot do what it was asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.widgets.popover import Popover

WIDTH_PX = 260


class MessagePopover(Popover):
    """One sentence."""

    def __init__(self, owner: QWidget, sentence: str) -> None:
        super().__init__(owner)
        self.label = QLabel(sentence)
        self.label.setWordWrap(True)
        self.label.setFixedWidth(WIDTH_PX)
        layout = QVBoxLayout(self)
        layout.addWidget(self.label)
