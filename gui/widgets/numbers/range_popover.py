"""A popover with two fields for the ends of a slider; a message beneath them says why a pair is refused."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from gui.widgets.numbers.number_field import NumberField
from gui.widgets.popover import Popover
from landscapes.landscape import Range

FIELD_WIDTH_PX, WIDTH_PX = 92, 230


class RangePopover(Popover):
    """Two fields for the ends.  `chosen` is emitted with new ends."""

    chosen = Signal(float, float)

    def __init__(self, owner: QWidget, name: str, ends: Range, first: Range, log: bool) -> None:
        super().__init__(owner)
        self._log = log
        self.setFixedWidth(WIDTH_PX)
        heading = QLabel(f"Slider of {name}{', log scale' if log else ''}")
        heading.setObjectName("heading")
        self.low, self.high = (self._field(f"{side} end of {name}") for side in ("Low", "High"))
        self.message = QLabel()
        self.message.setObjectName("error")
        self.message.setWordWrap(True)
        self.message.hide()
        self.reset = QPushButton("Reset")
        self.reset.setToolTip(f"Back to {first[0]:g} to {first[1]:g}")
        self.reset.clicked.connect(lambda: self._reset(*first))
        layout = QGridLayout(self)
        layout.addWidget(heading, 0, 0, 1, 3)
        layout.addWidget(self.low, 1, 0)
        layout.addWidget(QLabel("to"), 1, 1)
        layout.addWidget(self.high, 1, 2)
        layout.addWidget(self.message, 2, 0, 1, 3)
        layout.addWidget(self.reset, 3, 0, 1, 3)
        self.show_ends(*ends)

    def show_ends(self, low: float, high: float) -> None:
        """Show these ends in the fields."""
        fields = self.low, self.high
        for field, end in zip(fields, (low, high), strict=True):
            field.show_value(end)
        for field in fields:
            field.discard()

    def _reset(self, low: float, high: float) -> None:
        self.show_ends(low, high)
        self._take()

    def _field(self, name: str) -> NumberField:
        field = NumberField(name, FIELD_WIDTH_PX, "{:g}".format, keeps_refused=True)
        field.setToolTip(name)
        field.entered.connect(self._take)
        field.refused.connect(self._take)
        return field

    def _take(self) -> None:
        """Take the ends that the fields hold now, or say why they cannot be."""
        low, high = self.low.value, self.high.value
        sentence = self.low.mistake or self.high.mistake or range_mistake(low, high, self._log)
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        self.take_room()
        if not sentence:
            self.chosen.emit(low, high)


def range_mistake(low: float, high: float, log: bool) -> str:
    """Return why a slider cannot go from `low` to `high`, as a sentence; "" where it can."""
    if low >= high:
        return "The low end must be below the high end."
    if log and low <= 0.0:
        return "A log scale begins above 0."
    return "" if high - low < float("inf") else "The ends are too far apart."
