"""Curves over one setting: a line for each racer, with marks, level lines and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.language.types import Array
from gui.look.theme import Theme
from gui.views.painting import draw_line
from gui.views.studies.axes_canvas import AxesCanvas
from gui.views.studies.setting_axis import SettingAxis

LINE_PX, MARK_PX = 2.0, 5.0
LEGEND_PX, ROW_PX, SWATCH_PX = 8, 16, 14
NOTHING = "Nothing has been computed yet."


@dataclass(frozen=True, eq=False)
class SettingCurve:
    """A line.

    Attributes
    ----------
    name, colour : str
    xs, ys : float64 (n,)
        Infinite where a racer has diverged: the line leaves the plot at its top.
    mark : (x, y) or None
        A value that stands out, as the best one does.
    ring : (x, y) or None
        Another one, as that of now.
    """

    name: str
    colour: str
    xs: Array
    ys: Array
    mark: tuple[float, float] | None = None
    ring: tuple[float, float] | None = None


class SettingCurves(AxesCanvas):
    """The plot of all lines."""

    def __init__(self, theme: Theme, nothing: str = NOTHING) -> None:
        super().__init__(theme)
        self.curves: Sequence[SettingCurve] = ()
        self.levels: Sequence[tuple[float, str]] = ()
        self._nothing = nothing

    def show_curves(
        self, curves: Sequence[SettingCurve], axes: tuple[SettingAxis, SettingAxis],
        levels: Sequence[tuple[float, str]] = (),
    ) -> None:  # fmt: skip
        """Show these lines, and a level line with a text at each of `levels`."""
        self.curves, self.levels = curves, levels
        self.show_axes(*axes)

    def paint_plot(self, painter: QPainter) -> None:
        """Paint level lines, lines, marks and names."""
        rect = self.plot_rect
        if not self.curves:
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._nothing)
            return
        for height, text in self.levels:
            y = self.place(self.x_axis.low, height).y()
            painter.setPen(QPen(QColor(self.theme.muted), 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
            painter.drawText(QPointF(rect.left() + LEGEND_PX, y - LEGEND_PX / 2), text)
        for curve in self.curves:
            beyond = np.where(np.isposinf(curve.ys), np.finfo(np.float64).max, curve.ys)
            places = self.places(curve.xs, beyond)
            draw_line(painter, places[np.isfinite(places).all(axis=1)], curve.colour, LINE_PX)
        for curve in self.curves:
            self._paint_marks(painter, curve)
        self._paint_names(painter, rect)

    def _paint_marks(self, painter: QPainter, curve: SettingCurve) -> None:
        for point, filled in ((curve.ring, False), (curve.mark, True)):
            if point is not None:
                painter.setPen(QPen(QColor(curve.colour if not filled else self.theme.window), 1.5))
                painter.setBrush(QColor(curve.colour if filled else self.theme.window))
                painter.drawEllipse(self.place(*point), MARK_PX, MARK_PX)

    def _paint_names(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the names in the upper right corner, on a ground that lets them be read."""
        names = [curve.name for curve in self.curves if curve.name]
        if not names:
            return
        metrics = painter.fontMetrics()
        width = max(map(metrics.horizontalAdvance, names)) + SWATCH_PX + 3 * LEGEND_PX
        rows = min(len(names), max(int(rect.height() // ROW_PX) - 1, 1))
        box = QRectF(rect.right() - width - LEGEND_PX, rect.top() + LEGEND_PX, width, rows * ROW_PX + LEGEND_PX)
        ground = QColor(self.theme.panel)
        ground.setAlphaF(0.85)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4.0, 4.0)
        for row, curve in enumerate(self.curves[:rows]):
            y = box.top() + LEGEND_PX / 2 + (row + 0.5) * ROW_PX
            painter.setPen(QPen(QColor(curve.colour), LINE_PX))
            left = box.left() + LEGEND_PX
            painter.drawLine(QPointF(left, y), QPointF(left + SWATCH_PX, y))
            painter.setPen(QColor(self.theme.text))
            place = QRectF(left + SWATCH_PX + LEGEND_PX, y - ROW_PX / 2, width, ROW_PX)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, curve.name)
