"""The image of a fit: the rows of a data set and each racer's predictions for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPolygonF

from engine.data.columns import Columns
from engine.language.errors import FormulaError
from engine.language.types import Array, Point
from engine.loss.prediction import Prediction
from gui.look.theme import Theme
from gui.views.data.classes import Classes, classes_in
from gui.views.data.ticks import draw_ticks
from gui.views.painting import painting
from landscapes.landscape import Range

HEAD_PX, LEFT_PX, EDGE_PX, FOOT_PX = 22, 44, 10, 20
"""Margins of the plot: above it for the name of the last column, left of it for numbers, right of it, and below it for
numbers and the name of the first column."""
BUTTON_PX = 24
"""Room in the upper right corner for the button that makes the view large."""
GAP_PX = 12
"""Gap between the name of the last column and the remark."""
POINT_PX, LINE_PX, HALO_PX, LETTER_PX, DIAGONAL_PX = 3.0, 1.6, 3.4, 12, 1.0
MARK_PX, MARK_LINE_PX, OPACITY = 2.4, 1.2, 0.75
"""Radius and line of the mark of a class, and the opacity of all points."""
MOST_POINTS, MOST_VERTICES = 1500, 160
"""Most points that are drawn, since more would overlap; and vertices of a line, since more would not be visible."""
ROOM = 0.06
"""Share of the span of the points that is left free on each side."""
FARTHEST = 20.0
"""Distance to which a line is drawn beyond the plot's edge, in widths of the plot."""
NAME_SHARE = 0.6
"""Largest share of the width for the name beneath the plot, so that some numbers stay."""
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
    """The image of a fit.

    `of_predictions` says whether its horizontal axis holds predictions, not the first column; `of_boundaries` whether
    both axes hold columns that tell two classes apart, and `remark` what is written above the plot.
    """

    image: QImage
    of_predictions: bool
    of_boundaries: bool = False
    remark: str = ""


def draw_fit(fit: Fit, theme: Theme, size: QSize, ratio: float) -> Picture:
    """Return the image of a fit; called on the worker thread."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.window))
    names, prediction, plot = list(fit.columns), _prediction(fit.model, tuple(fit.columns)), plot_of(size)
    # A line over the first column is the whole model only if the model reads no other column.
    of_predictions = prediction is not None and not prediction.reads <= {names[0]}
    classes = classes_in(fit.model, fit.columns) if prediction is None else None
    with painting(image) as painter:
        axes = _axes_of(fit, of_predictions, classes)
        remark = class_key(classes, fit.columns) if classes is not None else NO_LINE if prediction is None else ""
        _draw_axes(painter, theme, plot, axes, remark)
        painter.setClipRect(plot)
        if classes is not None:
            _draw_classes(painter, theme, plot, fit, classes, axes)
        else:
            said = _said(fit, prediction)
            (_draw_predictions if of_predictions else _draw_lines)(painter, theme, plot, fit, said)
    return Picture(image, of_predictions, classes is not None and len(classes.columns) > 1, remark)


@dataclass(frozen=True)
class Axes:
    """The names of both axes and the ranges that they show."""

    across_name: str
    up_name: str
    across: Range
    up: Range


def _axes_of(fit: Fit, of_predictions: bool, classes: Classes | None) -> Axes:
    names = list(fit.columns)
    if of_predictions:
        return Axes(f"{names[-1]} as predicted", names[-1], fit.up, fit.up)
    if classes is None or classes.columns == (names[0],):
        return Axes(names[0], names[-1], fit.across, fit.up)
    first, *second = classes.columns
    up = second[0] if second else names[-1]
    return Axes(first, up, range_of(fit.columns[first]), range_of(fit.columns[up]))


def class_key(classes: Classes, columns: Columns) -> str:
    """Return which mark stands for which class: for its word, or where there is none for which value of the column."""
    name = list(columns)[-1]
    low, high = columns.words.get(name, [f"{name} is {value:g}".replace("-", "−") for value in classes.values])
    return f"● {high}   ○ {low}"


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
    return QRectF(LEFT_PX, HEAD_PX, size.width() - LEFT_PX - EDGE_PX, size.height() - HEAD_PX - FOOT_PX)


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


def _draw_classes(painter: QPainter, theme: Theme, plot: QRectF, fit: Fit, classes: Classes, axes: Axes) -> None:
    """Draw the rows of either class with a mark of its own, and each racer's boundary or curve."""
    to_x, to_y = _scale(axes.across, plot.left(), plot.right()), _scale(axes.up, plot.bottom(), plot.top())
    label = list(fit.columns.values())[-1]
    x, y = to_x(fit.columns[axes.across_name]), to_y(fit.columns[axes.up_name])
    stride = -(-len(label) // MOST_POINTS)
    for value, filled in zip(classes.values, (False, True), strict=True):
        there = np.flatnonzero(label == value)[::stride]
        _draw_marks(painter, theme.text if filled else theme.muted, filled, x[there], y[there])
    if len(classes.columns) == 1:
        places, values = classes.curves(fit.columns, axes.across, fit.weights, fit.parameters)
        for colour, height in zip(fit.colours, values, strict=False):
            _draw_line(painter, theme, colour, to_x(places), to_y(height))
        return
    boundaries = classes.boundaries(fit.columns, axes.across, axes.up, fit.weights, fit.parameters)
    for colour, lines in zip(fit.colours, boundaries, strict=False):
        ends = np.stack([to_x(lines[..., 0]), to_y(lines[..., 1])], axis=-1).reshape(-1, 4).tolist()
        _draw_segments(painter, theme, colour, [QLineF(*end) for end in ends])


def _draw_axes(painter: QPainter, theme: Theme, plot: QRectF, axes: Axes, remark: str) -> None:
    """Draw the frame of the plot, the ticks and names of both axes, and a remark above; long texts are elided."""
    painter.setPen(QColor(theme.border))
    painter.drawRect(plot)
    font = QFont(painter.font())
    font.setPixelSize(theme.px(LETTER_PX))
    painter.setFont(font)

    def write(text: str, colour: str, place: QRectF, side: Qt.AlignmentFlag) -> float:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.setPen(QColor(colour))
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return painter.fontMetrics().horizontalAdvance(shown)

    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    above = QRectF(EDGE_PX, 0, plot.right() - EDGE_PX - BUTTON_PX, HEAD_PX)
    # The name of the axis tells more than a remark does, but not at the cost of all of it.
    taken = write(axes.up_name, theme.text, above.adjusted(0, 0, -(1 - NAME_SHARE) * above.width(), 0), left)
    write(remark, theme.muted, above.adjusted(taken + GAP_PX, 0, 0, 0), right)
    below = QRectF(plot.left(), plot.bottom(), plot.width(), FOOT_PX)
    named = write(axes.across_name, theme.text, below.adjusted((1 - NAME_SHARE) * below.width(), 0, 0, 0), right)
    draw_ticks(painter, theme, plot, axes.across, axes.up, named + GAP_PX)


def _draw_marks(painter: QPainter, ink: str, filled: bool, x: Array, y: Array) -> None:
    """Draw discs, or rings where they are not filled."""
    colour = QColor(ink)
    colour.setAlphaF(OPACITY)
    painter.setPen(QPen(colour, MARK_LINE_PX))
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    for place in zip(x.tolist(), y.tolist(), strict=True):
        painter.drawEllipse(QPointF(*place), MARK_PX, MARK_PX)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_points(painter: QPainter, ink: str, x: Array, y: Array) -> None:
    colour = QColor(ink)
    colour.setAlphaF(OPACITY)
    painter.setPen(QPen(colour, POINT_PX, c=Qt.PenCapStyle.RoundCap))
    painter.drawPoints(QPolygonF([QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]))


def _draw_line(painter: QPainter, theme: Theme, colour: str, x: Array, y: Array) -> None:
    places = [QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]
    path = QPainterPath()
    path.addPolygon(QPolygonF(places))
    _with_halo(painter, theme, colour, lambda: painter.drawPath(path))


def _draw_segments(painter: QPainter, theme: Theme, colour: str, lines: list[QLineF]) -> None:
    _with_halo(painter, theme, colour, lambda: painter.drawLines(lines))


def _with_halo(painter: QPainter, theme: Theme, colour: str, draw: Callable[[], None]) -> None:
    """Draw something wide in the colour of the ground, and then again in its own."""
    for ink, width in ((theme.window, HALO_PX), (colour, LINE_PX)):
        painter.setPen(
            QPen(QColor(ink), theme.magnification * width, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
        )
        draw()
