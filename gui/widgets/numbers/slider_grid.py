"""A grid of sliders with as many columns as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.widgets.numbers.value_slider import NAME_WIDTH_PX, ValueSlider

LEAST_COLUMN_PX = 240
"""The least width of a slider with its name and field."""
NAME_GAP_PX, GAP_PX = 8, 16


class SliderGrid(QWidget):
    """Lays out `sliders`, a mapping by name, in up to `most` columns."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.sliders: dict[str, ValueSlider] = {}
        self._most, self._laid_out = most, 0
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(GAP_PX)

    @property
    def columns(self) -> int:
        """The number of columns."""
        return min(max((self.width() + GAP_PX) // (LEAST_COLUMN_PX + GAP_PX), 1), self._most)

    def arrange(self) -> None:
        """Lay out all of `sliders`."""
        while self._layout.count():
            self._layout.takeAt(0)
        self._laid_out, sliders = self.columns, list(self.sliders.values())
        for number, slider in enumerate(sliders):
            self.put(slider, number)
        for column in range(self._most):
            self._layout.setColumnStretch(column, int(column < self.columns))
            self._align(sliders[column :: self.columns] if column < self.columns else [])

    def put(self, slider: QWidget, number: int) -> None:
        """Add one slider, or another control, in its cell; call `arrange` to align the names."""
        self._layout.addWidget(slider, number // self.columns, number % self.columns)

    def minimumSizeHint(self) -> QSize:
        """Return the size of a single column: a narrower grid lays its sliders out again."""
        return QSize(LEAST_COLUMN_PX, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the sliders out again where the number of columns changes."""
        super().resizeEvent(event)
        if self.columns != self._laid_out:
            self.arrange()

    def _align(self, column: list[ValueSlider]) -> None:
        """Give all names of a column the width of its widest name, so that the sliders beside them line up."""
        width = min(max((slider.name_width for slider in column), default=0) + NAME_GAP_PX, NAME_WIDTH_PX)
        for slider in column:
            slider.set_name_width(width)
