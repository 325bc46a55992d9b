"""Axes with numbers that people read: decades of a loss, thousands and millions of steps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg

SPARSE_DECADES = 2.0
"""An axis shorter than this bears numbers between its decades too."""
BETWEEN = (1.0, 2.0, 5.0)
NUMBER_PX = 24.0
"""From one decade's number to the next, at least."""
LEAST_PX = 14.0
"""From any number to the next: the height of a line."""
STRIDES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Decades from one number to the next; a float has no more than 632 of them."""
SMALLEST_PLAIN, LARGEST_PLAIN = 1e-3, 1e5
"""Numbers in between are written out."""
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
UNITS = ((1e9, 1e9, " G"), (1e6, 1e6, " M"), (1e4, 1e3, " k"), (0.0, 1.0, ""))
"""From which number on steps are counted in what, and its sign."""


class LossAxis(pg.AxisItem):
    """An axis of losses; a logarithmic one has a number at each decade, or each few, and in between if hardly one."""

    def logTickValues(
        self, minVal: float, maxVal: float, size: float, stdTicks: list[Any]
    ) -> list[tuple[float, list[float]]]:
        """Return the ticks, as decimal logarithms, in one level."""
        span = maxVal - minVal
        between = BETWEEN if span <= SPARSE_DECADES else BETWEEN[:1]
        most = max(size / NUMBER_PX, 2.0)
        stride = next(stride for stride in STRIDES if span / stride <= most)
        first = math.floor(minVal / stride) * stride
        decades = range(first, math.ceil(maxVal) + 1, stride)
        marks = [decade + math.log10(factor) for factor in between for decade in decades]
        apart = LEAST_PX * span / max(size, 1.0)
        return [(float(stride), readable([mark for mark in marks if minVal <= mark <= maxVal], apart))]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the texts of the ticks."""
        return [power_text(value) if self.logMode else plain_text(value) for value in values]


class StepAxis(pg.AxisItem):
    """An axis of whole steps, in thousands or millions where there are many."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the texts of the ticks."""
        largest = max(map(abs, values), default=0.0)
        unit, sign = next((unit, sign) for least, unit, sign in UNITS if least <= largest)
        return [f"{value / unit:g}{sign if value else ''}" for value in values]


def readable(marks: Sequence[float], apart: float) -> list[float]:
    """Return those of `marks` that can be read beside each other; an earlier one comes before those too near to it."""
    kept: list[float] = []
    for mark in marks:
        if all(abs(mark - other) >= apart for other in kept):
            kept.append(mark)
    return sorted(kept)


def plain_text(number: float) -> str:
    """Return a number in at most four digits: "−0.25", "1500", "−2·10⁷"."""
    mantissa, _, power = f"{abs(number):.4g}".partition("e")
    size = f"{mantissa}·10{str(int(power)).translate(RAISED)}" if power else mantissa
    return f"−{size}" if number < 0.0 else size


def power_text(logarithm: float) -> str:
    """Return ten to the power of `logarithm` in one digit: "200", "10⁻⁵", "2·10⁷"."""
    decade = math.floor(logarithm + 1e-9)
    digit = round(10.0 ** (logarithm - decade))
    if SMALLEST_PLAIN <= 10.0**decade < LARGEST_PLAIN:
        return f"{digit * 10.0**decade:g}"
    power = f"10{str(decade).translate(RAISED)}"
    return power if digit == 1 else f"{digit}·{power}"
