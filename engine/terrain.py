"""A loss sampled on a grid, with its heights scaled so that a person sees valleys as well as peaks.

Losses span many powers of ten: a linear height shows a cliff and a flat floor.  Heights here are the logarithm of the
height above the lowest sample, counted in units of a scale near the valley floor, and normalised to 0..1.  One
`HeightScale` serves both views, so the same colour and the same iso-line mean the same loss in each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Bounds = tuple[tuple[float, float], tuple[float, float]]

CLIPPED_SHARE = 0.005
"""Share of samples at each end that may not decide the scale: one pole must not flatten everything else."""

CONTRAST = 100.0
"""How many times larger the span of the losses is than the unit in which the logarithm counts them."""

MOST_VALUE = float(np.finfo(np.float64).max) / 4
"""Larger losses are drawn at this height, so that a span, and a span below the lowest, are always finite numbers."""


class Sampled(Protocol):
    """What a terrain needs of a loss."""

    def value(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the loss at each point."""
        ...


@dataclass(frozen=True)
class HeightScale:
    """Maps losses to heights 0..1.

    Attributes
    ----------
    low, high : float
        The losses drawn at height 0 and 1; both finite, ``low <= high``.
    """

    low: float
    high: float

    @property
    def unit(self) -> float:
        """The loss above `low` at which the logarithm turns from straight to bent."""
        return (self.high / CONTRAST - self.low / CONTRAST) or 1.0

    def heights(self, values: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return heights 0..1, float32, in the shape of `values`; NaN stays NaN, a hole."""
        if self.low == self.high:
            return np.where(np.isnan(values), np.nan, 0.0).astype(np.float32)
        clipped = np.clip(values, self.low, self.high)
        top = np.log1p(CONTRAST)
        heights: NDArray[np.float64] = np.log1p(clipped / self.unit - self.low / self.unit) / top
        return heights.astype(np.float32)

    def loss_at(self, height: float) -> float:
        """Return the loss drawn at `height` (0..1): the inverse of `heights`."""
        if self.low == self.high:
            return self.low
        return self.low + self.unit * float(np.expm1(height * np.log1p(CONTRAST)))


@dataclass(frozen=True, eq=False)
class Terrain:
    """A sampled landscape.

    Attributes
    ----------
    number : int
        Grows with every new terrain, so that a view redraws only what changed.
    bounds : ((xmin, xmax), (ymin, ymax))
        The rectangle, in the units of x and y.
    heights : float32 (rows, columns)
        Row 0 is ymin, column 0 is xmin; NaN is a hole.
    values : float64 (rows, columns)
        The losses themselves.
    scale : HeightScale
        The map from values to heights.
    """

    number: int
    bounds: Bounds
    heights: NDArray[np.float32]
    values: NDArray[np.float64]
    scale: HeightScale

    def loss_near(self, x: float, y: float) -> float:
        """Return the loss at the sample nearest to a point; NaN outside the rectangle."""
        place = []
        for value, (low, high), count in zip((x, y), self.bounds, self.values.shape[::-1], strict=True):
            if not low <= value <= high:
                return float("nan")
            place.append(round((value - low) / (high - low) * (count - 1)))
        return float(self.values[place[1], place[0]])


def fit_scale(values: NDArray[np.float64]) -> HeightScale:
    """Return the scale that shows most of `values`: the ends are quantiles of the finite ones."""
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return HeightScale(0.0, 0.0)
    finite = np.clip(finite, -MOST_VALUE, MOST_VALUE)
    low, high = finite.min(), finite.max()
    robust_low, robust_high = np.quantile(finite, (CLIPPED_SHARE, 1.0 - CLIPPED_SHARE))
    span = robust_high - robust_low
    # A wide robust span already shows the extremes well; only a far outlier is cut.
    if low < robust_low - span:
        low = robust_low
    if high > robust_high + span:
        high = robust_high
    return HeightScale(float(low), float(high))


def sample_terrain(
    loss: Sampled, bounds: Bounds, columns: int, rows: int, number: int, scale: HeightScale | None = None
) -> Terrain:
    """Return `loss` sampled at the corners of a grid of `rows` by `columns` points that spans `bounds`.

    Without a `scale` one is fitted to the samples.
    """
    (xmin, xmax), (ymin, ymax) = bounds
    x, y = np.meshgrid(np.linspace(xmin, xmax, columns), np.linspace(ymin, ymax, rows))
    values = np.asarray(loss.value(x, y), dtype=np.float64)
    fitted = scale or fit_scale(values)
    heights = fitted.heights(values)
    for array in (values, heights):
        array.setflags(write=False)
    return Terrain(number, bounds, heights, values, fitted)
