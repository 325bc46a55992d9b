"""Scales of height: maps from losses to the heights at which they are drawn, linear, logarithmic or by rank.

Losses span many powers of ten, so a linear scale shows a cliff and a flat floor.  The logarithmic scale takes the
logarithm of the loss above the lowest sample, in a unit of the size of the losses near that.  The rank of a loss is the
share of the samples below it, so equal differences of height are equal areas.  All views share one scale: the same
colour and the same iso-line mean the same loss in each.

Which kind suits a landscape is measured: `suited_kind`.
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

AUTOMATIC = "auto"
"""In the place of a kind: the one that `suited_kind` finds for the losses."""

COLOUR_BANDS = 10
"""Equal ranges of height, in which the share of the area is counted."""

CROWDED_SHARE = 0.4
"""The share of the area in one of the `COLOUR_BANDS` from which on a landscape is mostly one colour."""

FLAT_SHARE = 1e-4
"""A landscape is a plain with holes where eight tenths of its area differ by less than this share of how far their
middle lies above the lowest loss: ranks would draw differences there that no racer would feel."""

MOST_LOOKED_AT = 5_000
"""Losses from which the kind is found, evenly picked: in a fifth of a millisecond for each kind."""

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

    def unlimited(self, values: Array) -> Array:
        """Return heights, float64, that go on below 0 and above 1 where the losses do; infinities count as finite."""

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

    def unlimited(self, values: Array) -> Array:
        """See `HeightScale`."""
        span = self.high / 2.0 - self.low / 2.0
        heights: Array = (np.clip(values, -MOST_VALUE, MOST_VALUE) / 2.0 - self.low / 2.0) / (span or 1.0)
        return heights

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

    def unlimited(self, values: Array) -> Array:
        """See `HeightScale`."""
        counted = np.clip(values, -MOST_VALUE, MOST_VALUE) / self.unit - self.low / self.unit
        heights: Array = np.copysign(np.log1p(np.abs(counted)), counted) / np.log1p(CONTRAST)
        return heights

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

    def unlimited(self, values: Array) -> Array:
        """See `HeightScale`; beyond the samples heights go on as between the last two ranks."""
        finite = np.clip(values, -MOST_VALUE, MOST_VALUE)
        heights: Array = np.interp(finite, self.losses, self.shares)
        if len(self.losses) > 1:
            for end, beyond in ((0, finite < self.low), (-2, finite > self.high)):
                (first, last), (low, high) = self.losses[[end, end + 1]], self.shares[[end, end + 1]]
                heights = np.where(beyond, low + (finite - first) * ((high - low) / (last - first)), heights)
        return heights

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
    kind = suited_kind(values) if kind == AUTOMATIC else kind
    return HEIGHTS[kind].fit(_finite(values))


def suited_kind(values: Array) -> str:
    """Return the kind of `HEIGHTS` that suits losses: in which their landscape is not mostly one colour.

    The logarithm where it spreads them, since it shows valleys beside peaks; else the loss itself, which suits waves
    and holes in a plain; and else the rank, as where a wall around a wide valley is too tall even for a logarithm.
    """
    # Not every second column of a grid: those of a wave could all lie on its crests.
    losses = _finite(values)
    losses = losses[np.linspace(0, losses.size - 1, min(losses.size, MOST_LOOKED_AT)).astype(np.intp)]
    for kind in ("log", "linear"):
        if _most_crowded(HEIGHTS[kind].fit(losses).heights(losses)) <= CROWDED_SHARE:
            return kind
    return "linear" if _is_plain_with_holes(losses) else "rank"


def _finite(values: Array) -> Array:
    """Return the finite ones of `values`, clipped to `MOST_VALUE`; a 0 where there are none."""
    finite = values[np.isfinite(values)]
    return np.clip(finite, -MOST_VALUE, MOST_VALUE) if finite.size else np.zeros(1)


def _most_crowded(heights: Heights) -> float:
    """Return the share of `heights` in the fullest of the `COLOUR_BANDS`."""
    counts, _ = np.histogram(heights, COLOUR_BANDS, (0.0, 1.0))
    return float(counts.max() / heights.size)


def _is_plain_with_holes(losses: Array) -> bool:
    """Return whether most of the area is flat beside the depth of its holes, as `FLAT_SHARE` says."""
    low, first, middle, last = np.quantile(losses, (0.0, 0.1, 0.5, 0.9))
    return bool(last - first < FLAT_SHARE * (middle - low))


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
