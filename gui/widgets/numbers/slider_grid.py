"""Sliders side by side, as many in a row as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.widgets.numbers.value_slider import NAME_WIDTH_PX, ValueSlider

LEAST_COLUMN_PX = 240
"""A slider with its name and field is wider only where there is room."""
NAME_GAP_PX, GAP_PX = 8, 16


class SliderGrid(QWidget):
    """Holds `sliders`, by name, in rows of up to `most`."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.sliders: dict[str, ValueSlider] = {}
        self._most, self._laid_out = most, 0
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(GAP_PX)

    @property
    def columns(self) -> int:
        """How many sliders stand in a row."""
        return min(max((self.width() + GAP_PX) // (LEAST_COLUMN_PX + GAP_PX), 1), self._most)

    def arrange(self) -> None:
        """Lay out the sliders that there are now."""
        while self._layout.count():
            self._layout.takeAt(0)
        self._laid_out, sliders = self.columns, list(self.sliders.values())
        for number, slider in enumerate(sliders):
            self.put(slider, number)
        for column in range(self._most):
            self._layout.setColumnStretch(column, int(column < self.columns))
            self._align(sliders[column :: self.columns] if column < self.columns else [])

    def put(self, slider: ValueSlider, number: int) -> None:
        """Put one more slider into its place; names are aligned by `arrange`."""
        self._layout.addWidget(slider, number // self.columns, number % self.columns)

    def minimumSizeHint(self) -> QSize:
        """Return the room of a single column: all narrower ones have been laid out anew by then."""
        return QSize(LEAST_COLUMN_PX, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have as many in a row as there is room for now."""
        super().resizeEvent(event)
        if self.columns != self._laid_out:
            self.arrange()

    def _align(self, column: list[ValueSlider]) -> None:
        """Let the names of a column be as wide as its widest: sliders stand beside their names, and line up."""
        width = min(max((slider.name_width for slider in column), default=0) + NAME_GAP_PX, NAME_WIDTH_PX)
        for slider in column:
            slider.give_name(width)
