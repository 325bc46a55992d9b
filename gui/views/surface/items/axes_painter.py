"""The painter of a block's axes: numbers and names along those edges that face the camera."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMatrix4x4, QPainter, QPen, QVector3D

from engine.loss.heights import HeightScale
from engine.loss.terrain import Terrain
from gui.look.theme import Theme
from gui.views.surface.camera import Margins
from gui.views.surface.scene_coordinates import BASE, RELIEF

TICK_PX, GAP_PX, NAME_GAP_PX, BESIDE_PX = 5.0, 4.0, 5.5, 2.5
"""Length of a tick, gap from the tick to its number, gap from the numbers to the name, and free space around a text.
The gap before the name is at least twice that space."""
TICK_EVERY_PX = 62.0
MOST_TICKS = 8
LEAST_RISE = 0.35
"""Least slope of the line to the camera at which upper edges have numbers; seen more from the side, the numbers would
seem to hang in the air."""
SHORTEST_AXIS_PX = 36.0
"""Least length of an axis that is labelled; a shorter one is seen almost from its end."""
LEAST_NUMBERED_PX = (320, 240)
"""Least width and height of a picture with numbers; a smaller one leaves all room to the block."""
NUMBERED_MARGINS_PX, BARE_MARGINS_PX = (52.0, 40.0, 44.0, 34.0), (9.0, 9.0, 9.0, 9.0)
"""Left, right, top and bottom margins: with numbers and names, and without, where a racer at the edge needs room.  The
switch of heights and the buttons have room above."""
LOSS_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Heights near which the loss axis has a number."""
NEARLY_NOTHING = 0.02
"""A lowest loss below this share of the next number is written as 0, because the sampled minimum is never exact."""
FEWEST_DIGITS, MOST_DIGITS = 3, 9
"""Fewest and most digits of a loss; there are more than the fewest only if two numbers would look equal otherwise."""
SMALLEST_RISE = 1e-300
"""Least argument of a logarithm, which keeps it finite."""
LARGEST_PLAIN, SMALLEST_PLAIN = 1e5, 1e-3
TEXT_PX = 12
OUTWARDS = 0.1
"""Length of the step in the scene whose picture gives the direction in which an axis's texts lie on the screen."""
LINE_OPACITY, CORNER_OPACITY = 0.55, 0.3

Place = tuple[float, float, float]


def is_numbered(size: tuple[float, float]) -> bool:
    """Return whether a picture of this size has numbers."""
    return all(side >= least for side, least in zip(size, LEAST_NUMBERED_PX, strict=True))


def margins_px(size: tuple[int, int], magnification: float = 1.0) -> Margins:
    """Return the margins around the block in a picture of this size, whose texts are so many times as large."""
    if not is_numbered(size):
        return BARE_MARGINS_PX
    left, right, top, bottom = NUMBERED_MARGINS_PX
    return left * magnification, right * magnification, top * magnification, bottom * magnification


@dataclass(frozen=True)
class Axis:
    """One edge of the block with its name and its numbers.

    Attributes
    ----------
    name : str
    start, end : (x, y, z)
        The ends of the edge, in the scene.
    outwards : (x, y, z)
        The direction in the scene from the edge to its numbers.
    ticks : tuple of (share 0..1 of the edge, text)
    """

    name: str
    start: Place
    end: Place
    outwards: Place
    ticks: tuple[tuple[float, str], ...]

    def at(self, share: float) -> Place:
        """Return the place on the edge at a share 0..1 of its length."""
        x, y, z = (low + share * (high - low) for low, high in zip(self.start, self.end, strict=True))
        return x, y, z


class AxesPainter:
    """Paints the three axes for one camera."""

    def __init__(
        self, painter: QPainter, matrix: QMatrix4x4, size: tuple[float, float], theme: Theme, font: QFont
    ) -> None:
        self._painter, self._size, self._theme = painter, size, theme
        columns = matrix.data()
        # Plain numbers, because a few hundred places are projected and Qt's matrix objects take several times as long.
        self._across, self._up, self._away = (tuple(columns[row::4]) for row in (0, 1, 3))
        self._font = QFont(font)
        self._font.setPixelSize(theme.px(TEXT_PX))
        self._metrics = QFontMetricsF(self._font)
        self._taken: list[QRectF] = []

    def paint(self, terrain: Terrain, eye: QVector3D) -> None:
        """Paint the axes of `terrain` as seen from `eye`."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setFont(self._font)
        corners = self._paint_edges(terrain, eye)
        if not is_numbered(self._size):
            return
        for name, span, across in (("x", terrain.bounds[0], eye.y()), ("y", terrain.bounds[1], eye.x())):
            if abs(across) > 1.0:
                self._paint_axis(plane_axis(name, span, math.copysign(1.0, across), BASE, self._room))
            elif eye.z() - RELIEF > LEAST_RISE * math.hypot(eye.x(), eye.y()):
                # Seen from above, no wall along this axis is visible, so the numbers lie along an edge of the top.
                self._paint_axis(plane_axis(name, span, self._lower_left(name), RELIEF, self._room))
        if corners:
            self._paint_axis(self._loss_axis(terrain, corners))

    def _lower_left(self, name: str) -> float:
        """Return the side, -1 or 1, of the top's edge that is further to the lower left, as axes of plots are."""

        def lower_left(side: float) -> float:
            place = self._seen((0.0, side, RELIEF) if name == "x" else (side, 0.0, RELIEF))
            return place.y() - place.x() if place is not None else -math.inf

        return max((-1.0, 1.0), key=lower_left)

    def _paint_edges(self, terrain: Terrain, eye: QVector3D) -> set[tuple[float, float]]:
        """Paint the edges of the walls that face the camera, which smooths the outline; return the walls' corners."""
        corners: set[tuple[float, float]] = set()
        self._painter.setPen(_pen(self._theme.muted, LINE_OPACITY))
        for axis, towards in enumerate((eye.x(), eye.y())):
            if abs(towards) > 1.0:
                side = math.copysign(1.0, towards)
                ends = [(side, along) if axis == 0 else (along, side) for along in (-1.0, 1.0)]
                self._paint_line((*ends[0], BASE), (*ends[1], BASE))
                corners.update(ends)
        self._painter.setPen(_pen(self._theme.terrain[-1][1], CORNER_OPACITY))
        for x, y in corners:
            height = float(terrain.heights[0 if y < 0 else -1, 0 if x < 0 else -1])
            if math.isfinite(height):
                self._paint_line((x, y, BASE), (x, y, RELIEF * height))
        return corners

    def _loss_axis(self, terrain: Terrain, corners: set[tuple[float, float]]) -> Axis:
        """Return the vertical axis, at the corner that is furthest to the left on the screen."""
        x, y = min(corners, key=lambda corner: (self._seen((*corner, BASE)) or QPointF()).x())
        leftwards = (-self._across[0], -self._across[1], 0.0)
        ticks = loss_ticks(terrain.scale) if np.isfinite(terrain.heights).any() else ()
        return Axis("loss", (x, y, 0.0), (x, y, RELIEF), leftwards, ticks)

    def _paint_axis(self, axis: Axis) -> None:
        if self._length(axis.start, axis.end) < SHORTEST_AXIS_PX:
            return
        upright = axis.start[2] != axis.end[2]
        if upright:
            self._painter.setPen(_pen(self._theme.muted, LINE_OPACITY))
            self._paint_line(axis.start, axis.end)
        self._painter.setPen(_pen(self._theme.muted, 1.0))
        reach = max([self._paint_tick(axis, share, text) for share, text in axis.ticks], default=0.0)
        self._painter.setPen(QColor(self._theme.text))
        if upright:
            self._write_above(axis)
        elif (middle := self._seen(axis.at(0.5))) is not None:
            self._write(middle, self._direction(axis, 0.5, middle), axis.name, reach + NAME_GAP_PX)

    def _paint_tick(self, axis: Axis, share: float, text: str) -> float:
        """Paint a tick and its number; return how far they extend from the axis in pixels, 0 if there was no room."""
        place = self._seen(axis.at(share))
        if place is None:
            return 0.0
        direction = self._direction(axis, share, place)
        reach = self._write(place, direction, text, TICK_PX + GAP_PX)
        if reach:
            self._painter.drawLine(place, place + direction * TICK_PX)
        return reach

    def _write(self, place: QPointF, direction: QPointF, text: str, beyond: float) -> float:
        """Write a text `beyond` pixels from a place; return the distance of its far end, 0 if there was no room."""
        width, height = self._metrics.horizontalAdvance(text), self._metrics.capHeight()
        # The distance from the text's middle to its nearest point, along the direction in which it is moved.
        half = (abs(direction.x()) * width + abs(direction.y()) * height) / 2.0
        middle = place + direction * (beyond + half)
        box = QRectF(middle.x() - width / 2.0, middle.y() - height / 2.0, width, height)
        return beyond + 2.0 * half if self._write_in(box, text) else 0.0

    def _write_above(self, axis: Axis) -> None:
        place = self._seen(axis.end)
        if place is not None:
            width, height = self._metrics.horizontalAdvance(axis.name), self._metrics.capHeight()
            self._write_in(QRectF(place.x() - width / 2.0, place.y() - 2.4 * height, width, height), axis.name)

    def _write_in(self, box: QRectF, text: str) -> bool:
        """Write a text into its box unless it would touch another or leave the picture; return whether it fitted."""
        room = box.adjusted(-BESIDE_PX, -BESIDE_PX, BESIDE_PX, BESIDE_PX)
        if not QRectF(0, 0, *self._size).contains(box) or any(room.intersects(taken) for taken in self._taken):
            return False
        self._taken.append(room)
        self._painter.drawText(QPointF(box.left(), box.bottom()), text)
        return True

    def _paint_line(self, start: Place, end: Place) -> None:
        first, second = self._seen(start), self._seen(end)
        if first is not None and second is not None:
            self._painter.drawLine(first, second)

    def _direction(self, axis: Axis, share: float, near: QPointF) -> QPointF:
        """Return the direction on the screen, of length 1, from `near` on the axis to its texts."""
        (x, y, z), (right, back, up) = axis.at(share), axis.outwards
        far = self._seen((x + OUTWARDS * right, y + OUTWARDS * back, z + OUTWARDS * up))
        apart = far - near if far is not None else QPointF()
        length = math.hypot(apart.x(), apart.y())
        return apart / length if length > 0.0 else QPointF(0.0, 1.0)

    def _room(self, start: Place, end: Place) -> float:
        """Return the length of a line on the screen in pixels, as it would be for texts of the usual size."""
        return self._length(start, end) / self._theme.magnification

    def _length(self, start: Place, end: Place) -> float:
        """Return the length of a line on the screen, in pixels."""
        first, second = self._seen(start), self._seen(end)
        if first is None or second is None:
            return 0.0
        return math.hypot(second.x() - first.x(), second.y() - first.y())

    def _seen(self, place: Place) -> QPointF | None:
        """Return the place on the screen of a place in the scene, None if it is behind the camera."""
        x, y, z = place
        across, up, away = (a * x + b * y + c * z + d for a, b, c, d in (self._across, self._up, self._away))
        if away <= 0.0:
            return None
        width, height = self._size
        return QPointF((1.0 + across / away) / 2.0 * width, (1.0 - up / away) / 2.0 * height)


def _pen(colour: str, opacity: float) -> QPen:
    paint = QColor(colour)
    paint.setAlphaF(opacity)
    return QPen(paint, 1.0)


def plane_axis(
    name: str, span: tuple[float, float], side: float, height: float, length: Callable[[Place, Place], float]
) -> Axis:
    """Return the axis "x" or "y" over `span`, along the block's edge on `side` (-1 or 1); `length` is in pixels."""
    if name == "x":
        start, end, outwards = (-1.0, side, height), (1.0, side, height), (0.0, side, 0.0)
    else:
        start, end, outwards = (side, -1.0, height), (side, 1.0, height), (side, 0.0, 0.0)
    most = int(np.clip(length(start, end) / TICK_EVERY_PX, 2, MOST_TICKS))
    low, high = span
    ticks = tuple(((value - low) / (high - low), text) for value, text in nice_numbers(low, high, most))
    return Axis(name, start, end, outwards, ticks)


def nice_numbers(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Return about `most` or fewer round numbers between `low` and `high`, with their texts."""
    rough = (high - low) / most
    if not rough > 0.0 or not math.isfinite(rough):
        return []
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((factor * power for factor in (1, 2, 5) if factor * power >= rough), 10.0 * power)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(k * step, plain_number(k * step, step)) for k in range(first, last + 1)]


def plain_number(value: float, step: float) -> str:
    """Return a number with as many decimal places as `step` needs; with a power of ten if `step` is huge or tiny."""
    if not SMALLEST_PLAIN <= step < LARGEST_PLAIN:
        digits = max(math.floor(math.log10(abs(value) / step)) if value else 0, 0)
        text = f"{value:.{digits}e}"
        mantissa, exponent = text.split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−") if value else "0"
    places = max(-math.floor(math.log10(step) + 1e-9), 0)
    return f"{value + 0.0:.{places}f}".replace("-", "−")


def loss_ticks(scale: HeightScale) -> tuple[tuple[float, str], ...]:
    """Return the texts of round losses with their heights, which are spread about evenly over 0..1."""
    if scale.low == scale.high:
        return ((0.0, short_number(scale.low, FEWEST_DIGITS)),)
    ticks: list[tuple[float, float]] = []
    for share in LOSS_SHARES:
        value = round_loss(scale, share)
        height = float(scale.heights(np.array([value]))[0])
        if not ticks or height - ticks[-1][0] > 0.5 * (LOSS_SHARES[1] - LOSS_SHARES[0]):
            ticks.append((height, value))
    for digits in range(FEWEST_DIGITS, MOST_DIGITS + 1):
        texts = [short_number(value, digits) for _, value in ticks]
        if len(set(texts)) == len(texts):
            break
    return tuple((height, text) for (height, _), text in zip(ticks, texts, strict=True))


def round_loss(scale: HeightScale, share: float) -> float:
    """Return a loss with few digits whose height is near `share`; at the ends the lowest and the highest loss."""
    value = scale.loss_at(share)
    if share == LOSS_SHARES[0]:
        return 0.0 if abs(value) < NEARLY_NOTHING * abs(scale.loss_at(LOSS_SHARES[1])) else value
    if share == LOSS_SHARES[-1]:
        return value
    # Rounded to one digit of the rise above the lowest loss: where all losses share a large offset, one digit of the
    # loss itself would be the same for all.
    rounded = round(value, -math.floor(math.log10(max(value - scale.low, SMALLEST_RISE))))
    return rounded if scale.low < rounded < scale.high else value


def short_number(value: float, digits: int) -> str:
    """Return a number with at most so many significant digits: "0.0025", "1200", "3.1e8"."""
    if value != 0.0 and not SMALLEST_PLAIN <= abs(value) < LARGEST_PLAIN:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    places = digits - 1 - (math.floor(math.log10(abs(value))) if value else 0)
    text = f"{round(value, places) + 0.0:.{max(places, 0)}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")
