"""How high a loss is drawn: by its own size, by the logarithm of it, or by its rank among the samples.

Losses span many powers of ten: a linear height shows a cliff and a flat floor.  The logarithm is that of the height
above the lowest sample, counted in units of a scale near the valley floor.  A rank is the share of the samples that lie
below: equal heights are equal areas, whatever the losses.  One scale serves all views, so that the same colour and the
same iso-line mean the same loss in each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Losses = NDArray[np.float64]
Heights = NDArray[np.float32]

CLIPPED_SHARE = 0.005
"""Share of samples at each end that may not decide the scale: one pole must not flatten everything else."""

CONTRAST = 100.0
"""How many times larger the span of the losses is than the unit in which the logarithm counts them."""

MOST_VALUE = float(np.finfo(np.float64).max) / 4
"""Larger losses are drawn at this height, so that a span, and a span below the lowest, are always finite numbers."""

MOST_RANKS = 1024
"""Ranks that are kept, straight lines between them: finer than a screen shows."""


class HeightScale(Protocol):
    """Maps losses to heights 0..1, rising with the loss."""

    @property
    def low(self) -> float:
        """The loss drawn at height 0; it and `high` are finite, ``low <= high``."""

    @property
    def high(self) -> float:
        """The loss drawn at height 1."""

    def heights(self, values: Losses) -> Heights:
        """Return heights 0..1, float32, in the shape of `values`; NaN stays NaN, a hole."""

    def loss_at(self, height: float) -> float:
        """Return the loss drawn at `height` (0..1): the inverse of `heights`."""


@dataclass(frozen=True)
class LinearScale:
    """Heights are shares of the way from `low` to `high`."""

    low: float
    high: float

    def heights(self, values: Losses) -> Heights:
        """See `HeightScale`."""
        if self.low == self.high:
            return _flat(values)
        # Halves: from end to end may be more than the largest number.
        span = self.high / 2.0 - self.low / 2.0
        shares: Losses = (np.clip(values, self.low, self.high) / 2.0 - self.low / 2.0) / (span or 1.0)
        return shares.astype(np.float32)

    def loss_at(self, height: float) -> float:
        """See `HeightScale`."""
        return self.low * (1.0 - height) + self.high * height


@dataclass(frozen=True)
class LogScale:
    """Heights are logarithms of the way from `low`, in units of a hundredth of that to `high`."""

    low: float
    high: float

    @property
    def unit(self) -> float:
        """The loss above `low` at which the logarithm turns from straight to bent."""
        return (self.high / CONTRAST - self.low / CONTRAST) or 1.0

    def heights(self, values: Losses) -> Heights:
        """See `HeightScale`."""
        if self.low == self.high:
            return _flat(values)
        clipped = np.clip(values, self.low, self.high)
        logarithms: Losses = np.log1p(clipped / self.unit - self.low / self.unit) / np.log1p(CONTRAST)
        return logarithms.astype(np.float32)

    def loss_at(self, height: float) -> float:
        """See `HeightScale`."""
        if self.low == self.high:
            return self.low
        return self.low + self.unit * float(np.expm1(height * np.log1p(CONTRAST)))


@dataclass(frozen=True, eq=False)
class RankScale:
    """Heights are shares of the samples that lie below.

    Attributes
    ----------
    losses, shares : float64 (ranks,)
        Both rising, the shares from 0 to 1.
    """

    losses: Losses
    shares: Losses

    @property
    def low(self) -> float:
        """See `HeightScale`."""
        return float(self.losses[0])

    @property
    def high(self) -> float:
        """See `HeightScale`."""
        return float(self.losses[-1])

    def heights(self, values: Losses) -> Heights:
        """See `HeightScale`."""
        return np.interp(values, self.losses, self.shares).astype(np.float32)

    def loss_at(self, height: float) -> float:
        """See `HeightScale`."""
        return float(np.interp(height, self.shares, self.losses))


@dataclass(frozen=True)
class Height:
    """A meaning of height: `help` says it in a few words, `fit` makes its scale for finite losses."""

    help: str
    fit: Callable[[Losses], HeightScale]


def fit_scale(values: Losses, kind: str = "log") -> HeightScale:
    """Return the scale of a `kind` of `HEIGHTS` that shows most of `values`."""
    finite = values[np.isfinite(values)]
    return HEIGHTS[kind].fit(np.clip(finite, -MOST_VALUE, MOST_VALUE) if finite.size else np.zeros(1))


def _ends(finite: Losses) -> tuple[float, float]:
    """Return which losses are drawn at 0 and 1: quantiles where few samples lie far beyond."""
    low, high = finite.min(), finite.max()
    robust_low, robust_high = np.quantile(finite, (CLIPPED_SHARE, 1.0 - CLIPPED_SHARE))
    span = robust_high - robust_low
    # A wide robust span already shows the extremes well; only a far outlier is cut.
    if low < robust_low - span:
        low = robust_low
    if high > robust_high + span:
        high = robust_high
    return float(low), float(high)


def _ranks(finite: Losses) -> RankScale:
    ordered = np.sort(finite, axis=None)
    places = np.unique(np.linspace(0, ordered.size - 1, MOST_RANKS).round().astype(np.intp))
    losses = np.unique(ordered[places])
    below = np.searchsorted(ordered, losses).astype(np.float64)
    return RankScale(losses, below / (below[-1] or 1.0))


def _flat(values: Losses) -> Heights:
    return np.where(np.isnan(values), np.nan, 0.0).astype(np.float32)


HEIGHTS: Mapping[str, Height] = {
    "linear": Height("Height is the loss itself", lambda finite: LinearScale(*_ends(finite))),
    "log": Height(
        "Height is the logarithm of the loss above the lowest: valleys are seen beside peaks",
        lambda finite: LogScale(*_ends(finite)),
    ),
    "rank": Height("Height is the share of the area that lies lower: equal heights are equal areas", _ranks),
}
"""What height can mean, by its name."""
