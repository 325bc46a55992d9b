"""Sliders and combo boxes that ignore the wheel unless they have the keyboard.

Scrolling a panel so changes none of the controls that pass under the pointer.  Nor does the wheel give one the
keyboard, as Qt's default lets it for combo boxes, texts and lists.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSlider, QStyle, QStyleOptionSlider


class _TakesWheelWithFocus:
    """A mixin, named before the Qt class of the control."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Take the wheel if the control has the keyboard and the pointer is over it; else leave it to the parent."""
        # Qt sends a scroll gesture to the control where it began, even after the pointer has left.
        # The control that this class is mixed into has both methods; QWidget is no base class here.
        if self.hasFocus() and self.rect().contains(event.position().toPoint()):  # type: ignore[attr-defined]
            super().wheelEvent(event)  # type: ignore[misc]
            # At the end of its range Qt's slider passes the wheel on, and the panel around it would scroll away.
            event.accept()
        else:
            event.ignore()


class Slider(_TakesWheelWithFocus, QSlider):
    """A horizontal slider."""

    def __init__(self, notches: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, notches)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move to where the groove is pressed; the handle is under the pointer then, and follows it."""
        place = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and not self.handle().contains(place):
            self.setValue(self._value_at(place.x()))
        super().mousePressEvent(event)

    def handle(self) -> QRect:
        """Return where the handle is."""
        return self._rect_of(QStyle.SubControl.SC_SliderHandle)

    def _value_at(self, x: int) -> int:
        """Return the value whose handle has its middle at `x`."""
        groove, handle = self._rect_of(QStyle.SubControl.SC_SliderGroove), self.handle()
        way, length = x - groove.left() - handle.width() // 2, groove.width() - handle.width()
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), way, length)

    def _rect_of(self, part: QStyle.SubControl) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)


class ChoiceBox(_TakesWheelWithFocus, QComboBox):
    """A list of which one entry is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
