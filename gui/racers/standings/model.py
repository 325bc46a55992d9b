"""The rows of the table for Qt: they keep the order that a person has chosen while the race changes their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from gui.look.racer_colours import drawn_colour
from gui.look.theme import Theme
from gui.racers.card import STATE_NAMES
from gui.racers.standings.columns import COLUMNS, RACER, RANK, STATE, Standing, ordered, text_of

Index = QModelIndex | QPersistentModelIndex
DOT_PX, PIXELS_IN_ONE = 12, 2.0
"""The dot in a racer's colour: its size, and with how many pixels for one it is drawn, for dense screens."""
ARROWS = {False: " ▴", True: " ▾"}
"""Behind the title of the column that orders the rows, by whether the order is descending."""
ANSWERED = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.ForegroundRole,
    )
)
NOWHERE = QModelIndex()
"""The parent of all cells of a table."""


class StandingsModel(QAbstractTableModel):
    """A row for each racer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._dots: dict[str, QIcon] = {}
        self.column, self.descending = RANK, False
        self.rows: list[Standing] = []

    def show_rows(self, rows: Sequence[Standing]) -> None:
        """Show these rows in the chosen order; a selected racer stays selected, wherever its row is now."""
        if {row.key for row in rows} != {row.key for row in self.rows}:
            self.beginResetModel()
            self.rows = ordered(rows, self.column, self.descending)
            self.endResetModel()
            return
        before, now = self.rows, ordered(rows, self.column, self.descending)
        if now == before:
            return
        self._put(now)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(COLUMNS) - 1))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self._dots.clear()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column, now and from now on."""
        self.column, self.descending = column, order == Qt.SortOrder.DescendingOrder
        self._put(ordered(self.rows, self.column, self.descending))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def _put(self, rows: list[Standing]) -> None:
        """Take these rows of the same racers, and tell the view where each selected one has gone."""
        keys = [row.key for row in rows]
        if keys == [row.key for row in self.rows]:
            self.rows = rows
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        gone_to = [self.index(keys.index(self.rows[index.row()].key), index.column()) for index in before]
        self.rows = rows
        self.changePersistentIndexList(before, gone_to)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of racers."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column, and what it means."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: self._title(section),
            Qt.ItemDataRole.ToolTipRole: COLUMNS[section].tip,
            Qt.ItemDataRole.TextAlignmentRole: alignment_of(section),
        }
        return answers.get(role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, and how it looks."""
        # Each cell is asked for a dozen roles whenever it is painted.
        if role not in ANSWERED:
            return None
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return text_of(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment_of(column)
        if role == Qt.ItemDataRole.DecorationRole and column == RACER:
            return self._dot(row.colour)
        if role == Qt.ItemDataRole.ToolTipRole and column in (RACER, STATE):
            return row.name if column == RACER else row.reason
        if role == Qt.ItemDataRole.ForegroundRole and column == STATE:
            kind = STATE_NAMES.get(row.status.split()[0])
            return QColor(getattr(self._theme, kind or "text"))
        return None

    def _title(self, column: int) -> str:
        """Return the title of a column; an arrow marks the one that orders the rows."""
        arrow = ARROWS[self.descending] if column == self.column else ""
        return f"{COLUMNS[column].title}{arrow}"

    def _dot(self, colour: str) -> QIcon:
        if colour not in self._dots:
            side = round(DOT_PX * PIXELS_IN_ONE)
            dot = QPixmap(side, side)
            dot.fill(Qt.GlobalColor.transparent)
            painter = QPainter(dot)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(drawn_colour(colour, self._theme)))
            painter.drawEllipse(dot.rect())
            painter.end()
            dot.setDevicePixelRatio(PIXELS_IN_ONE)
            # In a chosen row, too, the colour is the racer's own: Qt would tint a mere picture.
            icon = QIcon(dot)
            icon.addPixmap(dot, QIcon.Mode.Selected)
            self._dots[colour] = icon
        return self._dots[colour]


def alignment_of(column: int) -> Qt.AlignmentFlag:
    """Return that numbers stand at the right and words at the left."""
    side = Qt.AlignmentFlag.AlignRight if COLUMNS[column].written else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
