"""Arranges the drawn lines of a rule: each beside its numbers in x and in y where the width allows it, or beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QImage

from engine.language.display.numbered import HEIGHT_EM, NumberedRule, Place, marked_by
from engine.language.display.typeset import Line
from gui.formula.drawing import MARGIN_PX, MOST_WORK, Drawing, Placed, Room, drawing_of, flow, painted

SCALES = (0.9, 0.8, 0.7)
"""Scales that are tried in turn, down to the smallest that is readable."""
GAP_PX, ROW_GAP_PX, INDENT_PX = 30.0, 9.0, 20.0
"""Between columns, between rows, and of numbers beneath their line; in px at scale 1."""
ABOVE_PX, BELOW_PX = 13.0, 5.0
"""Of every row at least, above and below its base line: rows are evenly apart, whichever letters they have."""

EM = 4 / 3
"""How ziamath's em is larger than its letters: it takes their size for one in points."""
LEADING_PX = 3.0
"""Between the rows of one line."""

Columns = list[list[Drawing]]
"""The drawings of a line beside one another: of its text, and of its numbers in x and in y."""


class Row(NamedTuple):
    """Columns beside one another, and the gap above them."""

    gap: float
    columns: Columns


@dataclass(frozen=True)
class Spot:
    """Where a number is written: its place in the rule, and the left end of its base line, in px.

    `width` is that of the room, `size` that of the letters, in px, and `brackets` says when the number has brackets, as
    in `engine.language.display.numbered`.
    """

    place: Place
    x: float
    base: float
    width: float
    size: float
    brackets: int


@dataclass(frozen=True, eq=False)
class Arranged:
    """A picture of a rule without its changing numbers, where these belong, and the file of the font."""

    image: QImage
    spots: tuple[Spot, ...]
    font: Path


def arranged(rule: NumberedRule, room: Room, colour: str) -> Arranged | None:
    """Return the picture of a rule, no wider than `room` where possible; None where there is too much to draw.

    It takes long, and so belongs on a worker's thread.
    """
    if sum(line.symbols.work + sum(row.work for row in line.rows) for line in rule.lines) > 2 * MOST_WORK:
        return None
    blocks = [[_drawn(line, colour) for line in (each.symbols, *each.rows)] for each in rule.lines]
    scale, placed = _best(blocks, room.width)
    width = max((part.x + part.drawing.width for part in placed), default=0.0)
    height = max((part.y + part.drawing.below for part in placed), default=0.0)
    image = painted(placed, (width + 2 * MARGIN_PX) * scale, (height + 2 * MARGIN_PX) * scale, scale, room)
    return Arranged(image, tuple(_spots(rule, placed, scale)), font_file())


def _drawn(line: Line, colour: str) -> list[Drawing]:
    return [drawing_of(part, colour) for part in line.parts]


def _best(blocks: Sequence[Columns], room: float) -> tuple[float, list[Placed]]:
    """Return the arrangement of the least height that fits into a width, at the largest scale at which it does."""
    text, x, y = (max((_width(block[column : column + 1]) for block in blocks), default=0.0) for column in range(3))
    for whole, columns, placing in (
        (text + GAP_PX + x + GAP_PX + y, (0.0, text + GAP_PX, text + x + 2 * GAP_PX), _beside),
        (INDENT_PX + x + GAP_PX + y, (0.0, INDENT_PX, INDENT_PX + x + GAP_PX), _beneath),
        (INDENT_PX + max(x, y), (0.0, INDENT_PX), _stacked),
    ):
        for scale in SCALES:
            if whole < room / scale:
                return scale, _placed([row for block in blocks for row in placing(block)], columns)
    return SCALES[-1], flow([part for block in blocks for part in block], room / SCALES[-1], apart=True)[0]


def _width(rows: Sequence[Sequence[Drawing]]) -> float:
    return sum(drawing.width for row in rows for drawing in row)


def _beside(block: Columns) -> list[Row]:
    return [Row(ROW_GAP_PX, block)]


def _beneath(block: Columns) -> list[Row]:
    return [Row(ROW_GAP_PX, block[:1]), Row(LEADING_PX, [[], *block[1:]])]


def _stacked(block: Columns) -> list[Row]:
    return [Row(ROW_GAP_PX, block[:1]), *(Row(LEADING_PX, [[], part]) for part in block[1:])]


def _placed(rows: Sequence[Row], columns: Sequence[float]) -> list[Placed]:
    """Return the drawings of rows one beneath another, with columns that begin at `columns`."""
    placed, y = list[Placed](), -ROW_GAP_PX
    for row in rows:
        everything = [drawing for column in row.columns for drawing in column]
        base = y + row.gap + max(ABOVE_PX, *(drawing.above for drawing in everything))
        for column, x in zip(row.columns, columns, strict=False):
            for drawing in column:
                placed.append(Placed(drawing, x, base))
                x += drawing.width
        y = base + max(BELOW_PX, *(drawing.below for drawing in everything))
    return placed


def _spots(rule: NumberedRule, placed: Sequence[Placed], scale: float) -> list[Spot]:
    """Return where the marks of the drawings are in the picture."""
    spots = []
    for part in placed:
        for mark in part.drawing.marks:
            number, brackets = marked_by(mark.colour)
            x, base = (scale * (at + MARGIN_PX) for at in (part.x + mark.x, part.y + mark.base))
            size = scale * mark.height / HEIGHT_EM / EM
            spots.append(Spot(rule.places[number], x, base, scale * mark.width, size, brackets))
    return spots


def font_file() -> Path:
    """Return the font of typeset mathematics, so that numbers look like the letters beside them."""
    from ziamath import fonts

    return Path(str(fonts.__file__)).with_name("STIXTwoMath-Regular.ttf")
