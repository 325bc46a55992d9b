"""Draws arrows and ellipses: the colour is the racer's, the stroke says the kind."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

HALO_PX = 2.0
"""How much wider the halo is than the stroke, on each side."""
SHORTEST_PX = 2.0
"""Arrows that are shorter have no direction that could be seen, and are left out."""
HEAD_PX, HEAD_HALF_PX, LONGEST_SHARE = 9.0, 4.5, 0.6
"""Length and half the width of a head, and the largest share of its arrow."""
FILL_OPACITY = 0.16


@dataclass(frozen=True)
class Stroke:
    """How a kind is drawn: the width, the pattern of dashes in widths, and whether the head is filled."""

    width: float
    dashes: tuple[float, ...] = ()
    filled: bool = True


STROKES: Mapping[str, Stroke] = MappingProxyType(
    {
        "gradient": Stroke(2.0, (3.0, 2.0), filled=False),
        "momentum": Stroke(3.2),
        "step": Stroke(2.0, (0.1, 2.2)),
        "rate": Stroke(1.6),
    }
)
"""The strokes of `gui.session.choices.ARROWS`: dashed, thick, dotted, and the outline of the ellipse."""


def draw_arrow(painter: QPainter, kind: str, begin: QPointF, end: QPointF, colour: str, halo: str) -> None:
    """Draw an arrow of a kind between two points, in px."""
    way = end - begin
    length = math.hypot(way.x(), way.y())
    if length < SHORTEST_PX:
        return
    along = way / length
    across = QPointF(-along.y(), along.x())
    head = min(HEAD_PX, LONGEST_SHARE * length)
    neck, stroke = end - along * head, STROKES[kind]
    half = HEAD_HALF_PX * head / HEAD_PX
    wings = [neck + across * half, end, neck - across * half]
    for paint, wider in ((halo, 2.0 * HALO_PX), (colour, 0.0)):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(paint, stroke.width + wider, stroke.dashes if not wider else ()))
        painter.drawLine(begin, neck if stroke.filled else end)
        painter.setPen(_pen(paint, (0.5 if stroke.filled else stroke.width) + wider))
        if stroke.filled:
            painter.setBrush(QColor(paint))
            painter.drawPolygon(QPolygonF(wings))
        else:
            painter.drawPolyline(QPolygonF(wings))


def draw_ellipse(painter: QPainter, middle: QPointF, radii: Sequence[float], colour: str, halo: str) -> None:
    """Draw an ellipse along the axes, with its radii in px."""
    width = STROKES["rate"].width
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(halo, width + 2.0 * HALO_PX))
    painter.drawEllipse(middle, *radii)
    fill = QColor(colour)
    fill.setAlphaF(FILL_OPACITY)
    painter.setBrush(fill)
    painter.setPen(_pen(colour, width))
    painter.drawEllipse(middle, *radii)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _pen(colour: str, width: float, dashes: Sequence[float] = ()) -> QPen:
    pen = QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    if dashes:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap if dashes[0] < 1.0 else Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(list(dashes))
    return pen
