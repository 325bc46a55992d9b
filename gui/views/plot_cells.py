"""Where plots lie that stand in rows and columns: equal room for each plot, though only the outer ones bear numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from gui.look.theme import SPACING_PX

GAP_PX = SPACING_PX // 2
LEAST_NUMBERED_PX = 90
"""Of a plot: numbers beside a smaller one would leave nothing of it."""


@dataclass(frozen=True)
class Cell:
    """The place of one plot, and whether its left and its bottom axis bear numbers."""

    place: QRect
    left: bool
    bottom: bool


def columns_of(count: int) -> int:
    """Return how many of `count` plots stand in a row."""
    return math.ceil(math.sqrt(count))


def cell(number: int, count: int, size: QSize, axes: QSize) -> Cell:
    """Return the cell of the plot `number` of `count` in a view of this size; where plots are tiny, none bears numbers.

    Parameters
    ----------
    axes : QSize
        What numbers need beyond a bare axis: across those of the left axis, down those of the bottom axis.
    """
    columns = columns_of(count)
    rows = math.ceil(count / columns)
    row, column = divmod(number, columns)
    numbered = min(size.width() // columns, size.height() // rows) >= LEAST_NUMBERED_PX
    axes = axes if numbered else QSize(0, 0)
    x, width = _share(column, columns, size.width(), axes.width(), outer=0)
    y, height = _share(row, rows, size.height(), axes.height(), outer=rows - 1)
    return Cell(QRect(x, y, width, height), numbered and column == 0, numbered and row == rows - 1)


def _share(number: int, count: int, room: int, numbers: int, outer: int) -> tuple[int, int]:
    """Return where a row or column begins and how wide it is; the `outer` one has room for numbers besides."""
    plots = max(room - numbers - (count - 1) * GAP_PX, count)
    begin, end = (plots * edge // count for edge in (number, number + 1))
    before = numbers if number > outer else 0
    return begin + before + number * GAP_PX, end - begin + (numbers if number == outer else 0)
