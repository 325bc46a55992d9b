"""The score of a trial: how much of the descent was left, without knowing where or how low the minimum is.

Of one run it is ``(f - low)/(f0 - low)``: `f0` is the loss at its start, `f` the loss where it ended, and `low` the
lowest loss that any run of the same racer on the same loss has reached so far.  So it does not change when a loss is
multiplied or raised by a constant, and runs on different losses can be compared.  1 is no descent, infinity divergence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.language.types import Array


@dataclass(frozen=True)
class Score:
    """How the runs of a trial make one number: the run that has so many of the others at or below it."""

    summary: str
    quantile: float


SCORES: Mapping[str, Score] = MappingProxyType({
    "median": Score("What is left of the descent in the median of all losses, starts and seeds.", 0.5),
    "worst": Score("What is left of the descent in the worst of all losses, starts and seeds.", 1.0),
})  # fmt: skip


def shares_left(losses: Array, at_start: Array, lowest: float) -> Array:
    """Return what each run left of its descent.

    Parameters
    ----------
    losses : float64 (..., starts, seeds)
        Where runs ended; infinity where they diverged.
    at_start : float64 (starts,)
    lowest : float
        The lowest loss that was reached.
    """
    descent = np.maximum(at_start - lowest, 0.0)[:, np.newaxis]
    above = losses - lowest
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(descent > 0.0, above / descent, np.where(above > 0.0, math.inf, 1.0))
    return np.where(np.isfinite(losses), shares, math.inf)


def lowest_of(losses: Sequence[Array], at_start: Array) -> float:
    """Return the lowest loss that runs have reached, or that they began at."""
    return float(min([at_start.min(), *(some.min() for some in losses)]))


def middle(values: Array, quantile: float = 0.5) -> Array:
    """Return a quantile over the last axis; of two in the middle the greater, so that infinities make no NaN."""
    found: Array = np.quantile(values, quantile, axis=-1, method="higher")
    return found
