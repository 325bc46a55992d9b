"""Draws the rows of a data set, and what each racer's model says of them, as a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPolygonF

from engine.columns import Columns
from engine.frame import Point
from engine.prediction import Prediction
from gui.choices import Range
from gui.theme import Theme

HEAD_PX, EDGE_PX, FOOT_PX = 20, 10, 20
"""Room for the name of the second column above the points, beside them, and for that of the first below."""
POINT_PX, LINE_PX, HALO_PX, LETTER_PX = 3.0, 1.6, 3.4, 12
MOST_POINTS, MOST_VERTICES = 1500, 160
"""More points would be a blot, and more corners of a line nobody sees."""
ROOM = 0.06
"""Share of the span of the points that is left free on each side."""
FARTHEST = 20.0
"""Widths of the picture up to which a line is followed beyond its edge."""
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """What is drawn: columns, the part of their plane that is shown, what the model says (None where that is no line),
    and where each racer's weights are.
    """

    columns: Columns
    across: Range
    up: Range
    prediction: Prediction | None
    colours: Sequence[str]
    weights: Sequence[Point]


def draw_fit(fit: Fit, theme: Theme, size: QSize, ratio: float) -> QImage:
    """Return the picture of a fit; on the thread."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.window))
    names, (across, up), plot = list(fit.columns), sides_of(fit.columns), plot_of(size)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.border))
    painter.drawRect(plot)
    _draw_names(painter, theme, plot, names[0], names[-1])
    painter.setClipRect(plot)
    to_x, to_y = scales_of(fit, plot)
    stride = -(-len(across) // MOST_POINTS)
    _draw_points(painter, theme, to_x(across[::stride]), to_y(up[::stride]))
    for colour, line in zip(fit.colours, _lines(fit), strict=False):
        _draw_line(painter, theme, colour, to_x(line[0]), to_y(line[1]))
    painter.end()
    return image


def _lines(fit: Fit) -> list[tuple[Array, Array]]:
    """Return the line of each racer, left to right."""
    if fit.prediction is None or not fit.weights:
        return []
    across = next(iter(fit.columns.values()))
    said = fit.prediction.values(*np.array(fit.weights).T, fit.columns)
    order = np.argsort(across)
    kept = order[np.unique(np.linspace(0, len(order) - 1, MOST_VERTICES).astype(np.int64))]
    return [(across[kept], values[kept]) for values in said]


def plot_of(size: QSize) -> QRectF:
    """Return where in a picture of this size the points lie."""
    return QRectF(EDGE_PX, HEAD_PX, size.width() - 2 * EDGE_PX, size.height() - HEAD_PX - FOOT_PX)


def range_of(values: Array) -> Range:
    """Return the ends of an axis that shows all of a column, with room on both sides."""
    low, high = float(values.min()), float(values.max())
    room = ROOM * (high - low) or 1.0
    return low - room, high + room


def scales_of(fit: Fit, plot: QRectF) -> tuple[Callable[[Array], Array], Callable[[Array], Array]]:
    """Return what turns numbers of the first column, and of the last, into places in the plot, and a little beyond."""
    return _scale(fit.across, plot.left(), plot.right()), _scale(fit.up, plot.bottom(), plot.top())


def _scale(ends: Range, first: float, last: float) -> Callable[[Array], Array]:
    low, high = ends

    def places(numbers: Array) -> Array:
        shares = (np.nan_to_num(numbers, nan=low) - low) / (high - low)
        # Far beyond the edges a painter loses its way.
        return first + np.clip(shares, -FARTHEST, FARTHEST) * (last - first)

    return places


def sides_of(columns: Columns) -> tuple[Array, Array]:
    """Return the columns that are drawn: the first across, the last up."""
    names = list(columns)
    return columns[names[0]], columns[names[-1]]


def _draw_names(painter: QPainter, theme: Theme, plot: QRectF, across: str, up: str) -> None:
    font = QFont(painter.font())
    font.setPixelSize(LETTER_PX)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    above = QRectF(plot.left(), 0, plot.width(), HEAD_PX - 2)
    below = QRectF(plot.left(), plot.bottom() + 2, plot.width(), FOOT_PX - 2)
    painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, up)
    painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, across)


def _draw_points(painter: QPainter, theme: Theme, x: Array, y: Array) -> None:
    colour = QColor(theme.muted)
    colour.setAlphaF(0.75)
    painter.setPen(QPen(colour, POINT_PX, c=Qt.PenCapStyle.RoundCap))
    painter.drawPoints(QPolygonF([QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]))


def _draw_line(painter: QPainter, theme: Theme, colour: str, x: Array, y: Array) -> None:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]))
    for ink, width in ((theme.window, HALO_PX), (colour, LINE_PX)):
        painter.setPen(QPen(QColor(ink), width, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(path)
