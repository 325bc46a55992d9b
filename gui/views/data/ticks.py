"""The ticks of an axis of the data view: round numbers, as many as have room, and their labels."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from gui.look.theme import Theme
from gui.views.curves.number_axes import plain_text
from landscapes.landscape import Range

TICK_PX, LABEL_GAP_PX, LETTER_PX = 3.0, 3.0, 10
LEAST_ACROSS_PX, LEAST_UP_PX = 56.0, 26.0
"""The least distance between two ticks of the horizontal and of the vertical axis."""
ROUND = (1.0, 2.0, 5.0, 10.0)
DIGITS = 6


def ticks_of(ends: Range, room_px: float, least_px: float) -> list[float]:
    """Return the multiples of 1, 2 or 5 times a power of ten between two ends, at least `least_px` apart."""
    low, high = ends
    wanted = (high - low) * least_px / max(room_px, least_px)
    if not (math.isfinite(wanted) and wanted > 0.0):
        return []
    power = 10.0 ** math.floor(math.log10(wanted))
    step = next(factor * power for factor in ROUND if factor * power >= wanted * (1.0 - 1e-9))
    return [number * step for number in range(math.ceil(low / step), math.floor(high / step) + 1)]


def tick_text(value: float, step: float) -> str:
    """Return a tick's number without the last digits of its rounding error."""
    decimals = max(-math.floor(math.log10(step)), 0) if step > 0.0 else 0
    return plain_text(round(value, decimals), DIGITS)


def draw_ticks(painter: QPainter, theme: Theme, plot: QRectF, across: Range, up: Range, kept_px: float) -> None:
    """Draw ticks and their labels left of a plot and beneath it, where `kept_px` at the right end are the name's."""
    font = QFont(painter.font())
    font.setPixelSize(theme.px(LETTER_PX))
    painter.setFont(font)
    for value, text in _labelled(across, plot.width(), LEAST_ACROSS_PX):
        x = plot.left() + (value - across[0]) / (across[1] - across[0]) * plot.width()
        _draw_mark(painter, theme, QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + TICK_PX))
        half = painter.fontMetrics().horizontalAdvance(text) / 2.0
        if x + half < plot.right() - kept_px:
            room = QRectF(x - half - 1, plot.bottom() + TICK_PX, 2 * half + 2, painter.fontMetrics().height())
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
    for value, text in _labelled(up, plot.height(), LEAST_UP_PX):
        y = plot.bottom() - (value - up[0]) / (up[1] - up[0]) * plot.height()
        _draw_mark(painter, theme, QPointF(plot.left() - TICK_PX, y), QPointF(plot.left(), y))
        height = painter.fontMetrics().height()
        room = QRectF(0, y - height / 2, plot.left() - TICK_PX - LABEL_GAP_PX, height)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def _labelled(ends: Range, room_px: float, least_px: float) -> list[tuple[float, str]]:
    """Return the ticks of an axis with their labels; two labels that are alike say nothing, and are left out."""
    ticks = ticks_of(ends, room_px, least_px)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else abs(ticks[0]) if ticks else 0.0
    return [(value, tick_text(value, step)) for value in ticks]


def _draw_mark(painter: QPainter, theme: Theme, start: QPointF, end: QPointF) -> None:
    painter.setPen(QPen(QColor(theme.border), 1.0))
    painter.drawLine(start, end)
    painter.setPen(QColor(theme.muted))
