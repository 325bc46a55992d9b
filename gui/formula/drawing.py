"""Draws lines of MathML as a picture, on a worker's thread: ziamath turns them into SVG, which Qt paints.

A line that does not fit is broken between terms; if that is not enough, all is drawn smaller, as far as it stays
readable.
"""

from __future__ import annotations

import re
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
"""Scales that are tried in turn, down to the smallest that is readable."""
MARGIN_PX = 1.0
LINE_GAP_PX, COLUMN_GAP_PX, INDENT_PX = 5.0, 44.0, 22.0
MOST_WORK = 1_500
"""The limit of `Line.work`.  ziamath lays each row out twice, so nested rows double the work with each level."""
RECTANGLE = re.compile(
    r'<rect x="(?P<x>[^"]*)" y="(?P<y>[^"]*)" width="(?P<width>[^"]*)" height="(?P<height>[^"]*)" '
    r'fill="(?P<colour>[^"]*)" />'
)
"""How ziamath writes a rectangle."""
PARTS_KEPT = 500
"""Size of the cache of drawings: a keystroke leaves most parts of a formula as they were."""


@dataclass(frozen=True)
class Mark:
    """A rectangle in a drawing that is to be written in; its colour tells which, and is not drawn.

    `x` and `base` are its left lower corner, in px at scale 1 from where the base line begins.
    """

    colour: str
    x: float
    base: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """A part of a line as ziamath draws it; width, and height above and below the base line, in px at scale 1."""

    svg: bytes
    width: float
    above: float
    below: float
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Placed:
    """A drawing, and the point where its base line begins."""

    drawing: Drawing
    x: float
    y: float


@dataclass(frozen=True)
class Room:
    """The size that is available, in px, and the number of screen pixels in a px."""

    width: float
    height: float
    pixel_ratio: float


def picture_of(lines: Sequence[Line], room: Room, colour: str, apart: bool) -> QImage | None:
    """Return a picture, or None where there is too much to draw; it exceeds `room` where even the smallest scale does.

    Parameters
    ----------
    apart : bool
        Whether each line begins a row; else short lines stand side by side.
    """
    if sum(line.work for line in lines) > MOST_WORK:
        return None
    drawings = [[drawing_of(part, colour) for part in line.parts] for line in lines]
    for scale in SCALES:
        placed, width, height = flow(drawings, room.width / scale, apart)
        if width * scale < room.width - 1 and height * scale < room.height - 1:
            break
    return painted(placed, width * scale, height * scale, scale, room)


@lru_cache(maxsize=PARTS_KEPT)
def drawing_of(part: str, colour: str) -> Drawing:
    """Return a part of a line in a colour, without the rectangles that have other colours."""
    # Imported here because importing it takes 0.1 s, which would delay the start of the program.
    from ziamath.config import config
    from ziamath.zmath import Math

    # Qt paints paths always, but the references of SVG 2 not always.
    config.svg2 = False
    tree = ET.fromstring(f'<math display="block" mathcolor="{colour}"><mrow>{part}</mrow></math>')
    drawn = Math(tree, size=FONT_PX, margin=MARGIN_PX)
    box, svg = drawn.node.bbox, drawn.svg()
    found = [match for match in RECTANGLE.finditer(svg) if match["colour"] != colour]
    marks = tuple(_mark(match) for match in found)
    for match in found:
        svg = svg.replace(match[0], "")
    return Drawing(svg.encode(), box.xmax, box.ymax, -box.ymin, marks)


def _mark(match: re.Match[str]) -> Mark:
    x, y, width, height = (float(match[name]) for name in ("x", "y", "width", "height"))
    return Mark(match["colour"], x, y + height, width, height)


def flow(lines: Iterable[Sequence[Drawing]], width: float, apart: bool) -> tuple[list[Placed], float, float]:
    """Return the drawings of `lines`, placed in rows no wider than `width` where possible, and their total size."""
    rows: list[list[tuple[float, Drawing]]] = [[]]
    x = 0.0
    for number, line in enumerate(lines):
        whole = sum(drawing.width for drawing in line)
        # A line that fits into a row of its own is not broken to fill up the row before.
        alone = number > 0 and (apart or x + COLUMN_GAP_PX + whole > width >= whole)
        for index, drawing in enumerate(line):
            gap = COLUMN_GAP_PX if index == 0 and rows[-1] else 0.0
            begins = alone and index == 0
            if rows[-1] and (begins or x + gap + drawing.width > width):
                rows.append([])
                x, gap = INDENT_PX if index else 0.0, 0.0
            rows[-1].append((x + gap, drawing))
            x += gap + drawing.width
    placed, y, widest = [], 0.0, 0.0
    for row in rows:
        base = y + max(drawing.above for _, drawing in row)
        placed += [Placed(drawing, x, base) for x, drawing in row]
        y = base + max(drawing.below for _, drawing in row) + LINE_GAP_PX
        widest = max(widest, row[-1][0] + row[-1][1].width)
    return placed, widest + 2 * MARGIN_PX, y - LINE_GAP_PX + 2 * MARGIN_PX


def painted(placed: Iterable[Placed], width: float, height: float, scale: float, room: Room) -> QImage:
    """Return a picture of this size, in px, with drawings at a scale."""
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
        # The origin of a drawing is on its base line, so its view box begins above 0.
        renderer.render(
            painter, QRectF(part.x + box.x() + MARGIN_PX, part.y + box.y() + MARGIN_PX, box.width(), box.height())
        )
    painter.end()
    return image
