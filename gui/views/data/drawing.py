"""Draws the rows of a data set, and what each racer's model says of them, as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPolygonF

from engine.data.columns import Columns
from engine.language.errors import FormulaError
from engine.language.types import Array, Point
from engine.loss.prediction import Prediction
from gui.look.theme import Theme
from gui.views.painting import painting
from landscapes.landscape import Range

HEAD_PX, EDGE_PX, FOOT_PX = 20, 10, 20
"""Room for the name of the second column above the points, beside them, and for that of the first below."""
GAP_PX = 12
"""Between that name and a remark."""
POINT_PX, LINE_PX, HALO_PX, LETTER_PX, DIAGONAL_PX = 3.0, 1.6, 3.4, 12, 1.0
MOST_POINTS, MOST_VERTICES = 1500, 160
"""More points would be a blot, and more corners of a line nobody sees."""
ROOM = 0.06
"""Share of the span of the points that is left free on each side."""
FARTHEST = 20.0
"""Widths of the picture up to which a line is followed beyond its edge."""
NO_LINE = "no line for this formula"
PREDICTIONS_KEPT = 4
"""Models that were found in their losses: a race asks for the same one twenty times a second."""


@dataclass(frozen=True)
class Fit:
    """What is drawn: columns, the part of their plane that is shown, the loss (or its model) with its parameters, and
    where each racer's weights are.
    """

    columns: Columns
    across: Range
    up: Range
    model: str
    parameters: Mapping[str, float]
    colours: Sequence[str]
    weights: Sequence[Point]


@dataclass(frozen=True)
class Picture:
    """A fit, drawn; `of_predictions` is whether what is said stands across, and not the first column."""

    image: QImage
    of_predictions: bool


def draw_fit(fit: Fit, theme: Theme, size: QSize, ratio: float) -> Picture:
    """Return the picture of a fit; on the thread."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.window))
    names, prediction, plot = list(fit.columns), _prediction(fit.model, tuple(fit.columns)), plot_of(size)
    # A line over the first column says all only of a model that reads no other.
    of_predictions = prediction is not None and not prediction.reads <= {names[0]}
    with painting(image) as painter:
        painter.setPen(QColor(theme.border))
        painter.drawRect(plot)
        across = f"{names[-1]} as predicted" if of_predictions else names[0]
        _draw_names(painter, theme, plot, across, names[-1], NO_LINE if prediction is None else "")
        painter.setClipRect(plot)
        said = _said(fit, prediction)
        (_draw_predictions if of_predictions else _draw_lines)(painter, theme, plot, fit, said)
    return Picture(image, of_predictions)


@lru_cache(PREDICTIONS_KEPT)
def _prediction(model: str, names: tuple[str, ...]) -> Prediction | None:
    """Return what the model within a loss says of a row, or None where there is no such model."""
    try:
        return Prediction(model, names)
    except FormulaError:
        return None


def _said(fit: Fit, prediction: Prediction | None) -> Sequence[Array]:
    """Return what each racer's model says of the rows."""
    if prediction is None or not fit.weights:
        return ()
    x, y = np.array(fit.weights).T
    return list(prediction.values(x, y, fit.columns, fit.parameters))


def _draw_lines(painter: QPainter, theme: Theme, plot: QRectF, fit: Fit, said: Sequence[Array]) -> None:
    """Draw the rows as points, and what is said of them as a line a racer, left to right."""
    (across, up), (to_x, to_y) = sides_of(fit.columns), scales_of(fit, plot)
    stride = -(-len(across) // MOST_POINTS)
    _draw_points(painter, theme.muted, to_x(across[::stride]), to_y(up[::stride]))
    order = np.argsort(across)
    kept = order[np.unique(np.linspace(0, len(order) - 1, MOST_VERTICES).astype(np.int64))]
    for colour, values in zip(fit.colours, said, strict=False):
        _draw_line(painter, theme, colour, to_x(across[kept]), to_y(values[kept]))


def _draw_predictions(painter: QPainter, theme: Theme, plot: QRectF, fit: Fit, said: Sequence[Array]) -> None:
    """Draw each racer's rows where its model puts them, beside the diagonal on which all that it says would be so."""
    _, up = sides_of(fit.columns)
    to_x, to_y = _scale(fit.up, plot.left(), plot.right()), _scale(fit.up, plot.bottom(), plot.top())
    painter.setPen(QPen(QColor(theme.muted), DIAGONAL_PX, Qt.PenStyle.DashLine))
    painter.drawLine(plot.bottomLeft(), plot.topRight())
    stride = -(-len(up) * max(len(said), 1) // MOST_POINTS)
    # What is said of a row may lie far away; at the edge it is seen, too.
    left, right = plot.left() + POINT_PX, plot.right() - POINT_PX
    for colour, values in zip(fit.colours, said, strict=False):
        _draw_points(painter, colour, np.clip(to_x(values[::stride]), left, right), to_y(up[::stride]))


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


def _draw_names(painter: QPainter, theme: Theme, plot: QRectF, across: str, up: str, remark: str) -> None:
    """Write what stands up and across, and a remark above; what is too long ends in dots."""
    font = QFont(painter.font())
    font.setPixelSize(LETTER_PX)
    painter.setFont(font)

    def write(text: str, colour: str, place: QRectF, side: Qt.AlignmentFlag) -> float:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.setPen(QColor(colour))
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return painter.fontMetrics().horizontalAdvance(shown)

    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    above = QRectF(plot.left(), 0, plot.width(), HEAD_PX)
    taken = write(up, theme.text, above, left)
    write(remark, theme.muted, above.adjusted(taken + GAP_PX, 0, 0, 0), right)
    write(across, theme.text, QRectF(plot.left(), plot.bottom(), plot.width(), FOOT_PX), right)


def _draw_points(painter: QPainter, ink: str, x: Array, y: Array) -> None:
    colour = QColor(ink)
    colour.setAlphaF(0.75)
    painter.setPen(QPen(colour, POINT_PX, c=Qt.PenCapStyle.RoundCap))
    painter.drawPoints(QPolygonF([QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]))


def _draw_line(painter: QPainter, theme: Theme, colour: str, x: Array, y: Array) -> None:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]))
    for ink, width in ((theme.window, HALO_PX), (colour, LINE_PX)):
        painter.setPen(QPen(QColor(ink), width, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(path)
