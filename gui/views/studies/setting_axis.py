"""An axis of settings: where a value lies between two ends, on a linear or a logarithmic scale, and its ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.language.types import Array
from gui.views.contour.place_axis import PLAIN, count_for, counted_name
from gui.views.curves.number_axes import BETWEEN, power_text

LEAST_DECADES = 1.0
"""A logarithmic axis of fewer decades has the ticks of a linear one."""
FEW_DECADES = 2.5
"""Up to so many, there are ticks between the decades too."""
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class SettingAxis:
    """An axis with its name, its ends and whether it is logarithmic."""

    name: str
    low: float
    high: float
    log: bool

    def shares(self, values: Array) -> Array:
        """Return which share of the way from the low end to the high one values lie at; NaN where they lie nowhere."""
        with np.errstate(all="ignore"):
            if self.log:
                # By the ratio, whose logarithm is exact where both ends are near to each other.
                shares: Array = np.log1p((values - self.low) / self.low) / math.log1p((self.high - self.low) / self.low)
            else:
                shares = (values - self.low) / (self.high - self.low)
        return shares

    def share(self, value: float) -> float:
        """Return `shares` of one value."""
        return float(self.shares(np.array([value]))[0])

    def at(self, share: float) -> float:
        """Return the value at a share of the way."""
        if self.log:
            return self.low + self.low * math.expm1(share * math.log1p((self.high - self.low) / self.low))
        return self.low + share * (self.high - self.low)

    def middles(self, count: int) -> Array:
        """Return the values in the middles of so many equal parts, float64 (count,)."""
        return np.array([self.at((number + 0.5) / count) for number in range(count)])

    def part(self, low: float, high: float) -> SettingAxis:
        """Return the axis between two shares of this one."""
        return SettingAxis(self.name, self.at(low), self.at(high), self.log)

    @property
    def title(self) -> str:
        """The name, with what the numbers of the ticks count."""
        return self.name if self._has_decades else counted_name(self.name, count_for(self.low, self.high))

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Return at most about so many ticks: their shares and their texts."""
        if self._has_decades:
            return self._decade_ticks(most)
        count, step = count_for(self.low, self.high), _nice((self.high - self.low) / max(most, 1))
        first = math.ceil((self.low - count.origin) / step)
        last = math.floor((self.high - count.origin) / step)
        unit = 1.0 if count == PLAIN else count.unit
        return [
            (self.share(count.origin + number * step), f"{number * (step / unit):.6g}".replace("-", "−"))
            for number in range(first, last + 1)
        ]

    @property
    def _has_decades(self) -> bool:
        return self.log and math.log10(self.high / self.low) >= LEAST_DECADES

    def _decade_ticks(self, most: int) -> list[tuple[float, str]]:
        low, high = math.log10(self.low), math.log10(self.high)
        between: Sequence[float] = BETWEEN if high - low <= FEW_DECADES else BETWEEN[:1]
        stride = max(math.ceil((high - low) / max(most, 1)), 1)
        marks = [
            decade + math.log10(factor)
            for decade in range(math.floor(low), math.ceil(high) + 1)
            for factor in between
            if decade % stride == 0
        ]
        return [((mark - low) / (high - low), power_text(mark)) for mark in marks if low - 1e-9 <= mark <= high + 1e-9]


def _nice(step: float) -> float:
    """Return the least round number from `step` up."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(factor for factor in NICE if factor * power >= step * (1.0 - 1e-9)) * power
