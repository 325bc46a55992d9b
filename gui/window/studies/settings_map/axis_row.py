"""The controls of one axis: which number it is, its ends, and its scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.session.study_choices import AxisChoice
from gui.widgets.numbers.number_field import NumberField
from gui.widgets.numbers.range_popover import range_mistake
from gui.widgets.text_button import TextButton
from gui.widgets.wheel import ChoiceBox
from gui.window.studies.settings_map.numbers import LINEAR, LOG, Number

END_PX, NAME_PX, DIGITS = 128, 120, 12


class AxisRow(QWidget):
    """The controls.  `chosen` is emitted with another axis, `refused` with why it cannot be, or with ""."""

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._numbers: Mapping[str, Number] = {}
        self._axis: AxisChoice | None = None
        self.name, self.scale = ChoiceBox(), TextButton("", "flat")
        self.name.setAccessibleName(f"Number along {title}")
        self.name.setMinimumWidth(NAME_PX)
        self.name.activated.connect(self._take_name)
        self.scale.setToolTip("Even on a log scale, or between the ends")
        self.scale.setAccessibleName(f"Scale along {title}")
        self.scale.clicked.connect(self._switch)
        self.low, self.high = (
            NumberField(f"The {end} end along {title}", END_PX, f"{{:.{DIGITS}g}}".format, keeps_refused=True)
            for end in ("low", "high")
        )
        for field in (self.low, self.high):
            field.entered.connect(self._take_ends)
            field.refused.connect(self._take_ends)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (QLabel(title), self.name, self.low, QLabel("to"), self.high, self.scale):
            row.addWidget(widget)
        row.addStretch(1)

    def show_axis(self, axis: AxisChoice, numbers: Mapping[str, Number]) -> None:
        """Show an axis, which is one of `numbers`."""
        if list(numbers) != list(self._numbers):
            self.name.clear()
            self.name.addItems(list(numbers))
        self._axis, self._numbers = axis, numbers
        self.name.setCurrentText(axis.name)
        self.scale.setText(axis.scale)
        for field, end in ((self.low, axis.low), (self.high, axis.high)):
            field.show_value(end)

    def _take_name(self, _: int) -> None:
        number = self._numbers.get(self.name.currentText())
        if number is not None and (self._axis is None or number.written != self._axis.name):
            self._choose(number.first)

    def _switch(self) -> None:
        if self._axis is not None:
            self._choose(replace(self._axis, scale=LINEAR if self._axis.scale == LOG else LOG))

    def _take_ends(self, *_: object) -> None:
        mistake = self.low.mistake or self.high.mistake
        if mistake:
            self.refused.emit(mistake)
        elif self._axis is not None:
            self._choose(replace(self._axis, low=self.low.value, high=self.high.value))

    def _choose(self, axis: AxisChoice) -> None:
        mistake = range_mistake(axis.low, axis.high, axis.scale == LOG)
        self.refused.emit(f"{axis.name}: {mistake}" if mistake else "")
        if not mistake and axis != self._axis:
            self.chosen.emit(axis)
