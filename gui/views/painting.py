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
    """Yield an antialiasing painter on `image`, and end it afterwards."""
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
    """Draw a line through places (n, 2) in pixels; its dashes continue those of a line of the length `begin`.

    Each segment is drawn on its own, because Qt takes a hundred times as long for a jagged polyline in one piece.
    Square ends close the gaps between segments.
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
    # Square ends overlap, which would show as darker spots in a translucent line.
    ends = Qt.PenCapStyle.SquareCap if opacity == 1.0 else Qt.PenCapStyle.FlatCap
    painter.setPen(QPen(paint, width, Qt.PenStyle.SolidLine, ends))
    painter.drawLines(*segments.drawargs())


def draw_dots(painter: QPainter, places: NDArray[np.float64], colour: str, width: float, opacity: float = 1.0) -> None:
    """Draw a round dot of this diameter at each of the places (n, 2), in pixels."""
    dots = PrimitiveArray(QPointF, 2)
    dots.resize(len(places))
    dots.ndarray()[:] = places
    paint = QColor(colour)
    paint.setAlphaF(opacity)
    painter.setPen(QPen(paint, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints(*dots.drawargs())


def fill_area(painter: QPainter, places: NDArray[np.float64], colour: str, opacity: float) -> None:
    """Fill the polygon with corners at places (n, 2), in pixels."""
    paint = QColor(colour)
    paint.setAlphaF(opacity)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paint)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in places.tolist()]))
