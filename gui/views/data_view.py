"""The rows of a data set as points, and what each racer's model says of them as a line."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from engine.columns import Columns
from engine.frame import Point
from engine.prediction import Prediction
from gui.choices import Range
from gui.theme import Theme
from gui.views.look import RacerLook
from gui.views.worker import Worker

WIDTH_PX, LEAST_WIDTH_PX = 260, 160
HEAD_PX, EDGE_PX, FOOT_PX = 20, 10, 20
"""Room for the name of the second column above the points, beside them, and for that of the first below."""
POINT_PX, LINE_PX, HALO_PX, LETTER_PX = 3.0, 1.6, 3.4, 12
MOST_POINTS, MOST_VERTICES = 1500, 160
"""More points would be a blot, and more corners of a line nobody sees."""
REACH_PX = 10
"""How far from a point a hand may take hold of it."""
ROOM = 0.06
"""Share of the span of the points that is left free on each side."""
FARTHEST = 20.0
"""Widths of the picture up to which a line is followed beyond its edge."""
REDRAW_S = 0.05
"""The least time between two pictures while racing."""
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


class DataView(QWidget):
    """Hidden for a loss without data; a thread of its own draws.

    `point_placed` tells the number of a row, and where it was dragged to or added.
    """

    point_placed = Signal(int, float, float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("The data and each racer's fit")
        self.setToolTip("What each racer's weights say of the data: drag a point, or double-click to add one")
        self.setMinimumWidth(LEAST_WIDTH_PX)
        self._theme = theme
        self._worker = Worker("data view")
        self._image: QImage | None = None
        self._fit: Fit | None = None
        self._text: tuple[str, tuple[str, ...]] = "", ()
        self._prediction: Prediction | None = None
        self._held: int | None = None
        self._asked = self._answered = 0
        self._drawn_at = 0.0
        self.hide()

    @property
    def up_to_date(self) -> bool:
        """Tell whether the picture shows everything that was asked for."""
        return self._asked == self._answered

    def sizeHint(self) -> QSize:
        """Return the room it asks for."""
        return QSize(WIDTH_PX, WIDTH_PX * 2 // 3)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self._ask()

    def show_fit(
        self, columns: Columns | None, prediction: str, looks: Sequence[RacerLook], weights: Sequence[Point],
        settled: bool,
    ) -> None:  # fmt: skip
        """Show these rows and racers; while they move, some twenty times a second."""
        self.setVisible(columns is not None)
        now = time.monotonic()
        if columns is None or (not settled and now - self._drawn_at < REDRAW_S):
            return
        self._drawn_at = now
        text = prediction, tuple(columns)
        if text != self._text:
            self._text, self._prediction = text, Prediction(*text) if prediction else None
        shown = [(look.colour, place) for look, place in zip(looks, weights, strict=False) if look.visible]
        colours, places = [colour for colour, _ in shown], [place for _, place in shown]
        # While a point is held, the plane stays where it is.
        across, up = (
            (range_of(values) for values in _sides(columns))
            if self._held is None or self._fit is None
            else (self._fit.across, self._fit.up)
        )
        fit = Fit(columns, across, up, self._prediction, colours, places)
        if fit != self._fit:
            self._fit = fit
            self._ask()

    def end(self) -> None:
        """End the thread that draws."""
        self._worker.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the point beneath."""
        if event.button() == Qt.MouseButton.LeftButton and self._fit is not None:
            to_x, to_y = self._scales(self._fit)
            across, up = _sides(self._fit.columns)
            far = np.hypot(to_x(across) - event.position().x(), to_y(up) - event.position().y())
            nearest = int(np.argmin(far))
            self._held = nearest if far[nearest] <= REACH_PX else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take a held point along."""
        if self._held is not None:
            self.point_placed.emit(self._held, *self._place(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add a point."""
        if self._fit is not None:
            self.point_placed.emit(self._fit.columns.rows, *self._place(event.position()))

    def _place(self, position: QPointF) -> Point:
        """Return what the two columns are at a place of the widget, held within the plot."""
        assert self._fit is not None, "there is nothing to hold before there are points"
        plot = plot_of(self.size())
        right = min(max((position.x() - plot.left()) / plot.width(), 0.0), 1.0)
        upwards = min(max((plot.bottom() - position.y()) / plot.height(), 0.0), 1.0)
        (left_end, right_end), (low, high) = self._fit.across, self._fit.up
        return left_end + right * (right_end - left_end), low + upwards * (high - low)

    def _scales(self, fit: Fit) -> tuple[Callable[[Array], Array], Callable[[Array], Array]]:
        return scales_of(fit, plot_of(self.size()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new size."""
        super().resizeEvent(event)
        self._ask()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the newest picture."""
        if self._image is not None:
            QPainter(self).drawImage(0, 0, self._image)

    def _ask(self) -> None:
        if self._fit is None or self.isHidden():
            return
        self._asked += 1
        draw = partial(draw_fit, self._fit, self._theme, self.size(), self.devicePixelRatioF())
        number = self._asked
        self._worker.ask("fit", lambda: (number, draw()), self._take)

    def _take(self, answer: tuple[int, QImage]) -> None:
        self._answered, self._image = answer
        self.update()


def draw_fit(fit: Fit, theme: Theme, size: QSize, ratio: float) -> QImage:
    """Return the picture of a fit; on the thread."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.window))
    names, (across, up), plot = list(fit.columns), _sides(fit.columns), plot_of(size)
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


def _sides(columns: Columns) -> tuple[Array, Array]:
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
