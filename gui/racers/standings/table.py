"""The window of the standings, which stays open beside the race, and the button that opens it."""

from __future__ import annotations

import time
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

from engine.live.frame import RacerFrame
from gui.look.theme import Theme
from gui.racers.card import state_of
from gui.racers.standings.columns import COLUMNS, RACER, RANK, Standing, standing_of, tab_separated
from gui.racers.standings.model import DOT_PX, StandingsModel, alignment_of
from gui.session.session import Session
from gui.widgets.icon_button import IconButton

TIP = "Standings: all racers in a table (Ctrl+Shift+R)"
HINT = "A click on a title orders the rows; a click on a row shows the racer. Space starts and holds the race."
ROW_PX, CELL_PX, GAP_PX = 26, 30, 8
"""The height of a row, what a column has beside its text, with the arrow of its order, and the gap to other panes."""
REWRITE_S = 0.2
"""The least time between two updates during a race: to paint many rows takes most of a frame."""
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


class StandingsButton(IconButton):
    """Opens the table, and hands it what is new of the race while it is open.

    `racer_pointed` is that of the table; `time_asked` is emitted with the key of a racer whose time it lacks.
    """

    racer_pointed = Signal(object)
    time_asked = Signal(int)

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__("standings", TIP, self.open_table)
        self._session, self._theme = session, theme
        self._table: StandingsTable | None = None
        self._racers: Sequence[RacerFrame] = ()
        self._step, self._shown_at = 0, 0.0
        self._asked: set[int] = set()
        session.looks_changed.connect(self._show)
        session.racers_changed.connect(self._forget)

    def open_table(self) -> StandingsTable:
        """Show the table, or bring it to the front; return it."""
        if self._table is None:
            self._table = StandingsTable(self.window(), self._theme)
            self._table.racer_pointed.connect(self.racer_pointed)
            self._fill(self._table)
            # Cards, and the buttons of the race, stay visible.
            panel = self.parentWidget() or self
            corner = QPoint(panel.mapToGlobal(QPoint(0, 0)).x(), self.mapToGlobal(QPoint(0, 0)).y())
            self._table.take_room(len(self._session.racers), corner)
        self._fill(self._table)
        self._table.show()
        self._table.raise_()
        self._table.activateWindow()
        self._table.view.setFocus()
        self._ask_for_a_time()
        return self._table

    def show_racers(self, racers: Sequence[RacerFrame], step: int, settled: bool) -> None:
        """Show where each racer stands at a step of the race; while it is not `settled`, other frames follow."""
        self._racers, self._step = racers, step
        self._ask_for_a_time()
        now = time.monotonic()
        if settled or now - self._shown_at >= REWRITE_S:
            self._shown_at = now
            self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        if self._table is not None:
            self._table.set_theme(theme)

    def end(self) -> None:
        """Close the table with the window, whose views draw nothing any more."""
        if self._table is not None:
            self._table.blockSignals(True)
            self._table.close()

    def _forget(self) -> None:
        """Wait for what the race says of the other racers."""
        self._racers = ()
        self._asked.clear()

    def _ask_for_a_time(self) -> None:
        """Ask for the time of one racer that lacks it: many at once would hold the race for as long as all take."""
        if self._table is None or not self._table.isVisible():
            return
        timed = {choice.key: racer.step_s for choice, racer in zip(self._session.racers, self._racers, strict=False)}
        self._asked -= {key for key, step_s in timed.items() if step_s is not None}
        if not self._asked & timed.keys():
            untimed = next((key for key, step_s in timed.items() if step_s is None), None)
            if untimed is not None:
                self._asked.add(untimed)
                self.time_asked.emit(untimed)

    def _show(self) -> None:
        if self._table is not None and self._table.isVisible():
            self._fill(self._table)

    def _fill(self, table: StandingsTable) -> None:
        choices, minima = self._session.racers, self._session.shown_minima
        if len(choices) == len(self._racers):
            pairs = zip(choices, self._racers, strict=True)
            table.show_rows([standing_of(*pair, state_of(pair[1]), minima, self._step) for pair in pairs])
