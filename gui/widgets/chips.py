"""A row of small toggle buttons, any number of which are on."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

GAP_PX, HEIGHT_PX = 5, 24


class Chips(QWidget):
    """A toggle button for each name; `changed` is emitted when another set of them is on."""

    changed = Signal()

    def __init__(self, tips: Mapping[str, str]) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_PX)
        self.switches = {name: self._made(name, tip) for name, tip in tips.items()}
        for switch in self.switches.values():
            layout.addWidget(switch)
        layout.addStretch(1)

    @property
    def on(self) -> list[str]:
        """The names of the switches that are on."""
        return [name for name, switch in self.switches.items() if switch.isChecked()]

    def clear(self) -> None:
        """Switch all off."""
        for switch in self.switches.values():
            switch.setChecked(False)

    def _made(self, name: str, tip: str) -> QPushButton:
        switch = QPushButton(name)
        switch.setCheckable(True)
        switch.setObjectName("chip")
        switch.setFixedHeight(HEIGHT_PX)
        switch.setToolTip(tip[:1].upper() + tip[1:])
        switch.setAutoDefault(False)
        switch.toggled.connect(lambda _: self.changed.emit())
        return switch
