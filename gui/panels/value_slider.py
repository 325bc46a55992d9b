"""A declared number as a control: name, slider and field, for parameters and hyperparameters alike."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QSlider, QWidget

from engine.optimizers import Hyperparameter

NOTCHES = 1000
NAME_WIDTH_PX, FIELD_WIDTH_PX = 96, 78


class ValueSlider(QWidget):
    """One number.  `changed` tells a new value; a text that is no number is refused with a sentence."""

    changed = Signal(float)
    refused = Signal(str)

    def __init__(self, row: Hyperparameter, value: float) -> None:
        super().__init__()
        self._row, self._value = row, value
        self._low, self._high = min(row.low, value), max(row.high, value)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        label = QLabel(row.name)
        label.setObjectName("muted")
        label.setFixedWidth(NAME_WIDTH_PX)
        layout.addWidget(label)
        tip = f"{row.help or row.name}: {row.low:g} to {row.high:g}{', log scale' if row.scale == 'log' else ''}"
        self.setToolTip(tip)
        if row.scale == "switch":
            self._box = QCheckBox()
            self._box.setAccessibleName(row.name)
            self._box.setChecked(value != 0.0)
            self._box.toggled.connect(lambda on: self._take(float(on)))
            layout.addWidget(self._box, 1)
            return
        self.slider = QSlider(Qt.Orientation.Horizontal, minimum=0, maximum=NOTCHES)
        self.slider.setAccessibleName(f"{row.name} slider")
        self.field = QLineEdit()
        self.field.setAccessibleName(row.name)
        self.field.setFixedWidth(FIELD_WIDTH_PX)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.field)
        self._show()
        self.slider.valueChanged.connect(lambda notch: self._take(self._value_at(notch / NOTCHES), moving=True))
        self.field.editingFinished.connect(self._typed)

    @property
    def value(self) -> float:
        """The number now."""
        return self._value

    def _value_at(self, share: float) -> float:
        if self._row.scale == "log":
            return float(f"{self._low * (self._high / self._low) ** share:.3g}")
        return float(f"{self._low + (self._high - self._low) * share:.4g}")

    def _share(self) -> float:
        if self._high == self._low:
            return 0.0
        if self._row.scale == "log":
            return math.log(max(self._value, self._low) / self._low) / math.log(self._high / self._low)
        return (self._value - self._low) / (self._high - self._low)

    def _typed(self) -> None:
        try:
            value = float(self.field.text())
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.refused.emit(f"{self._row.name} must be a finite number, not {self.field.text() or 'nothing'}.")
            self._show()
            return
        if value == self._value:
            return
        log_refuses = self._row.scale == "log" and value <= 0.0
        self._low = self._low if log_refuses else min(self._low, value)
        self._high = max(self._high, value)
        self._take(value)

    def _take(self, value: float, moving: bool = False) -> None:
        self._value = value
        if self._row.scale != "switch":
            self._show(keep_slider=moving)
        self.changed.emit(value)

    def _show(self, keep_slider: bool = False) -> None:
        self.field.setText(f"{self._value:.5g}")
        if not keep_slider:
            self.slider.blockSignals(True)
            self.slider.setValue(round(NOTCHES * min(max(self._share(), 0.0), 1.0)))
            self.slider.blockSignals(False)
