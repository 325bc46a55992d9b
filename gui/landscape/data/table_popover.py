"""A popover in which two columns of a table are chosen, and a line is fitted to them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.data.tables.reading import Reading
from engine.data.tables.table import Table, TableError
from gui.landscape.data.table_doubts import TableDoubts
from gui.session.landscape_data import line_through
from gui.widgets.popover import Popover
from gui.widgets.wheel import ChoiceBox

WIDTH_PX, MARGIN_PX, GAP_PX = 360, 12, 8


class TablePopover(Popover):
    """Two lists of columns, and what is known of those that are chosen.

    Attributes
    ----------
    chosen : signal of SavedLandscape
        The loss of the line, once it is to be fitted.
    asked : signal of Reading
        That with which the file is to be read again.
    """

    chosen = Signal(object)
    asked = Signal(object)

    def __init__(self, owner: QWidget, path: str, table: Table) -> None:
        super().__init__(owner)
        self.setFixedWidth(WIDTH_PX)
        self.path, self._table = path, table
        heading = QLabel("FIT A LINE TO TWO COLUMNS")
        heading.setObjectName("heading")
        self.across, self.up = self._list("The column to go by"), self._list("The column to predict")
        self.standardise = QCheckBox("bring it to mean 0 and spread 1")
        self.standardise.setToolTip("Without it, slope and height make up for each other: a long ravine")
        self.standardise.setChecked(True)
        self.doubts = TableDoubts()
        self.doubts.chosen.connect(self._ask)
        self.remarks = QLabel()
        self.remarks.setObjectName("muted")
        self.remarks.setWordWrap(True)
        self.fit = QPushButton("Fit a line")
        self.fit.setObjectName("primary")
        self.fit.clicked.connect(self._choose)
        lists = QFormLayout()
        lists.addRow("by", self.across)
        lists.addRow("", self.standardise)
        lists.addRow("predict", self.up)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(GAP_PX)
        layout.addWidget(heading)
        layout.addLayout(lists)
        layout.addWidget(self.doubts)
        layout.addWidget(self.remarks)
        layout.addWidget(self.fit)
        self.show_table(table)

    def show_table(self, table: Table) -> None:
        """List the columns of a table; those at the places that were chosen before are chosen."""
        chosen = [max(self.across.currentIndex(), 0), max(self.up.currentIndex(), 1)]
        self._table = table
        for listed, place in zip((self.across, self.up), chosen, strict=True):
            listed.blockSignals(True)
            listed.clear()
            for column, title in table.titles.items():
                listed.addItem(title, column)
            listed.setCurrentIndex(min(place, listed.count() - 1))
            listed.blockSignals(False)
        self._follow()
        if not self.isEnabled():
            # The button that had the keyboard focus has gone with its doubt.
            self.setEnabled(True)
            first: QWidget = self.doubts.offers[0] if self.doubts.offers else self.across
            first.setFocus()

    def _list(self, name: str) -> ChoiceBox:
        listed = ChoiceBox()
        listed.setAccessibleName(name)
        listed.currentIndexChanged.connect(self._follow)
        return listed

    def _ask(self, reading: Reading) -> None:
        """Ask for the file to be read again, which may take a while."""
        self.setEnabled(False)
        self.asked.emit(reading)

    @property
    def _names(self) -> tuple[str, str]:
        return self.across.currentData(), self.up.currentData()

    def _follow(self) -> None:
        """Show what is known of the two columns, or why no line can be fitted to them."""
        trouble = "Choose two columns." if len({*self._names}) == 1 else ""
        if not trouble:
            try:
                self._table.chosen(*self._names)
            except TableError as error:
                trouble = str(error)
        self.fit.setEnabled(not trouble)
        self.remarks.setText(trouble or " ".join(self._table.remarks(*self._names)))
        self.remarks.setVisible(bool(self.remarks.text()))
        self.doubts.show_doubts(self._table.doubts_of(*self._names))
        self.take_room()

    def _choose(self) -> None:
        self.chosen.emit(line_through(self.path, self._table, self._names, self.standardise.isChecked()))
        self.close()
