"""The popover in which a racer's colour is chosen: swatches, and a button for all other colours."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QGridLayout, QPushButton, QToolButton, QWidget

from gui.look.racer_colours import drawn_colour, name_of
from gui.look.theme import NAMED_COLOURS, Theme
from gui.widgets.popover import Popover

COLUMNS, SWATCH_PX = 6, 26


class Palette(Popover):
    """Swatches of the racer colours.  `chosen` is emitted with a colour, "#rrggbb"."""

    chosen = Signal(str)

    def __init__(self, owner: QWidget, now: str, theme: Theme) -> None:
        super().__init__(owner)
        self._now, self._theme = now, theme
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
        self.open(next((swatch for swatch in self.swatches.values() if swatch.isChecked()), self.other))

    def _swatch(self, name: str, colour: str) -> QToolButton:
        swatch = QToolButton()
        swatch.setCheckable(True)
        swatch.setChecked(name == name_of(self._now))
        swatch.setObjectName("swatch")
        swatch.setFixedSize(SWATCH_PX, SWATCH_PX)
        swatch.setStyleSheet(f"background: {drawn_colour(colour, self._theme)};")
        swatch.setAccessibleName(name)
        swatch.setToolTip(name)
        swatch.clicked.connect(lambda: self._choose(colour))
        return swatch

    def _ask(self) -> None:
        self.hide()
        chosen = QColorDialog.getColor(
            QColor(drawn_colour(self._now, self._theme)), self.parentWidget(), "Colour of the racer"
        )
        if chosen.isValid():
            self._choose(chosen.name())
        else:
            self.close()

    def _choose(self, colour: str) -> None:
        self.chosen.emit(colour)
        self.close()
