"""Controls that leave the wheel to what they stand in until they have the keyboard: a scrolled list changes none.

A wheel never moves the keyboard either; Qt lets it do so over combo boxes, texts and lists.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSlider


class _TakesWheelWithFocus:
    """Goes before the Qt class of a control."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Take the wheel with the keyboard here and the pointer above, to the end; else whoever stands behind may."""
        # A gesture that began here is told here even when the pointer has left.
        if self.hasFocus() and self.rect().contains(event.position().toPoint()):  # type: ignore[attr-defined]
            super().wheelEvent(event)  # type: ignore[misc]
            # At its end a slider would pass the wheel on, and a list would slip away under the pointer.
            event.accept()
        else:
            event.ignore()


class Slider(_TakesWheelWithFocus, QSlider):
    """A horizontal slider."""

    def __init__(self, notches: int) -> None:
        super().__init__(Qt.Orientation.Horizontal, minimum=0, maximum=notches)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class ChoiceBox(_TakesWheelWithFocus, QComboBox):
    """A list of which one entry is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
