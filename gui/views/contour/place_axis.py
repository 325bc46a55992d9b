"""The axes of a contour plot: short numbers at any zoom, and a name that says what they count."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import pyqtgraph as pg

from gui.views.curves.number_axes import RAISED

MOST_CHARACTERS = 5
"""Of a number beside the axis; longer ones would not fit there."""
MINUS = "−"
NUMBERS = 10
"""About so many numbers are along an axis."""


class Count(NamedTuple):
    """What the numbers n of an axis stand for: `origin` plus n times `unit`, a power of ten."""

    origin: float
    power: int

    @property
    def unit(self) -> float:
        """The unit."""
        return 10.0**self.power


PLAIN = Count(0.0, 0)


class PlaceAxis(pg.AxisItem):
    """The axis of x or y.  Deep in the landscape its numbers are counted from a round one: x = 3 + n·10⁻⁷."""

    # Class attributes, because pyqtgraph's constructor already calls setRange.
    _count = PLAIN

    def __init__(self, side: str) -> None:
        super().__init__(side)
        # It would name an axis "x (x0.001)".
        self.enableAutoSIPrefix(False)

    def labelString(self) -> str:
        """Return the name as rich text."""
        text: str = super().labelString()
        return text.replace(f">{self.labelText} ", f">{counted_name(self.labelText, self._count)} ", 1)

    def setRange(self, mn: float, mx: float) -> None:
        """Show this range, and name what the numbers count."""
        super().setRange(mn, mx)
        count = count_for(mn, mx)
        if count != self._count:
            self._count = count
            self.setLabel(self.labelText, **self.labelStyle)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the texts of the ticks, with the minus sign that the 3-D view's numbers have."""
        if self._count == PLAIN:
            texts: list[str] = super().tickStrings(values, scale, spacing)
        else:
            in_units = [(value - self._count.origin) / spacing for value in values]
            texts = [f"{round(number) * (spacing / self._count.unit):.4g}" for number in in_units]
        return [text.replace("-", MINUS) for text in texts]


def count_for(low: float, high: float) -> Count:
    """Return what the numbers of an axis from `low` to `high` count, so that they are short."""
    span = abs(high - low)
    if span == 0.0:
        return PLAIN
    decimals = max(-math.floor(math.log10(span / NUMBERS)), 0)
    if max(len(f"{end:.{decimals}f}") for end in (low, high)) <= MOST_CHARACTERS:
        return PLAIN
    power = math.floor(math.log10(span / NUMBERS))
    # A hundred units, so that the origin stays while the plot is dragged a little.
    stride = 10.0 ** (power + 2)
    return Count(round((low / 2.0 + high / 2.0) / stride) * stride, power)


def counted_name(name: str, count: Count) -> str:
    """Return the name of an axis whose numbers n are so counted: "x", "x = n·10⁵" or "x = −0.5 + n·10⁻⁶"."""
    if count == PLAIN:
        return name
    tens = f"n·10{str(count.power).translate(RAISED)}"
    if count.origin == 0.0:
        return f"{name} = {tens}"
    decimals = max(-count.power - 2, 0)
    origin = f"{abs(count.origin):.{decimals}f}"
    origin = origin.rstrip("0").rstrip(".") if decimals else origin
    return f"{name} = {'−' if count.origin < 0.0 else ''}{origin} + {tens}"
