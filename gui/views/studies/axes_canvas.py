"""A widget with two axes of settings around a rectangle, in which a plot paints."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.language.types import Array
from gui.look.theme import Theme
from gui.views.studies.setting_axis import SettingAxis

LEFT_PX, BOTTOM_PX, TOP_PX, RIGHT_PX = 62, 42, 24, 14
"""Room around the rectangle: for numbers and names."""
TICK_PX, GAP_PX = 4, 4
EVERY_X_PX, EVERY_Y_PX = 78, 34
"""The room that a tick of an axis has, at least about."""
TEXT_PX = 11
UNIT = SettingAxis("", 0.0, 1.0, log=False)
FAR_SHARE = 1e4
"""Shares beyond are drawn as if they were there: QPainter's coordinates overflow farther out."""


class AxesCanvas(QWidget):
    """The axes; `paint_plot` of a subclass fills the rectangle between them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.x_axis, self.y_axis = UNIT, UNIT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def plot_rect(self) -> QRectF:
        """The rectangle between the axes, in the widget's units."""
        width, height = self.width() - LEFT_PX - RIGHT_PX, self.height() - TOP_PX - BOTTOM_PX
        return QRectF(LEFT_PX, TOP_PX, max(width, 1), max(height, 1))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.theme = theme
        self.update()

    def show_axes(self, x_axis: SettingAxis, y_axis: SettingAxis) -> None:
        """Show these axes."""
        self.x_axis, self.y_axis = x_axis, y_axis
        self.update()

    def places(self, xs: Array, ys: Array) -> Array:
        """Return where values lie in the widget, float64 (n, 2); NaN where they lie nowhere."""
        rect = self.plot_rect
        across = np.clip(self.x_axis.shares(xs), -FAR_SHARE, FAR_SHARE)
        up = np.clip(self.y_axis.shares(ys), -FAR_SHARE, FAR_SHARE)
        return np.column_stack([rect.left() + across * rect.width(), rect.bottom() - up * rect.height()])

    def place(self, x: float, y: float) -> QPointF:
        """Return where a pair of values lies in the widget."""
        return QPointF(*self.places(np.array([x]), np.array([y]))[0].tolist())

    def shares_at(self, place: QPointF) -> tuple[float, float]:
        """Return the shares of both axes at a place of the widget."""
        rect = self.plot_rect
        return (place.x() - rect.left()) / rect.width(), (rect.bottom() - place.y()) / rect.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plot, and the axes around it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(TEXT_PX)
        painter.setFont(font)
        painter.fillRect(self.plot_rect, QColor(self.theme.window))
        painter.save()
        painter.setClipRect(self.plot_rect)
        self.paint_plot(painter)
        painter.restore()
        self._paint_axes(painter)
        painter.end()

    def paint_plot(self, painter: QPainter) -> None:
        """Paint what lies between the axes."""

    def _paint_axes(self, painter: QPainter) -> None:
        rect, words = self.plot_rect, QColor(self.theme.muted)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.border), 1.0))
        painter.drawRect(rect)
        painter.setPen(words)
        right, middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignHCenter
        taken = -math.inf
        for share, text in sorted(self.x_axis.ticks(int(rect.width() // EVERY_X_PX))):
            x, width = rect.left() + share * rect.width(), painter.fontMetrics().horizontalAdvance(text)
            painter.drawLine(QPointF(x, rect.bottom()), QPointF(x, rect.bottom() + TICK_PX))
            if x - width / 2.0 > taken + GAP_PX:
                taken = x + width / 2.0
                painter.drawText(QRectF(x - EVERY_X_PX, rect.bottom() + TICK_PX, 2.0 * EVERY_X_PX, 16.0), middle, text)
        free = math.inf
        for share, text in sorted(self.y_axis.ticks(int(rect.height() // EVERY_Y_PX))):
            y = rect.bottom() - share * rect.height()
            painter.drawLine(QPointF(rect.left() - TICK_PX, y), QPointF(rect.left(), y))
            if y + TEXT_PX < free:
                free = y
                painter.drawText(QRectF(0.0, y - 8.0, LEFT_PX - TICK_PX - GAP_PX, 16.0), right, text)
        painter.setPen(QColor(self.theme.text))
        below = QRectF(rect.left(), rect.bottom() + 20.0, rect.width(), 18.0)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, self.x_axis.title)
        above = QRectF(GAP_PX, 0.0, rect.right() - GAP_PX, TOP_PX - GAP_PX)
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.y_axis.title)
