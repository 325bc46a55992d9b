"""Which two columns of a table a line is fitted to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.table import Table, TableError
from gui.landscape_data import line_through
from gui.panels.popover import Popover

WIDTH_PX, MARGIN_PX, GAP_PX = 360, 12, 8


class TablePopover(Popover):
    """Two lists of columns, and what there is to know of those that are chosen.

    `chosen` tells the landscape of the line.
    """

    chosen = Signal(object)

    def __init__(self, owner: QWidget, path: str, table: Table) -> None:
        super().__init__(owner)
        self.setFixedWidth(WIDTH_PX)
        self._path, self._table = path, table
        heading = QLabel("FIT A LINE TO TWO COLUMNS")
        heading.setObjectName("heading")
        self.across, self.up = self._list("The column to go by", 0), self._list("The column to predict", 1)
        self.standardise = QCheckBox("bring it to mean 0 and spread 1")
        self.standardise.setToolTip("Without it, slope and height make up for each other: a long ravine")
        self.standardise.setChecked(True)
        self.told = QLabel()
        self.told.setObjectName("muted")
        self.told.setWordWrap(True)
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
        layout.addWidget(self.told)
        layout.addWidget(self.fit)
        self._follow()

    def _list(self, name: str, first: int) -> QComboBox:
        listed = QComboBox()
        listed.setAccessibleName(name)
        for column, title in self._table.titles.items():
            listed.addItem(title, column)
        listed.setCurrentIndex(first)
        listed.currentIndexChanged.connect(self._follow)
        return listed

    @property
    def _names(self) -> tuple[str, str]:
        return self.across.currentData(), self.up.currentData()

    def _follow(self) -> None:
        """Tell what there is to know of the two columns, or why no line can be fitted to them."""
        trouble = "Choose two columns." if len({*self._names}) == 1 else ""
        if not trouble:
            try:
                self._table.chosen(*self._names)
            except TableError as error:
                trouble = str(error)
        self.fit.setEnabled(not trouble)
        self.told.setText(trouble or " ".join(self._table.remarks(*self._names)))
        self.told.setVisible(bool(self.told.text()))
        self.adjustSize()

    def _choose(self) -> None:
        self.chosen.emit(line_through(self._path, self._table, self._names, self.standardise.isChecked()))
        self.close()
