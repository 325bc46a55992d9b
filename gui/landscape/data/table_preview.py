"""The first rows of a table as they are written, under their titles; those without numbers or classes are muted."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from engine.data.tables.table import Table

ROW_PX, MOST_COLUMN_PX, BORDER_PX = 20, 160, 2


class TablePreview(QTableWidget):
    """A few rows, which can be read and not changed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("preview")
        self.setAccessibleName("The first rows of the file")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.verticalHeader().setMinimumSectionSize(ROW_PX)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setMaximumSectionSize(MOST_COLUMN_PX)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_table(self, table: Table) -> None:
        """Show the first rows of a table."""
        preview, used = table.preview, set(table.titles.values())
        self.setColumnCount(len(preview.titles))
        self.setRowCount(len(preview.rows))
        muted = self.palette().placeholderText()
        for place, title in enumerate(preview.titles):
            header = QTableWidgetItem(title)
            header.setToolTip(title if title in used else f"{title}: no numbers, and not two classes")
            self.setHorizontalHeaderItem(place, header)
            for number, cells in enumerate(preview.rows):
                item = QTableWidgetItem(cells[place] if place < len(cells) else "")
                item.setToolTip(item.text())
                if title not in used:
                    item.setForeground(muted)
                self.setItem(number, place, item)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + ROW_PX * len(preview.rows) + bar + BORDER_PX)

    def sizeHint(self) -> QSize:
        """Return that the width is left to the layout."""
        return QSize(0, self.height())
