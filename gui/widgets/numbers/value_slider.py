"""The control for a declared number, be it a parameter or a hyperparameter: its name, slider, field and range."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from engine.language.number_spec import NumberSpec
from gui.widgets.icon_button import IconButton
from gui.widgets.numbers.number_field import NumberField
from gui.widgets.numbers.range_popover import RangePopover
from gui.widgets.wheel import Slider
from landscapes.landscape import Range

NOTCHES = 1000
NAME_WIDTH_PX, FIELD_WIDTH_PX, RANGE_PX, LEAST_SLIDER_PX = 96, 72, 22, 40


class ValueSlider(QWidget):
    """A slider with its name, a field and a button for its ends; a check box where the number's scale is "switch".

    `changed` is emitted with a new value, `range_changed` with new ends, `refused` with a sentence about a text that is
    no number, `ends_shown` with ends that were chosen elsewhere.

    Parameters
    ----------
    spec : NumberSpec
        Name, ends, scale, unit, and whether it takes whole numbers only.
    value : float
    ends : (float, float) or None
        The ends that were chosen instead of those of `spec`.
    held : bool
        Whether the ends are limits: they cannot be moved, and no number beyond them is taken.
    """

    changed = Signal(float)
    range_changed = Signal(float, float)
    refused = Signal(str)
    ends_shown = Signal(float, float)

    def __init__(self, spec: NumberSpec, value: float, ends: Range | None = None, held: bool = False) -> None:
        super().__init__()
        self._spec, self._value = spec, value
        self._low, self._high = ends or (spec.low, spec.high)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._name = QLabel()
        self._name.setObjectName("muted")
        self.set_name_width(NAME_WIDTH_PX)
        layout.addWidget(self._name)
        if spec.scale == "switch":
            layout.addWidget(self._make_box(), 1)
        else:
            self._make_slider(held)
            layout.addWidget(self.slider, 1)
            layout.addWidget(self.field)
            layout.addWidget(self.range)
            self.range.setVisible(not held)
            self._widen(value)
            self._show()

    def _make_box(self) -> QCheckBox:
        spec = self._spec
        self.setToolTip(f"{spec.help or spec.name}: on or off")
        self._box = QCheckBox()
        self._box.setAccessibleName(spec.name)
        self._box.setChecked(self._value != 0.0)
        self._box.toggled.connect(lambda on: self._take(float(on)))
        return self._box

    def _make_slider(self, held: bool) -> None:
        spec = self._spec
        self.slider = Slider(NOTCHES)
        self.slider.setAccessibleName(f"{spec.name} slider")
        self.slider.setMinimumWidth(LEAST_SLIDER_PX)
        written = "{:.0f}" if spec.whole else "{:.5g}"
        limits = (lambda: (spec.low, spec.high)) if held else None
        self.field = NumberField(spec.name, FIELD_WIDTH_PX, written.format, spec.whole, limits, spec.unit)
        self.range = IconButton("range", f"Range of {spec.name} ...", self.open_range, size=RANGE_PX)
        self.slider.valueChanged.connect(lambda notch: self._take(self._value_at(notch / NOTCHES), moving=True))
        self.field.entered.connect(self._typed)
        self.field.refused.connect(self.refused)

    @property
    def value(self) -> float:
        """The number now."""
        return self._value

    @property
    def name_width(self) -> int:
        """The width of the whole name, in pixels."""
        return self._name.fontMetrics().horizontalAdvance(self._spec.name)

    def set_name_width(self, width: int) -> None:
        """Show the name in `width` pixels, cut off with dots where it does not fit."""
        metrics = self._name.fontMetrics()
        self._name.setText(metrics.elidedText(self._spec.name, Qt.TextElideMode.ElideRight, width))
        self._name.setFixedWidth(width)
        self._name.setToolTip(self._spec.name if self.name_width > width else "")

    def show_value(self, value: float) -> None:
        """Show a number that was chosen elsewhere, without a signal."""
        if value == self._value:
            return
        self._value = value
        if self._spec.scale == "switch":
            self._box.blockSignals(True)
            self._box.setChecked(value != 0.0)
            self._box.blockSignals(False)
            return
        self._widen(value)
        if self.field.mistake:
            self.field.discard()
        self._show()

    def show_ends(self, ends: Range | None) -> None:
        """Show ends that were chosen elsewhere, or with None the first ones, without a signal."""
        chosen = ends or (self._spec.low, self._spec.high)
        if self._spec.scale != "switch" and chosen != (self._low, self._high):
            self._low, self._high = chosen
            self._widen(self._value)
            self._show()
            self.ends_shown.emit(self._low, self._high)

    def open_range(self) -> RangePopover:
        """Open the fields of the slider's ends; return them."""
        first, log = (self._spec.low, self._spec.high), self._spec.scale == "log"
        popover = RangePopover(self.range, self._spec.name, (self._low, self._high), first, log)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popover.chosen.connect(self._take_range)
        self.ends_shown.connect(popover.show_ends)
        popover.open(popover.low)
        return popover

    def _take_range(self, low: float, high: float) -> None:
        if (low, high) != (self._low, self._high):
            self._low, self._high = low, high
            self._show()
            self.range_changed.emit(low, high)

    def _widen(self, value: float) -> bool:
        """Widen the range to include `value`, where its scale can; return whether the range changed."""
        within = self._low <= value <= self._high or (self._spec.scale == "log" and value <= 0.0)
        if not within:
            self._low, self._high = min(self._low, value), max(self._high, value)
        return not within

    def _value_at(self, share: float) -> float:
        if self._spec.scale == "log":
            value = float(f"{self._low ** (1.0 - share) * self._high**share:.3g}")
        else:
            value = float(f"{self._low * (1.0 - share) + self._high * share:.4g}")
        return float(round(value)) if self._spec.whole else value

    def _share(self) -> float:
        if self._spec.scale == "log":
            low, high, value = (math.log(number) for number in (self._low, self._high, max(self._value, self._low)))
        else:
            # Halves, because the width of a range may be more than the largest float.
            low, high, value = self._low / 2.0, self._high / 2.0, self._value / 2.0
        return (value - low) / (high - low)

    def _typed(self, value: float) -> None:
        if value == self._value:
            return
        if self._widen(value):
            self.range_changed.emit(self._low, self._high)
        self._take(value)

    def _take(self, value: float, moving: bool = False) -> None:
        self._value = value
        if self._spec.scale != "switch":
            self._show(keep_slider=moving)
            self.field.discard()
        self.changed.emit(value)

    def _show(self, keep_slider: bool = False) -> None:
        scale = ", log scale" if self._spec.scale == "log" else ""
        unit = f" {self._spec.unit}" if self._spec.unit else ""
        self.setToolTip(f"{self._spec.help or self._spec.name}: {self._low:g} to {self._high:g}{unit}{scale}")
        self.field.show_value(self._value)
        if not keep_slider:
            self.slider.blockSignals(True)
            self.slider.setValue(round(NOTCHES * min(max(self._share(), 0.0), 1.0)))
            self.slider.blockSignals(False)
