"""Icons: SVG files of `gui/look/icons`, painted in a colour of the theme at any size.

A file is drawn on a square of 16 units, and writes `currentColor` wherever it has a colour.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).with_name("icons")
RENDERERS_KEPT = 256
"""Pairs of icon and colour, more than two themes use: reading a file takes longer than painting it."""


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Paint the icon of this name, as large as it fits into a square in the middle of `rect`."""
    side = min(rect.width(), rect.height())
    square = QRectF(rect.center() - QPointF(side, side) / 2.0, QSizeF(side, side))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour.name()).render(painter, square)
    painter.restore()


def icon_pixmap(name: str, side: int, colour: QColor, ratio: float) -> QPixmap:
    """Return the icon of this name as a picture `side` wide and high, with `ratio` pixels in a unit.

    It is painted once: a button over a view asks for it with every frame, and each racer's card has the same icons.
    """
    key, pixmap = f"icon {name} {side} {colour.rgba()} {ratio}", QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = _painted(name, side, colour, ratio)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def _painted(name: str, side: int, colour: QColor, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, name, QRectF(0.0, 0.0, side, side), colour)
    painter.end()
    return pixmap


@lru_cache(maxsize=RENDERERS_KEPT)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    """Return the drawing of an icon; Qt has no other way to give an SVG a colour than to write it into the text."""
    svg = (FOLDER / f"{name.replace(' ', '_')}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
