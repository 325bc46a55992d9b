"""The cells of a grid of plots: all plots have the same size, although only the axes of the outer ones have numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from gui.look.theme import SPACING_PX

GAP_PX = SPACING_PX // 2
LEAST_NUMBERED_PX = 90
"""Least width and height of a plot whose axes have numbers; in a smaller one they would leave no room for the plot."""


@dataclass(frozen=True)
class Cell:
    """The rectangle of one plot, and whether its left and its bottom axis have numbers."""

    place: QRect
    left: bool
    bottom: bool


def columns_of(count: int) -> int:
    """Return the number of columns of a grid of `count` plots."""
    return math.ceil(math.sqrt(count))


def cell(number: int, count: int, size: QSize, axes: QSize) -> Cell:
    """Return the cell of plot `number` of `count` in a view of this size; if plots are tiny, none has numbers.

    Parameters
    ----------
    axes : QSize
        Extra width of a left axis with numbers, and extra height of a bottom axis with numbers.
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
    """Return the begin and the width of a row or column; the `outer` one is wider by the room for `numbers`."""
    plots = max(room - numbers - (count - 1) * GAP_PX, count)
    begin, end = (plots * edge // count for edge in (number, number + 1))
    before = numbers if number > outer else 0
    return begin + before + number * GAP_PX, end - begin + (numbers if number == outer else 0)
