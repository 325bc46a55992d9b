"""Scales of height: maps from losses to the heights at which they are drawn, linear, logarithmic or by rank.

Losses span many powers of ten, so a linear scale shows a cliff and a flat floor.  The logarithmic scale takes the
logarithm of the loss above the lowest sample, in a unit of the size of the losses near that.  The rank of a loss is the
share of the samples below it, so equal differences of height are equal areas.  All views share one scale: the same
colour and the same iso-line mean the same loss in each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Array

Heights = NDArray[np.float32]

CLIPPED_SHARE = 0.005
"""The share of samples at each end that the scale may ignore, so that one pole does not flatten everything else."""

CONTRAST = 100.0
"""How many times larger the span of the losses is than the unit in which the logarithm counts them."""

MOST_VALUE = float(np.finfo(np.float64).max) / 4
"""Larger losses are clipped to this one, so that differences of losses do not overflow."""

MOST_RANKS = 1024
"""The number of ranks that are stored, with linear interpolation between them: finer than a screen shows."""


class HeightScale(Protocol):
    """Maps losses to heights 0..1, rising with the loss."""

    @property
    def low(self) -> float:
        """The loss drawn at height 0; it and `high` are finite, ``low <= high``."""

    @property
    def high(self) -> float:
        """The loss drawn at height 1."""

    def heights(self, values: Array) -> Heights:
        """Return heights 0..1, float32, in the shape of `values`; NaN stays NaN, a hole."""

    def loss_at(self, height: float) -> float:
        """Return the loss drawn at `height` (0..1): the inverse of `heights`."""


@dataclass(frozen=True)
class LinearScale:
    """Heights are proportional to the loss above `low`, and 1 at `high`."""

    low: float
    high: float

    def heights(self, values: Array) -> Heights:
        """See `HeightScale`."""
        if self.low == self.high:
            return _flat(values)
        # Halves, since high - low may overflow.
        span = self.high / 2.0 - self.low / 2.0
        shares: Array = (np.clip(values, self.low, self.high) / 2.0 - self.low / 2.0) / (span or 1.0)
        return shares.astype(np.float32)

    def loss_at(self, height: float) -> float:
        """See `HeightScale`."""
        return self.low * (1.0 - height) + self.high * height


@dataclass(frozen=True)
class LogScale:
    """Heights are proportional to the logarithm of 1 plus the loss above `low` in hundredths of `high` - `low`."""

    low: float
    high: float

    @property
    def unit(self) -> float:
        """The loss above `low` up to which the scale is nearly linear."""
        return (self.high / CONTRAST - self.low / CONTRAST) or 1.0

    def heights(self, values: Array) -> Heights:
        """See `HeightScale`."""
        if self.low == self.high:
            return _flat(values)
        clipped = np.clip(values, self.low, self.high)
        logarithms: Array = np.log1p(clipped / self.unit - self.low / self.unit) / np.log1p(CONTRAST)
        return logarithms.astype(np.float32)

    def loss_at(self, height: float) -> float:
        """See `HeightScale`."""
        if self.low == self.high:
            return self.low
        return self.low + self.unit * float(np.expm1(height * np.log1p(CONTRAST)))


@dataclass(frozen=True, eq=False)
class RankScale:
    """Heights are the shares of the samples with a lower loss.

    Attributes
    ----------
    losses, shares : float64 (ranks,)
        Both ascending, the shares from 0 to 1.
    """

    losses: Array
    shares: Array

    @property
    def low(self) -> float:
        """See `HeightScale`."""
        return float(self.losses[0])

    @property
    def high(self) -> float:
        """See `HeightScale`."""
        return float(self.losses[-1])

    def heights(self, values: Array) -> Heights:
        """See `HeightScale`."""
        return np.interp(values, self.losses, self.shares).astype(np.float32)

    def loss_at(self, height: float) -> float:
        """See `HeightScale`."""
        return float(np.interp(height, self.shares, self.losses))


@dataclass(frozen=True)
class Height:
    """A kind of scale: `help` says what height means in a few words, `fit` makes the scale for finite losses."""

    help: str
    fit: Callable[[Array], HeightScale]


def fit_scale(values: Array, kind: str = "log") -> HeightScale:
    """Return the scale of a `kind` of `HEIGHTS` that shows most of `values`."""
    finite = values[np.isfinite(values)]
    return HEIGHTS[kind].fit(np.clip(finite, -MOST_VALUE, MOST_VALUE) if finite.size else np.zeros(1))


def _ends(finite: Array) -> tuple[float, float]:
    """Return the losses to draw at heights 0 and 1: the extremes, or quantiles where few samples lie far beyond."""
    low, high = finite.min(), finite.max()
    robust_low, robust_high = np.quantile(finite, (CLIPPED_SHARE, 1.0 - CLIPPED_SHARE))
    span = robust_high - robust_low
    # An extreme within one span of its quantile is shown; only one farther out is cut off.
    if low < robust_low - span:
        low = robust_low
    if high > robust_high + span:
        high = robust_high
    return float(low), float(high)


def _ranks(finite: Array) -> RankScale:
    ordered = np.sort(finite, axis=None)
    places = np.unique(np.linspace(0, ordered.size - 1, MOST_RANKS).round().astype(np.intp))
    losses = np.unique(ordered[places])
    below = np.searchsorted(ordered, losses).astype(np.float64)
    return RankScale(losses, below / (below[-1] or 1.0))


def _flat(values: Array) -> Heights:
    return np.where(np.isnan(values), np.nan, 0.0).astype(np.float32)


HEIGHTS: Mapping[str, Height] = {
    "linear": Height("Height is the loss itself", lambda finite: LinearScale(*_ends(finite))),
    "log": Height(
        "Height is the logarithm of the loss above the lowest: valleys are seen beside peaks",
        lambda finite: LogScale(*_ends(finite)),
    ),
    "rank": Height("Height is the share of the area that lies lower: equal heights are equal areas", _ranks),
}
"""The kinds of scales, by name."""
