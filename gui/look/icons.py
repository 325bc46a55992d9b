"""Icons as a few strokes each, painted in the colours of the theme at any size."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

Place = tuple[float, float]

GRID = 16.0
"""Icons are drawn on a square of so many units."""
STROKE = 1.5


@dataclass(frozen=True)
class Icon:
    """What is stroked and what is filled.

    Attributes
    ----------
    lines : tuple of polylines
    curves : tuple of (from, towards, to)
        Quadratic curves.
    boxes : tuple of (left, top, width, height)
        Outlines with rounded corners.
    shapes : tuple of polygons
        Filled.
    dots : tuple of (x, y, radius)
        Filled.
    """

    lines: tuple[tuple[Place, ...], ...] = ()
    curves: tuple[tuple[Place, Place, Place], ...] = ()
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    shapes: tuple[tuple[Place, ...], ...] = ()
    dots: tuple[tuple[float, float, float], ...] = ()


LIDS = (((1.8, 8), (8, 0.5), (14.2, 8)), ((1.8, 8), (8, 15.5), (14.2, 8)))
PUPIL = ((8, 8, 2.2),)
STAR = tuple(
    (8 + radius * math.sin(turn * math.pi / 5), 8.6 - radius * math.cos(turn * math.pi / 5))
    for turn, radius in enumerate((7, 3) * 5)
)
RING = (((8, 1.6), (14.4, 1.6), (14.4, 8)), ((14.4, 8), (14.4, 14.4), (8, 14.4)),
        ((8, 14.4), (1.6, 14.4), (1.6, 8)), ((1.6, 8), (1.6, 1.6), (8, 1.6)))  # fmt: skip

ICONS = {
    "play": Icon(shapes=(((4, 2), (14, 8), (4, 14)),)),
    "pause": Icon(shapes=(((3.5, 2.5), (6.5, 2.5), (6.5, 13.5), (3.5, 13.5)),
                          ((9.5, 2.5), (12.5, 2.5), (12.5, 13.5), (9.5, 13.5)))),
    "restart": Icon(lines=(((2.2, 3), (2.2, 13)),),
                    shapes=(((9, 3), (9, 13), (3.4, 8)), ((14.6, 3), (14.6, 13), (9, 8)))),
    "back": Icon(lines=(((13, 3), (13, 13)),), shapes=(((10.5, 3), (10.5, 13), (3, 8)),)),
    "step": Icon(lines=(((3, 3), (3, 13)),), shapes=(((5.5, 3), (5.5, 13), (13, 8)),)),
    "eye": Icon(curves=LIDS, dots=PUPIL),
    "eye shut": Icon(curves=LIDS[1:], lines=(((8, 12.2), (8, 14.6)), ((3.6, 10.8), (2.2, 12.8)),
                                             ((12.4, 10.8), (13.8, 12.8)))),
    "copy": Icon(boxes=((5.5, 5.5, 8.5, 8.5),), lines=(((10.5, 2), (2, 2), (2, 10.5)),)),
    "edit": Icon(lines=(((3, 10.4), (10.8, 2.6), (13.4, 5.2), (5.6, 13), (2.4, 13.6), (3, 10.4)),
                        ((9, 4.4), (11.6, 7)))),
    "remove": Icon(lines=(((3.5, 3.5), (12.5, 12.5)), ((12.5, 3.5), (3.5, 12.5)))),
    "add": Icon(lines=(((8, 2.5), (8, 13.5)), ((2.5, 8), (13.5, 8)))),
    "star": Icon(shapes=(STAR,)),
    "star empty": Icon(lines=((*STAR, STAR[0]),)),
    "previous": Icon(lines=(((10, 3.5), (5.5, 8), (10, 12.5)),)),
    "next": Icon(lines=(((6, 3.5), (10.5, 8), (6, 12.5)),)),
    "surprise": Icon(boxes=((2, 2, 12, 12),), dots=((5.4, 5.4, 1.2), (10.6, 5.4, 1.2), (8, 8, 1.2),
                                                    (5.4, 10.6, 1.2), (10.6, 10.6, 1.2))),
    "keep": Icon(lines=(((4, 2), (12, 2), (12, 14), (8, 10.6), (4, 14), (4, 2)),)),
    "turn": Icon(curves=(((13.2, 9.8), (12, 14), (7.6, 13.8)), ((7.6, 13.8), (2.2, 13.2), (2.4, 8.2)),
                         ((2.4, 8.2), (3, 3.6), (8.4, 3.6))), shapes=(((8, 1.8), (11.6, 3.7), (8, 5.6)),)),
    "domain": Icon(lines=(((4.6, 1.8), (4.6, 11.4), (14.2, 11.4)), ((1.8, 4.6), (11.4, 4.6), (11.4, 14.2)))),
    "more": Icon(lines=(((4, 6), (8, 10.2), (12, 6)),)),
    "fewer": Icon(lines=(((4, 10), (8, 5.8), (12, 10)),)),
    "published": Icon(lines=(((9.2, 1.8), (3.2, 1.8), (3.2, 14.2), (12.8, 14.2), (12.8, 5.4), (9.2, 1.8), (9.2, 5.4),
                              (12.8, 5.4)), ((6, 8.4), (10, 8.4)), ((6, 11.3), (10, 11.3)))),
    "about": Icon(curves=RING, lines=(((8, 7.6), (8, 11.4)),), dots=((8, 4.9, 1.1),)),
    "range": Icon(dots=((3, 8, 1.3), (8, 8, 1.3), (13, 8, 1.3))),
    "side by side": Icon(boxes=((1.5, 1.5, 5.5, 5.5), (9, 1.5, 5.5, 5.5), (1.5, 9, 5.5, 5.5), (9, 9, 5.5, 5.5))),
    "overlay": Icon(boxes=((1.5, 1.5, 13, 13),), dots=((6, 6.5, 1.6), (10.2, 9.8, 1.6))),
    "alone": Icon(lines=(((9.5, 6.5), (14, 2)), ((10, 2), (14, 2), (14, 6)), ((6.5, 9.5), (2, 14)),
                         ((2, 10), (2, 14), (6, 14)))),
    "both": Icon(boxes=((1.5, 2.5, 5.5, 11), (9, 2.5, 5.5, 11))),
    "whole": Icon(lines=(((1.5, 5), (1.5, 1.5), (5, 1.5)), ((11, 1.5), (14.5, 1.5), (14.5, 5)),
                         ((14.5, 11), (14.5, 14.5), (11, 14.5)), ((5, 14.5), (1.5, 14.5), (1.5, 11))),
                  dots=((8, 8, 1.5),)),
}  # fmt: skip


def paint_icon(painter: QPainter, name: str, place: QRectF, colour: QColor) -> None:
    """Paint the icon of this name, as large as it fits into a square in the middle of `place`."""
    icon, side = ICONS[name], min(place.width(), place.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.center() - QPointF(side, side) / 2.0)
    painter.scale(side / GRID, side / GRID)
    pen = QPen(colour, STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for line in icon.lines:
        painter.drawPolyline(polygon(line))
    for begin, towards, end in icon.curves:
        path = QPainterPath(QPointF(*begin))
        path.quadTo(QPointF(*towards), QPointF(*end))
        painter.drawPath(path)
    for box in icon.boxes:
        painter.drawRoundedRect(QRectF(*box), STROKE, STROKE)
    painter.setBrush(colour)
    # A thin line around a filled shape rounds its corners.
    painter.setPen(
        QPen(colour, STROKE / 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    for shape in icon.shapes:
        painter.drawPolygon(polygon(shape))
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y, radius in icon.dots:
        painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.restore()


def icon_pixmap(name: str, side: int, colour: QColor, ratio: float) -> QPixmap:
    """Return the icon of this name as a picture `side` wide and high, with `ratio` pixels in a unit."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, name, QRectF(0.0, 0.0, side, side), colour)
    painter.end()
    return pixmap


def polygon(places: tuple[Place, ...]) -> QPolygonF:
    """Return places as Qt draws them."""
    return QPolygonF([QPointF(x, y) for x, y in places])
