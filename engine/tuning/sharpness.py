"""How sharp an optimum is: by which factor a tuned value may be off before a tenth of the descent is lost."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.language.types import Array
from engine.tuning.score import middle, shares_left
from engine.tuning.space import Dimension

STEPS_ASIDE, ASIDE = 12, math.sqrt(2.0)
"""Values on either side of the best one on a logarithmic scale, and the factor from one to the next."""
EVEN = 25
"""Values from end to end of a linear scale."""
LOST = 0.1
"""The share of the descent that a value may lose and still be called as good."""


@dataclass(frozen=True, eq=False)
class Curve:
    """What becomes of a racer when one tuned value is off and all others are the best.

    Attributes
    ----------
    name : str
        The hyperparameter.
    values : float64 (values,)
        Increasing, with the best one among them.
    lost : float64 (values,)
        The share of the descent of the best setting that each value does not make: 0 at the best, negative where a
        value does better, infinity where it diverges.  The middle one of all losses, starts and seeds.
    low, high : float
        The values next to the best one, to both sides, up to which no more than a tenth is lost.
    """

    name: str
    values: Array
    lost: Array
    low: float
    high: float

    @property
    def factor(self) -> float:
        """By which factor the best value may be off to both sides: near 1 is sharp; NaN where it may be 0."""
        return math.sqrt(self.high / self.low) if self.low > 0.0 else math.nan


def values_aside(dimension: Dimension, best: float) -> Array:
    """Return values of one hyperparameter on both sides of the best one, which is among them, float64 (values,)."""
    if dimension.scale == "log":
        values = best * ASIDE ** np.arange(-STEPS_ASIDE, STEPS_ASIDE + 1.0)
    else:
        values = np.linspace(dimension.low, dimension.high, EVEN)
    within = values[(values >= dimension.low) & (values <= dimension.high)]
    return np.unique(np.append(within, best))


def curve_of(name: str, values: Array, best: float, losses: Sequence[Array], at_start: Sequence[Array]) -> Curve:
    """Return the curve of runs with `values`.

    Parameters
    ----------
    name, values, best
        The hyperparameter, its values, and the best one among them.
    losses : sequence of float64 (values, starts, seeds)
        For each loss of the tuning.
    at_start : sequence of float64 (starts,)
    """
    place = int(np.flatnonzero(values == best)[0])
    parts = []
    for own, begun in zip(losses, at_start, strict=True):
        # The best setting of a tuning over several losses may have diverged on one of them: nothing can be lost there.
        lowest = own[place].min()
        parts.append(shares_left(own, begun, lowest if math.isfinite(lowest) else begun.min()).reshape(len(values), -1))
    shares = np.concatenate(parts, axis=1)
    with np.errstate(invalid="ignore"):
        beside = np.where(np.isinf(shares), math.inf, shares - np.where(np.isinf(shares[place]), 0.0, shares[place]))
    lost = middle(beside)
    good = lost <= LOST
    low = high = place
    while low > 0 and good[low - 1]:
        low -= 1
    while high < len(values) - 1 and good[high + 1]:
        high += 1
    return Curve(name, values, lost, float(values[low]), float(values[high]))
