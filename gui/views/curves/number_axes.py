"""Axes with readable numbers: the powers of ten of a loss, and steps in thousands, millions or billions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg

SPARSE_DECADES = 2.0
"""An axis of at most so many decades has numbers between its decades too."""
BETWEEN = (1.0, 2.0, 5.0)
NUMBER_PX = 24.0
"""Least distance from one decade's number to the next."""
LEAST_PX = 14.0
"""Least distance between any two numbers: the height of a line of text."""
STRIDES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Possible distances between numbers, in decades; the last suffices, since all floats lie within 632 decades."""
SMALLEST_PLAIN, LARGEST_PLAIN = 1e-3, 1e5
"""Numbers from the first up to the second are written out, others as powers of ten."""
FEWEST_DIGITS, MOST_DIGITS = 4, 15
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
UNITS = ((1e9, 1e9, " G"), (1e6, 1e6, " M"), (1e4, 1e3, " k"), (0.0, 1.0, ""))
"""Rows of (largest step of the axis from which the unit is used, unit, its suffix)."""


class LossAxis(pg.AxisItem):
    """An axis of losses; if logarithmic, with a number at every decade or every few, and between them if few fit.

    `magnification` is how many times as large its numbers are as on a desk.
    """

    magnification = 1.0

    def logTickValues(
        self, minVal: float, maxVal: float, size: float, stdTicks: list[Any]
    ) -> list[tuple[float, list[float]]]:
        """Return a single level of ticks: their spacing, and their places as decimal logarithms of the loss."""
        span = maxVal - minVal
        between = BETWEEN if span <= SPARSE_DECADES else BETWEEN[:1]
        most = max(size / (NUMBER_PX * self.magnification), 2.0)
        stride = next(stride for stride in STRIDES if span / stride <= most)
        first = math.floor(minVal / stride) * stride
        decades = range(first, math.ceil(maxVal) + 1, stride)
        marks = [decade + math.log10(factor) for factor in between for decade in decades]
        apart = LEAST_PX * self.magnification * span / max(size, 1.0)
        return [(float(stride), readable([mark for mark in marks if minVal <= mark <= maxVal], apart))]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the texts of the ticks."""
        if self.logMode:
            return [power_text(value) for value in values]
        digits = digits_apart(max(map(abs, values), default=0.0), spacing)
        return [plain_text(value, digits) for value in values]


class StepAxis(pg.AxisItem):
    """An axis of whole steps, in a unit that suits its largest number."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the texts of the ticks."""
        largest = max(map(abs, values), default=0.0)
        unit, sign = next((unit, sign) for least, unit, sign in UNITS if least <= largest)
        return [f"{value / unit:g}{sign if value else ''}" for value in values]


def readable(marks: Sequence[float], apart: float) -> list[float]:
    """Return, sorted, the `marks` whose numbers do not overlap: each that is at least `apart` from all kept before."""
    kept: list[float] = []
    for mark in marks:
        if all(abs(mark - other) >= apart for other in kept):
            kept.append(mark)
    return sorted(kept)


def digits_apart(largest: float, spacing: float) -> int:
    """Return how many significant digits numbers up to `largest` need, so that those a `spacing` apart differ."""
    if not (largest and spacing):
        return FEWEST_DIGITS
    apart = math.log10(largest) - math.log10(spacing)
    return min(max(FEWEST_DIGITS, math.ceil(apart) + 1), MOST_DIGITS)


def plain_text(number: float, digits: int = FEWEST_DIGITS) -> str:
    """Return a number with at most so many significant digits: "−0.25", "1500", "−2·10⁷"."""
    mantissa, _, power = f"{abs(number):.{digits}g}".partition("e")
    size = f"{mantissa}·10{str(int(power)).translate(RAISED)}" if power else mantissa
    return f"−{size}" if number < 0.0 else size


def power_text(logarithm: float) -> str:
    """Return ten to the power of `logarithm` with one significant digit: "200", "10⁻⁵", "2·10⁷"."""
    decade = math.floor(logarithm + 1e-9)
    digit = round(10.0 ** (logarithm - decade))
    if SMALLEST_PLAIN <= 10.0**decade < LARGEST_PLAIN:
        return f"{digit * 10.0**decade:g}"
    power = f"10{str(decade).translate(RAISED)}"
    return power if digit == 1 else f"{digit}·{power}"
