"""A popover in which columns of a table are chosen, and a line or a classifier is fitted to them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.data.tables.labels import class_remark
from engine.data.tables.reading import Reading
from engine.data.tables.table import Table, TableError
from gui.landscape.data.scale_words import STANDARDISE, WHY
from gui.landscape.data.table_doubts import TableDoubts
from gui.landscape.data.table_preview import TablePreview
from gui.session.table_models import classes_in, classifier_through, line_through, separation_remark
from gui.widgets.popover import Popover
from gui.widgets.wheel import ChoiceBox

WIDTH_PX, MARGIN_PX, GAP_PX = 420, 12, 8
ALONE = "nothing else"
"""The entry for a classifier of one column."""


class TablePopover(Popover):
    """The first rows, lists of columns, and what is known of those that are chosen.

    Attributes
    ----------
    chosen : signal of SavedLandscape
        The loss of the model, once it is to be fitted.
    asked : signal of Reading
        That with which the file is to be read again.
    """

    chosen = Signal(object)
    asked = Signal(object)

    def __init__(self, owner: QWidget, path: str, table: Table) -> None:
        super().__init__(owner)
        self.setFixedWidth(WIDTH_PX)
        self.path, self._table = path, table
        self.preview = TablePreview()
        self.across, self.beside = self._list("The column to go by"), self._list("A second column to go by")
        self.up = self._list("The column to predict")
        self.standardise = QCheckBox(STANDARDISE)
        self.standardise.setChecked(True)
        self.standardise.toggled.connect(self._follow)
        self.doubts = TableDoubts()
        self.doubts.chosen.connect(self._ask)
        self.remarks, self.why = QLabel(), QLabel(WHY)
        for label in (self.remarks, self.why):
            label.setObjectName("muted")
            label.setWordWrap(True)
        self.fit, self.classify = QPushButton("Fit a line"), QPushButton("Fit a classifier")
        self.fit.clicked.connect(self._fit_line)
        self.classify.clicked.connect(self._fit_classifier)
        self._arrange()
        self.show_table(table)

    def _arrange(self) -> None:
        heading = QLabel("FIT A MODEL TO COLUMNS")
        heading.setObjectName("heading")
        lists = QFormLayout()
        lists.addRow("by", self.across)
        lists.addRow("and", self.beside)
        lists.addRow("predict", self.up)
        buttons = QHBoxLayout()
        for button in (self.fit, self.classify):
            button.setAutoDefault(False)
            buttons.addWidget(button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(GAP_PX)
        layout.addWidget(heading)
        layout.addWidget(self.preview)
        layout.addLayout(lists)
        for widget in (self.standardise, self.why, self.doubts, self.remarks):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def show_table(self, table: Table) -> None:
        """List the columns of a table; those at the places that were chosen before are chosen."""
        chosen = [
            max(self.across.currentIndex(), 0),
            max(self.beside.currentIndex(), 0),
            max(self.up.currentIndex(), 1),
        ]
        self._table = table
        self.preview.show_table(table)
        for listed, place in zip((self.across, self.beside, self.up), chosen, strict=True):
            with QSignalBlocker(listed):
                listed.clear()
                if listed is self.beside:
                    listed.addItem(ALONE, "")
                for column, title in table.titles.items():
                    listed.addItem(title, column)
                    listed.setItemData(listed.count() - 1, title, Qt.ItemDataRole.ToolTipRole)
                listed.setCurrentIndex(min(place, listed.count() - 1))
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
    def _line(self) -> tuple[str, str]:
        return self.across.currentData(), self.up.currentData()

    @property
    def _features(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.across.currentData(), self.beside.currentData())))

    def _follow(self) -> None:
        """Show what is known of the columns, and which models can be fitted to them, or why none can."""
        names = tuple(dict.fromkeys((*self._features, self.up.currentData())))
        no_line, no_classes = self._trouble_with_line(), self._trouble_with_classes()
        self.fit.setEnabled(not no_line)
        self.classify.setEnabled(not no_classes)
        self.fit.setToolTip(no_line)
        self.classify.setToolTip(no_classes)
        for button, suits in ((self.fit, bool(no_classes)), (self.classify, not no_classes)):
            button.setObjectName("accent" if suits else "")
            button.style().polish(button)
        told = self._table.remarks(*names)
        if not no_classes and (classes := classes_in(self._table, names)) is not None:
            # Also of two numbers, which a remark on the column alone says nothing of.
            separated = separation_remark(self._table, self._features, names[-1])
            told = list(dict.fromkeys(filter(None, [class_remark(names[-1], classes), separated, *told])))
        self.remarks.setText(no_line if no_line and no_classes else " ".join(told))
        self.remarks.setVisible(bool(self.remarks.text()))
        self.doubts.show_doubts(self._table.doubts_of(*names))
        self.take_room()

    def _trouble_with_line(self) -> str:
        """Return why no line can be fitted to the columns, or ""."""
        if self.beside.currentData():
            return f"A line goes by one column: choose “{ALONE}” as the second one."
        if len({*self._line}) == 1:
            return "Choose two columns."
        return self._trouble_with(self._line)

    def _trouble_with_classes(self) -> str:
        """Return why no classifier can be fitted to the columns, or ""."""
        names = (*self._features, self.up.currentData())
        if len({*names}) < len(names):
            return "Choose different columns."
        trouble = self._trouble_with(names)
        if not trouble and classes_in(self._table, names) is None:
            title = self._table.titles[names[-1]]
            return f'"{title}" has more than two values, or only one: a classifier tells two classes apart.'
        return trouble

    def _trouble_with(self, names: tuple[str, ...]) -> str:
        """Return why no model can be fitted to columns, of which the last is predicted, or ""."""
        try:
            columns = self._table.chosen(*names)
        except TableError as error:
            return str(error)
        flat = [name for name in names[:-1] if np.ptp(columns[name]) == 0.0]
        if flat and self.standardise.isChecked():
            return f'Every value of "{self._table.titles[flat[0]]}" is the same, which has no deviation to standardise.'
        return ""

    def _fit_line(self) -> None:
        self.chosen.emit(line_through(self.path, self._table, self._line, self.standardise.isChecked()))
        self.close()

    def _fit_classifier(self) -> None:
        model = classifier_through(
            self.path, self._table, self._features, self.up.currentData(), self.standardise.isChecked()
        )
        self.chosen.emit(model)
        self.close()
