"""The popover in which a racer's colour is chosen: swatches, and a button for all other colours."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QGridLayout, QPushButton, QToolButton, QWidget

from gui.look.theme import NAMED_COLOURS
from gui.widgets.popover import Popover

COLUMNS, SWATCH_PX = 6, 26


class Palette(Popover):
    """Swatches of the racer colours.  `chosen` is emitted with a colour, "#rrggbb"."""

    chosen = Signal(str)

    def __init__(self, owner: QWidget, now: str) -> None:
        super().__init__(owner)
        self._now = now
        self.swatches: dict[str, QToolButton] = {}
        layout = QGridLayout(self)
        for number, (name, colour) in enumerate(NAMED_COLOURS.items()):
            self.swatches[colour] = self._swatch(name, colour)
            layout.addWidget(self.swatches[colour], number // COLUMNS, number % COLUMNS)
        self.other = QPushButton("Other ...")
        self.other.clicked.connect(self._ask)
        layout.addWidget(self.other, layout.rowCount(), 0, 1, COLUMNS)

    def open_at_colour(self) -> None:
        """Show the palette with the keyboard on the present colour."""
        self.open(self.swatches.get(self._now, self.other))

    def _swatch(self, name: str, colour: str) -> QToolButton:
        swatch = QToolButton()
        swatch.setCheckable(True)
        swatch.setChecked(colour == self._now)
        swatch.setObjectName("swatch")
        swatch.setFixedSize(SWATCH_PX, SWATCH_PX)
        swatch.setStyleSheet(f"background: {colour};")
        swatch.setAccessibleName(name)
        swatch.setToolTip(name)
        swatch.clicked.connect(lambda: self._choose(colour))
        return swatch

    def _ask(self) -> None:
        self.hide()
        chosen = QColorDialog.getColor(QColor(self._now), self.parentWidget(), "Colour of the racer")
        if chosen.isValid():
            self._choose(chosen.name())
        else:
            self.close()

    def _choose(self, colour: str) -> None:
        self.chosen.emit(colour)
        self.close()
