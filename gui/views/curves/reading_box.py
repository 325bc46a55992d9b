"""The small box beside the pointer: a step, and the racers in the order of their losses, as many as fit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.look.theme import Theme
from gui.views.curves.reading import Reading, Row

FONT_PX, ROW_PX, HEAD_PX = 12, 16, 17
MARGIN_PX, GAP_PX, COLUMN_GAP_PX, DOT_PX = 8, 8, 18, 7
MOST_SHARE = 0.5
"""Largest share of the plot's width: racers that have no room in one column stand in the next, if it fits."""
NAME_PX = 150
"""Greatest width of a name; a longer one is elided."""
AWAY_PX = 14
"""Distance of the box from the pointer, which must not lie under it."""
RADIUS_PX, OPACITY = 6.0, 0.95


class ReadingBox(QWidget):
    """A box over the plot, which ignores the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Losses at the pointer")
        self._reading, self._shown, self._raised = Reading("", ()), tuple[Row, ...](), -1
        self._widths, self._rows_per_column = (0, 0), 1
        self._theme: Theme | None = None
        self._row_px, self._head_px, self._name_px = ROW_PX, HEAD_PX, NAME_PX
        self._font = QFont(self.font())
        self._bold = QFont(self._font)
        self._bold.setBold(True)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._row_px, self._head_px, self._name_px = (theme.px(length) for length in (ROW_PX, HEAD_PX, NAME_PX))
        for font in (self._font, self._bold):
            font.setPixelSize(theme.px(FONT_PX))
        self.update()

    @property
    def lines(self) -> tuple[str, ...]:
        """What is read in the box, line by line."""
        rows = (f"{row.look.name} {row.text}" for row in self._shown)
        return (self._reading.head, *rows, *([self._rest] if self._rest else []))

    @property
    def _rest(self) -> str:
        left = len(self._reading.rows) - len(self._shown)
        return f"and {left} more" if left else ""

    def show_reading(self, reading: Reading, raised: int | None, pointer: QPoint, room: QRect) -> None:
        """Show a reading beside the pointer, within `room`; the racer with the number `raised` stands out."""
        self._reading, self._raised = reading, -1 if raised is None else raised
        metrics, bold = QFontMetrics(self._font), QFontMetrics(self._bold)
        names = [min(bold.horizontalAdvance(row.look.name) + 1, self._name_px) for row in reading.rows]
        texts = [bold.horizontalAdvance(row.text) + 1 for row in reading.rows]
        self._widths = max(names, default=0), max(texts, default=0)
        self._rows_per_column = max((room.height() - self._head_px - MARGIN_PX) // self._row_px, 1)
        columns = max(int(MOST_SHARE * room.width()) // (self._column_px + COLUMN_GAP_PX), 1)
        self._shown = self._rows_that_fit(self._rows_per_column * columns)
        cells = len(self._shown) + bool(self._rest)
        columns = -(-cells // self._rows_per_column)
        inner = columns * (self._column_px + COLUMN_GAP_PX) - COLUMN_GAP_PX if self._shown else 0
        width = max(inner, metrics.horizontalAdvance(reading.head)) + 2 * MARGIN_PX
        height = self._head_px + self._row_px * min(cells, self._rows_per_column) + MARGIN_PX
        left = pointer.x() + AWAY_PX
        if left + width > room.right():
            left = max(pointer.x() - AWAY_PX - width, room.left())
        top = min(max(pointer.y() - height // 2, room.top()), max(room.bottom() - height, room.top()))
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()
        self.update()

    @property
    def _column_px(self) -> int:
        return DOT_PX + GAP_PX + self._widths[0] + GAP_PX + self._widths[1]

    def _rows_that_fit(self, most: int) -> tuple[Row, ...]:
        """Return the first racers, and the one that is pointed at, that have room in so many cells."""
        rows = self._reading.rows
        if len(rows) <= most:
            return rows
        first = rows[: max(most - 1, 1)]
        pointed = [row for row in rows if row.number == self._raised and row not in first]
        return (*first[:-1], *pointed) if pointed else first

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box."""
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self._theme.panel)
        ground.setAlphaF(OPACITY)
        painter.setPen(QPen(QColor(self._theme.border), 1.0))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_PX, RADIUS_PX)
        line = QRect(MARGIN_PX, MARGIN_PX // 2, self.width() - 2 * MARGIN_PX, self._head_px)
        self._write(painter, line, self._reading.head, self._theme.muted, self._font)
        for number, row in enumerate(self._shown):
            self._paint_row(painter, self._cell(number), row, self._theme)
        if self._rest:
            cell = self._cell(len(self._shown)).adjusted(DOT_PX + GAP_PX, 0, 0, 0)
            self._write(painter, cell, self._rest, self._theme.muted, self._font)
        painter.end()

    def _cell(self, number: int) -> QRect:
        """Return where a racer stands: the first ones in the first column, from the top."""
        column, row = divmod(number, self._rows_per_column)
        left = MARGIN_PX + column * (self._column_px + COLUMN_GAP_PX)
        return QRect(left, MARGIN_PX // 2 + self._head_px + row * self._row_px, self._column_px, self._row_px)

    def _paint_row(self, painter: QPainter, line: QRect, row: Row, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(row.look.colour))
        painter.drawEllipse(QRect(line.x(), line.y() + (self._row_px - DOT_PX) // 2, DOT_PX, DOT_PX))
        font = self._bold if row.number == self._raised else self._font
        name = QRect(line.x() + DOT_PX + GAP_PX, line.y(), self._widths[0], self._row_px)
        words = QFontMetrics(font).elidedText(row.look.name, Qt.TextElideMode.ElideRight, name.width())
        self._write(painter, name, words, theme.text, font)
        self._write(painter, line, row.text, theme.text, font, Qt.AlignmentFlag.AlignRight)

    @staticmethod
    def _write(
        painter: QPainter, place: QRect, text: str, colour: str, font: QFont,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:  # fmt: skip
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, text)
