"""The place for a label over a plot: a corner where it covers no mark, or the middle of a side if no corner is free."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize

from gui.look.theme import SPACING_PX

CONTROLS_PX = 34
"""Height of the buttons in the upper right corner of a view, below which the label lies there."""
MARK_PX = 12
"""Distance from the middle of a mark at which nothing of it is covered."""
Places = NDArray[np.float64]


CORNERS = 4
"""The first places of `places_of`."""


def places_of(plot: QRect, size: QSize) -> list[QPoint]:
    """Return where a label of this size lies in the corners of a plot, and then in the middles of its sides."""
    inner = plot.adjusted(SPACING_PX, SPACING_PX, -SPACING_PX, -SPACING_PX)
    left, right = inner.left(), inner.left() + inner.width() - size.width()
    top, bottom = inner.top(), inner.top() + inner.height() - size.height()
    across, down = (left + right) // 2, (top + bottom) // 2
    corners = [QPoint(left, top), QPoint(left, bottom), QPoint(right, bottom), QPoint(right, top + CONTROLS_PX)]
    middles = [QPoint(left, down), QPoint(across, bottom), QPoint(right, down), QPoint(across, top + CONTROLS_PX)]
    return [*corners, *middles]


def free_place(plot: QRect, size: QSize, now: int, marks: Places, others: Callable[[], Places]) -> int | None:
    """Return the number of the place for a label: `now` if it covers no mark there, None if it would in all.

    Parameters
    ----------
    marks : float64 (n, 2)
        Pixels that must not be covered.
    others : callable
        Returns pixels of which as few as possible should be covered; called only where the label must move.
    """
    rects = [QRect(place, size) for place in places_of(plot, size)]
    free = [number for number, rect in enumerate(rects) if not _count(rect, marks, MARK_PX)]
    cornered = [number for number in free if number < CORNERS]
    if not free:
        return None
    if now in (cornered or free):
        return now
    crowd = others()
    return min(cornered or free, key=lambda number: _count(rects[number], crowd, 0))


def _count(rect: QRect, places: Places, beyond: int) -> int:
    """Return how many places lie within a rectangle, or up to `beyond` pixels from it."""
    grown = rect.adjusted(-beyond, -beyond, beyond, beyond)
    x, y = places[:, 0], places[:, 1]
    return int(((x >= grown.left()) & (x <= grown.right()) & (y >= grown.top()) & (y <= grown.bottom())).sum())
