"""Draws lines of mathematics as a picture, on a worker's thread: ziamath makes SVG of them, and Qt pixels.

What does not fit is broken between terms, then made smaller, down to a size that can still be read.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from engine.language.display.typeset import Line

FONT_PX = 19.0
SCALES = (1.0, 0.9, 0.8, 0.7)
"""From the size that is read best to the smallest that can be."""
MARGIN_PX = 1.0
LINE_GAP_PX, COLUMN_GAP_PX, INDENT_PX = 5.0, 44.0, 22.0
MOST_WORK = 1_500
"""Elements: ziamath lays a row out twice to learn its height, so rows within rows double their work with each level."""
PARTS_KEPT = 500
"""Drawings of parts that are kept: while a person types, most of a formula stays."""


@dataclass(frozen=True)
class Drawing:
    """A part as ziamath draws it; px at scale 1, `above` and `below` the base line."""

    svg: bytes
    width: float
    above: float
    below: float


@dataclass(frozen=True)
class Placed:
    """A drawing and where its base line begins."""

    drawing: Drawing
    x: float
    y: float


@dataclass(frozen=True)
class Room:
    """What there is to draw in; px, and how many pixels of the screen each has."""

    width: float
    height: float
    pixel_ratio: float


def picture_of(lines: Sequence[Line], room: Room, colour: str, apart: bool) -> QImage | None:
    """Return a picture, larger than `room` where even the smallest size is; None where there is too much to draw.

    Parameters
    ----------
    apart : bool
        Whether each line begins a row; otherwise short ones stand beside one another.
    """
    if sum(line.work for line in lines) > MOST_WORK:
        return None
    drawings = [[_drawing(part, colour) for part in line.parts] for line in lines]
    for scale in SCALES:
        placed, width, height = _flow(drawings, room.width / scale, apart)
        if width * scale < room.width - 1 and height * scale < room.height - 1:
            break
    return _painted(placed, width * scale, height * scale, scale, room)


@lru_cache(maxsize=PARTS_KEPT)
def _drawing(part: str, colour: str) -> Drawing:
    # Here and not above: it would cost a tenth of a second of the program's start.
    import ziamath

    # Qt draws paths; the references of SVG 2 it draws at times.
    ziamath.config.svg2 = False
    tree = ET.fromstring(f'<math display="block" mathcolor="{colour}"><mrow>{part}</mrow></math>')
    drawn = ziamath.Math(tree, size=FONT_PX, margin=MARGIN_PX)
    box = drawn.node.bbox
    return Drawing(drawn.svg().encode(), box.xmax, box.ymax, -box.ymin)


def _flow(lines: Iterable[Sequence[Drawing]], width: float, apart: bool) -> tuple[list[Placed], float, float]:
    """Return the drawings of `lines` in rows no wider than `width`, where that can be, and the size of them all."""
    rows: list[list[tuple[float, Drawing]]] = [[]]
    x = 0.0
    for number, line in enumerate(lines):
        whole = sum(drawing.width for drawing in line)
        # What fits a row of its own is not broken to fill up another.
        alone = number > 0 and (apart or x + COLUMN_GAP_PX + whole > width >= whole)
        for place, drawing in enumerate(line):
            gap = COLUMN_GAP_PX if place == 0 and rows[-1] else 0.0
            begins = alone and place == 0
            if rows[-1] and (begins or x + gap + drawing.width > width):
                rows.append([])
                x, gap = INDENT_PX if place else 0.0, 0.0
            rows[-1].append((x + gap, drawing))
            x += gap + drawing.width
    placed, y, widest = [], 0.0, 0.0
    for row in rows:
        base = y + max(drawing.above for _, drawing in row)
        placed += [Placed(drawing, x, base) for x, drawing in row]
        y = base + max(drawing.below for _, drawing in row) + LINE_GAP_PX
        widest = max(widest, row[-1][0] + row[-1][1].width)
    return placed, widest + 2 * MARGIN_PX, y - LINE_GAP_PX + 2 * MARGIN_PX


def _painted(placed: Iterable[Placed], width: float, height: float, scale: float, room: Room) -> QImage:
    image = QImage(
        round(width * room.pixel_ratio) + 1,
        round(height * room.pixel_ratio) + 1,
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(room.pixel_ratio)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    for part in placed:
        renderer = QSvgRenderer(QByteArray(part.drawing.svg))
        box = renderer.viewBoxF()
        # The drawing's own origin is on its base line.
        renderer.render(
            painter, QRectF(part.x + box.x() + MARGIN_PX, part.y + box.y() + MARGIN_PX, box.width(), box.height())
        )
    painter.end()
    return image
