"""The table of a league: a row for each racer, with its mean rank, its shares, and its rank on each landscape."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from engine.language.types import Array
from engine.tuning.league import League
from engine.tuning.row import LeagueRow
from engine.tuning.standings import PerformanceProfiles, landscapes_of, racers_of
from gui.look.theme import Theme
from gui.views.shading.pixels import map_colours
from gui.window.studies.tuning.racer_rows import number_text

HEAD = ("Racer", "Mean rank", "Solved", "Fastest")
TIPS = (
    "The racer, as it was given",
    "Of its ranks on all landscapes, by the loss that was reached",
    "The share of the landscapes where no more than a thousandth is left of the descent to the lowest loss of all",
    "The share of the landscapes that it solved with the fewest evaluations",
)
RACER, MEAN, SOLVED, FASTEST = range(len(HEAD))
TONES, STRENGTH = 64, 0.55
"""Colours of ranks from the first to the last, and how much of them is seen."""
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class LeagueModel(QAbstractTableModel):
    """The rows, in the order of a column."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.racers: tuple[str, ...] = ()
        self.landscapes: tuple[str, ...] = ()
        self.profiles: PerformanceProfiles | None = None
        self._ranks = np.empty((0, 0))
        self._columns = np.empty((0, len(HEAD)))
        self._rows: dict[tuple[str, str], LeagueRow] = {}
        self.order: list[int] = []

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.beginResetModel()
        self._theme = theme
        self.endResetModel()

    def show_league(self, played: League) -> None:
        """Show a league, the best mean rank first."""
        self.beginResetModel()
        self.racers, self.landscapes = racers_of(played.rows), landscapes_of(played.rows)
        self._rows = {(row.racer, row.landscape): row for row in played.rows}
        self._ranks, self.profiles = played.ranks(), played.profiles()
        shares = self.profiles.shares
        self._columns = np.column_stack([
            np.arange(len(self.racers)), np.nanmean(self._ranks, axis=1), shares[:, -1], shares[:, 0],
        ])  # fmt: skip
        self.order = self._sorted(MEAN, False)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; shares begin with the largest."""
        self.layoutAboutToBeChanged.emit()
        self.order = self._sorted(column, order == Qt.SortOrder.DescendingOrder)
        self.layoutChanged.emit()

    def _sorted(self, column: int, descending: bool) -> list[int]:
        if column == RACER:
            return sorted(range(len(self.racers)), key=lambda row: self.racers[row].lower(), reverse=descending)
        numbers = self._numbers(column)
        order = np.argsort(-numbers if descending else numbers, kind="stable")
        return [int(row) for row in order]

    def _numbers(self, column: int) -> Array:
        numbers: Array = self._columns[:, column] if column < len(HEAD) else self._ranks[:, column - len(HEAD)]
        return numbers

    def row_at(self, index: Index) -> LeagueRow | None:
        """Return the cell of the league at a place of the table; None beside the landscapes."""
        column = index.column() - len(HEAD)
        if not index.isValid() or column < 0:
            return None
        return self._rows.get((self.racers[self.order[index.row()]], self.landscapes[column]))

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many racers there are."""
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(HEAD) + len(self.landscapes)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column, or the place of a row."""
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEAD[section] if section < len(HEAD) else self.landscapes[section - len(HEAD)]
        if role == Qt.ItemDataRole.ToolTipRole:
            return TIPS[section] if section < len(HEAD) else f"Ranks on {self.landscapes[section - len(HEAD)]}"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        racer, column = self.order[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(racer, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column != RACER:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.BackgroundRole and column >= len(HEAD):
            return self._tone(float(self._ranks[racer, column - len(HEAD)]))
        if role == Qt.ItemDataRole.ToolTipRole and column >= len(HEAD):
            row = self.row_at(index)
            return None if row is None else row.remark or f"loss {number_text(row.loss)}"
        return None

    def _text(self, racer: int, column: int) -> str:
        if column == RACER:
            return self.racers[racer]
        number = float(self._numbers(column)[racer])
        if np.isnan(number):
            return "–"
        if column in (SOLVED, FASTEST):
            return f"{number:.0%}"
        return f"{number:.1f}" if column == MEAN else f"{number:g}"

    def _tone(self, rank: float) -> QColor | None:
        """Return the ground of a rank: the better, the more of the accent."""
        if np.isnan(rank):
            return None
        colours = map_colours(((0.0, self._theme.accent), (1.0, self._theme.panel)), TONES)
        share = (rank - 1.0) / max(len(self.racers) - 1, 1)
        tone = QColor(*(int(channel) for channel in colours[round(share * (TONES - 1))]))
        tone.setAlphaF(STRENGTH)
        return tone
