"""The window of the standings, which stays open beside the race."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import Theme
from gui.racers.standings.columns import COLUMNS, RACER, RANK, Standing, tab_separated
from gui.racers.standings.model import DOT_PX, StandingsModel, alignment_of

HINT = "A click on a title orders the rows; a click on a row shows the racer. Space starts and holds the race."
ROW_PX, CELL_PX, GAP_PX = 26, 30, 8
"""The height of a row, what a column has beside its text, with the arrow of its order, and the gap to other panes."""
MOST_ROWS = 16
"""The rows that a newly opened window has room for; others are scrolled to."""
EDGES_PX = 40
"""The window's width beside that of the columns."""


class StandingsTable(QDialog):
    """A window with a row for each racer.

    `racer_pointed` is emitted with the key of a racer whose row was chosen; None once none is.
    """

    racer_pointed = Signal(object)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        # The keys of a window are heard in its tools too, and so Space and Ctrl+Z are here.
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle("Standings")
        self.model = StandingsModel(theme)
        self.view = QTableView()
        self.view.setModel(self.model)
        self._set_up_view()
        hint, copy, close = QLabel(HINT), QPushButton("Copy the table"), QPushButton("Close")
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        copy.setToolTip("Copy all rows for a spreadsheet, with all digits (Ctrl+C)")
        copy.clicked.connect(self.copy)
        close.clicked.connect(self.reject)
        below = QHBoxLayout()
        below.addWidget(hint, 1)
        for button in (copy, close):
            button.setAutoDefault(False)
            below.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.view, 1)
        layout.addLayout(below)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self.copy)
        self.view.clicked.connect(lambda index: self.racer_pointed.emit(self.model.rows[index.row()].key))
        self.view.selectionModel().selectionChanged.connect(self._point)

    def _set_up_view(self) -> None:
        view, header = self.view, self.view.horizontalHeader()
        view.setObjectName("standings")
        view.setAccessibleName("Standings")
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(ROW_PX)
        header.setHighlightSections(False)
        view.setSortingEnabled(True)
        header.setSortIndicator(RANK, Qt.SortOrder.AscendingOrder)
        view.setIconSize(QSize(DOT_PX, DOT_PX))
        view.ensurePolished()
        # Fixed, since columns whose widths follow their numbers would jump while the race goes on.
        measured = header.fontMetrics().horizontalAdvance
        widths = [max(measured(column.title), measured(column.widest)) + CELL_PX for column in COLUMNS]
        for number, width in enumerate(widths):
            header.resizeSection(number, width)
        self._columns_px = sum(widths)
        header.setSectionResizeMode(RACER, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(alignment_of(RACER))

    def show_rows(self, rows: Sequence[Standing]) -> None:
        """Show these rows, in the chosen order."""
        self.model.show_rows(rows)

    def take_room(self, count: int, corner: QPoint) -> None:
        """Take a size that suits `count` rows, and a place at the left of and above a corner of the screen."""
        frame = self.sizeHint().height() - self.view.sizeHint().height()
        head = self.view.horizontalHeader().sizeHint().height()
        self.resize(self._columns_px + EDGES_PX, frame + head + ROW_PX * (min(count, MOST_ROWS) + 1))
        first = (self.parentWidget() or self).mapToGlobal(QPoint(GAP_PX, GAP_PX))
        place = corner - QPoint(self.width() + GAP_PX, self.height() + GAP_PX)
        self.move(max(place.x(), first.x()), max(place.y(), first.y()))

    def copy(self) -> None:
        """Put all rows into the clipboard, as they are ordered."""
        QGuiApplication.clipboard().setText(tab_separated(self.model.rows))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.model.set_theme(theme)
        self.view.viewport().update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let no racer stand out once the table is closed."""
        super().hideEvent(event)
        self.view.clearSelection()

    def _point(self) -> None:
        rows = self.view.selectionModel().selectedRows()
        self.racer_pointed.emit(self.model.rows[rows[0].row()].key if rows else None)
