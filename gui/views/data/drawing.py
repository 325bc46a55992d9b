"""The image of a fit: the rows of a data set and each racer's predictions for them."""

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
"""Margins of the plot: above it for the name of the last column, at its sides, below it for that of the first."""
GAP_PX = 12
"""Gap between the name of the last column and the remark."""
POINT_PX, LINE_PX, HALO_PX, LETTER_PX, DIAGONAL_PX = 3.0, 1.6, 3.4, 12, 1.0
MOST_POINTS, MOST_VERTICES = 1500, 160
"""Most points that are drawn, since more would overlap; and vertices of a line, since more would not be visible."""
ROOM = 0.06
"""Share of the span of the points that is left free on each side."""
FARTHEST = 20.0
"""Distance to which a line is drawn beyond the plot's edge, in widths of the plot."""
NO_LINE = "no line for this formula"
PREDICTIONS_KEPT = 4
"""Size of the cache of predictions: a race needs the prediction of the same model twenty times a second."""


@dataclass(frozen=True)
class Fit:
    """The content of the image.

    Attributes
    ----------
    columns : Columns
        The rows of the data set, column by column.
    across, up : Range
        The visible ranges of the first and of the last column.
    model : str
        The text of the loss, or of its model.
    parameters : mapping
        The values of the parameters in it.
    colours, weights : sequences
        The colour of each racer, and its position in the coordinates of the formula, which are the model's weights.
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
    """The image of a fit; `of_predictions` says whether its horizontal axis holds predictions, not the first column."""

    image: QImage
    of_predictions: bool


def draw_fit(fit: Fit, theme: Theme, size: QSize, ratio: float) -> Picture:
    """Return the image of a fit; called on the worker thread."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.window))
    names, prediction, plot = list(fit.columns), _prediction(fit.model, tuple(fit.columns)), plot_of(size)
    # A line over the first column is the whole model only if the model reads no other column.
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
    """Return the prediction of the model within a loss, or None if the loss contains no model."""
    try:
        return Prediction(model, names)
    except FormulaError:
        return None


def _said(fit: Fit, prediction: Prediction | None) -> Sequence[Array]:
    """Return the predictions (rows,) for each racer's weights; none if there is no model or no racer."""
    if prediction is None or not fit.weights:
        return ()
    x, y = np.array(fit.weights).T
    return list(prediction.values(x, y, fit.columns, fit.parameters))


def _draw_lines(painter: QPainter, theme: Theme, plot: QRectF, fit: Fit, said: Sequence[Array]) -> None:
    """Draw the rows as points and each racer's predictions as a line from left to right."""
    (across, up), (to_x, to_y) = sides_of(fit.columns), scales_of(fit, plot)
    stride = -(-len(across) // MOST_POINTS)
    _draw_points(painter, theme.muted, to_x(across[::stride]), to_y(up[::stride]))
    order = np.argsort(across)
    kept = order[np.unique(np.linspace(0, len(order) - 1, MOST_VERTICES).astype(np.int64))]
    for colour, values in zip(fit.colours, said, strict=False):
        _draw_line(painter, theme, colour, to_x(across[kept]), to_y(values[kept]))


def _draw_predictions(painter: QPainter, theme: Theme, plot: QRectF, fit: Fit, said: Sequence[Array]) -> None:
    """Draw each row at (prediction, true value), for each racer, and the diagonal on which the two are equal."""
    _, up = sides_of(fit.columns)
    to_x, to_y = _scale(fit.up, plot.left(), plot.right()), _scale(fit.up, plot.bottom(), plot.top())
    painter.setPen(QPen(QColor(theme.muted), DIAGONAL_PX, Qt.PenStyle.DashLine))
    painter.drawLine(plot.bottomLeft(), plot.topRight())
    stride = -(-len(up) * max(len(said), 1) // MOST_POINTS)
    # A prediction far outside of the range is drawn at the edge, so that it stays visible.
    left, right = plot.left() + POINT_PX, plot.right() - POINT_PX
    for colour, values in zip(fit.colours, said, strict=False):
        _draw_points(painter, colour, np.clip(to_x(values[::stride]), left, right), to_y(up[::stride]))


def plot_of(size: QSize) -> QRectF:
    """Return the rectangle of the plot, without margins, in an image of this size."""
    return QRectF(EDGE_PX, HEAD_PX, size.width() - 2 * EDGE_PX, size.height() - HEAD_PX - FOOT_PX)


def range_of(values: Array) -> Range:
    """Return the range of an axis that shows all values of a column, with a margin on both sides."""
    low, high = float(values.min()), float(values.max())
    room = ROOM * (high - low) or 1.0
    return low - room, high + room


def scales_of(fit: Fit, plot: QRectF) -> tuple[Callable[[Array], Array], Callable[[Array], Array]]:
    """Return the functions from values of the first and of the last column to x and y in pixels of the image."""
    return _scale(fit.across, plot.left(), plot.right()), _scale(fit.up, plot.bottom(), plot.top())


def _scale(ends: Range, first: float, last: float) -> Callable[[Array], Array]:
    low, high = ends

    def places(numbers: Array) -> Array:
        shares = (np.nan_to_num(numbers, nan=low) - low) / (high - low)
        # Clipped, because QPainter draws lines wrongly whose ends lie very far outside of the image.
        return first + np.clip(shares, -FARTHEST, FARTHEST) * (last - first)

    return places


def sides_of(columns: Columns) -> tuple[Array, Array]:
    """Return the columns that are drawn: the first, on the horizontal axis, and the last, on the vertical one."""
    names = list(columns)
    return columns[names[0]], columns[names[-1]]


def _draw_names(painter: QPainter, theme: Theme, plot: QRectF, across: str, up: str, remark: str) -> None:
    """Write the names of both axes, and a remark above the plot; texts that are too long are elided."""
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
