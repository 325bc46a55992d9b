"""The axis of losses: how high a loss is drawn, and which losses the axis must show.

Where the landscape's minimum is known, a logarithmic axis measures losses from it.  The axis fits the racers that stay
below their start; one that rises above it, or diverges, leaves the plot at the top and squashes none of the others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.race.bands import Band

Losses = NDArray[np.float64]
Line = NDArray[np.float64]

SMALLEST_LOSS = 1e-16
"""Smaller losses are drawn at this height, because they consist of rounding errors."""
ROUNDING = 4.0 * float(np.finfo(np.float64).eps)
"""Smallest drawn difference from the minimum, relative to it: smaller differences consist of rounding errors."""
LARGEST_LOSS = 1e300
"""Larger losses are drawn at this height, so that differences of losses stay finite."""
LAST_STEPS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Ends of the axis of steps, times a power of ten: far enough apart that it changes seldom, near enough that at most
about a quarter of it is empty."""
FEWEST_STEPS = 10.0
GRIDS = (1.0, 2.0, 5.0, 10.0)
"""Grid widths, times a power of ten: the axis of losses begins and ends at multiples of one."""
CELLS = 8
LEAST_DECADES = 1.0
LEAST_SPAN = 1e-3
"""Least span of a linear axis, relative to the largest loss on it: its numbers then differ in their first digits."""
MOST_DECADES = 12.0
"""Most decades of a logarithmic axis: further below its top are only rounding errors of racers at the minimum."""
MOST_RISE = 2.0
"""Decades above the start to which the axis follows a racer that has come down again."""
HEADROOM = 1.0
"""Decades above all other curves within which a curve that leaves the plot can still be seen."""
NOTHING_LEFT = (-3.0, 0.0)
"""The decades that the axis shows where all racers are at the minimum: those that a person knows best."""


@dataclass(frozen=True)
class LossScale:
    """The map from a loss to the height at which it is drawn.

    Attributes
    ----------
    minimum : float
        Subtracted from every loss before its logarithm is taken; 0 where no minimum is known.
    logarithmic : bool
        Whether the height is the decimal logarithm of that difference, or the loss itself.
    """

    minimum: float = 0.0
    logarithmic: bool = True

    @property
    def caption(self) -> str:
        """What the axis measures."""
        return "loss − minimum" if self.logarithmic and self.minimum else "loss"

    def heights(self, losses: Losses) -> Losses:
        """Return the heights (n,) of losses (n,), none of them NaN."""
        if not self.logarithmic:
            return np.clip(losses, -LARGEST_LOSS, LARGEST_LOSS)
        heights: Losses = np.log10(np.maximum(np.minimum(losses, LARGEST_LOSS) - self.minimum, self._smallest))
        return heights

    def measured(self, loss: float) -> float:
        """Return what the axis measures of a loss: its distance from the minimum on a logarithmic axis."""
        return max(loss - self.minimum, 0.0) if self.logarithmic and self.minimum else loss

    @property
    def _smallest(self) -> float:
        """The smallest difference that is drawn."""
        return max(SMALLEST_LOSS, ROUNDING * abs(self.minimum))

    def span(self, lines: Sequence[Line], diverged: Sequence[bool]) -> tuple[float, float]:
        """Return the lowest and the highest height of these lines that the axis must show."""
        if not self.logarithmic:
            return linear_span(lines, diverged)
        low, high = log_span(lines, diverged)
        return (low, high) if high > math.log10(self._smallest) else NOTHING_LEFT

    def least_span(self, low: float, high: float) -> float:
        """Return the least span of an axis that shows the heights from `low` to `high`."""
        return LEAST_DECADES if self.logarithmic else max(LEAST_SPAN * max(abs(low), abs(high)), SMALLEST_LOSS)

    def headroom(self, floor: float, ceiling: float) -> float:
        """Return how far above the end of the axis a curve that leaves the plot is still drawn."""
        return HEADROOM if self.logarithmic else (ceiling - floor) / CELLS


def loss_scale(
    minimum: float | None, traces: Sequence[Losses], bands: Sequence[Band | None], linear: bool = False
) -> LossScale:
    """Return the scale of the axis: logarithmic if the minimum is known or no loss is negative, else linear.

    Parameters
    ----------
    traces : sequence of float64 (n,)
        The losses of each racer.
    linear : bool
        Whether a linear axis is wanted anyway.
    """
    # A minimum nearer to 0 than the smallest drawn loss would not move any curve visibly.
    known = minimum if minimum is not None and abs(minimum) >= SMALLEST_LOSS else 0.0
    if linear or minimum is not None:
        return LossScale(known, not linear)
    lowest = [float(losses.min()) for losses in traces if len(losses)]
    lowest += [float(band.low.min()) for band in bands if band is not None and len(band.low)]
    return LossScale(logarithmic=min(lowest, default=0.0) >= 0.0)


def log_span(lines: Sequence[Line], diverged: Sequence[bool]) -> tuple[float, float]:
    """Return the lowest and the highest logarithm that a logarithmic axis shows of these lines.

    The top is the highest start, or what racers rose to that came down again, plus headroom for those that did not.
    """
    known = [(line[:, 1], lost) for line, lost in zip(lines, diverged, strict=True) if len(line)]
    if not known:
        return -1.0, 1.0
    start, away = _start_and_away([heights for heights, _ in known], [lost for _, lost in known])
    rise = MOST_RISE if any(away) else MOST_DECADES
    tops = [float(heights.max()) for heights, _ in known]
    top = max([start, *(min(top, start + rise) for top, left in zip(tops, away, strict=True) if not left)])
    top = min(top + HEADROOM, max(tops)) if any(away) else top
    bottom = min(float(heights.min()) for heights, _ in known)
    return max(bottom, top - MOST_DECADES), top


def linear_span(lines: Sequence[Line], diverged: Sequence[bool]) -> tuple[float, float]:
    """Return the lowest and the highest loss that a linear axis shows: of racers that have not left, and every start.

    Before the first step it reaches from 0 to the loss at the start.
    """
    known = [(line[:, 1], lost) for line, lost in zip(lines, diverged, strict=True) if len(line)]
    if not known:
        return -1.0, 1.0
    start, away = _start_and_away([heights for heights, _ in known], [lost for _, lost in known])
    shown = [heights[:1] if left else heights for (heights, _), left in zip(known, away, strict=True)]
    low, high = min(float(heights.min()) for heights in shown), max(float(heights.max()) for heights in shown)
    if any(away):
        high = min(high, 2.0 * start - low)
    if max(len(heights) for heights, _ in known) == 1:
        low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if low or high else (0.0, 1.0)


def _start_and_away(heights: Sequence[Losses], diverged: Sequence[bool]) -> tuple[float, list[bool]]:
    """Return the highest start, and which racers have left the range of the others: diverged, or above every start.

    Where all racers are above, none has left the others.
    """
    start = max(float(each[0]) for each in heights)
    away = [lost or float(each[-1]) > start for each, lost in zip(heights, diverged, strict=True)]
    return start, list(diverged) if all(away) else away


def fit_bounds(
    last: float, span: tuple[float, float], least: float = LEAST_DECADES, fewest: float = FEWEST_STEPS
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return round limits of both axes: the first from 0 to at least `last`, the second around `span`.

    The first reaches at least to `fewest`, and those of the second are at least `least` apart.
    """
    last = max(fewest, last)
    power = 10.0 ** math.floor(math.log10(last))
    end = next((factor * power for factor in LAST_STEPS if factor * power >= last), last)
    low, high = span
    if high - low < least:
        middle = (low + high) / 2.0
        low, high = middle - least / 2.0, middle + least / 2.0
    cell = (high - low) / CELLS
    power = 10.0 ** math.floor(math.log10(cell))
    grid = next(factor * power for factor in GRIDS if factor * power >= cell)
    return (0.0, end), (grid * math.floor(low / grid), grid * math.ceil(high / grid))
