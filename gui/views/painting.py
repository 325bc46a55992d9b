"""Fast painting on images; the painter always ends before its image is freed, otherwise Qt aborts the process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from gui.views.dashes import SOLID, Dash, dashed


@contextmanager
def painting(image: QImage) -> Iterator[QPainter]:
    """Give a smooth painter on `image`."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.end()


def draw_line(
    painter: QPainter, places: NDArray[np.float64], colour: str, width: float, opacity: float = 1.0,
    dash: Dash = SOLID, begin: float = 0.0,
) -> None:  # fmt: skip
    """Draw a line through places (n, 2); its dashes go on from a line of the length `begin`.

    Segment by segment, which takes Qt a hundredth of the time of one jagged line in a piece; the square ends close the
    joints.
    """
    if len(places) < 2:
        return
    window = painter.window()
    size = float(window.width()), float(window.height())
    drawn = dashed(places, dash, begin, size) if dash.lengths else np.hstack([places[:-1], places[1:]])
    segments = PrimitiveArray(QLineF, 4)
    segments.resize(len(drawn))
    segments.ndarray()[:] = drawn
    paint = QColor(colour)
    paint.setAlphaF(opacity)
    # Where square ends of a pale line overlap, it would be less pale.
    ends = Qt.PenCapStyle.SquareCap if opacity == 1.0 else Qt.PenCapStyle.FlatCap
    painter.setPen(QPen(paint, width, Qt.PenStyle.SolidLine, ends))
    painter.drawLines(*segments.drawargs())


def draw_dots(painter: QPainter, places: NDArray[np.float64], colour: str, width: float) -> None:
    """Draw a round dot at each of places (n, 2)."""
    dots = PrimitiveArray(QPointF, 2)
    dots.resize(len(places))
    dots.ndarray()[:] = places
    painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints(*dots.drawargs())


def fill_area(painter: QPainter, places: NDArray[np.float64], colour: str, opacity: float) -> None:
    """Fill what a line through places (n, 2), closed at its end, goes round."""
    paint = QColor(colour)
    paint.setAlphaF(opacity)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paint)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in places.tolist()]))
