"""The spread of the losses of a racer's seeds: median and quantiles, at steps that grow rarer in a long race."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Array

LOW, HIGH = 0.1, 0.9
"""The quantiles between which a band lies: eight of ten seeds."""
MOST_ROWS = 512
"""Rows of a band: as many as a plot can show.  When there are more, every second is dropped."""


@dataclass(frozen=True, eq=False)
class Band:
    """The spread of a racer's losses over its seeds.

    Attributes
    ----------
    steps : int64 (rows,)
        Increasing, from 0.
    low, median, high : float64 (rows,)
        Of the losses of all seeds at that step; infinite where that seed has diverged.
    """

    steps: NDArray[np.int64]
    low: Array
    median: Array
    high: Array


def spread_of(losses: Array) -> tuple[float, float, float]:
    """Return the low quantile, the median and the high quantile of `losses` (seeds,)."""
    ordered = np.sort(np.where(np.isfinite(losses), losses, np.inf))
    last = len(ordered) - 1
    # Each is the loss of some seed, without interpolation: between a number and infinity there is no mean.
    low, median, high = (float(ordered[round(share * last)]) for share in (LOW, 0.5, HIGH))
    return low, median, high


class BandRecord:
    """The rows of one band, to which more are added."""

    def __init__(self) -> None:
        self._steps: list[int] = []
        self._rows: list[tuple[float, float, float]] = []

    def record(self, step: int, losses: Array) -> None:
        """Add the row of `losses` (seeds,) at a step later than those before it."""
        self._steps.append(step)
        self._rows.append(spread_of(losses))

    def thin(self, spacing: int) -> None:
        """Keep the rows whose steps are multiples of `spacing`."""
        kept = [number for number, step in enumerate(self._steps) if step % spacing == 0]
        self._steps, self._rows = [self._steps[number] for number in kept], [self._rows[number] for number in kept]

    def cut_after(self, step: int) -> None:
        """Remove every row after `step`."""
        kept = bisect.bisect_right(self._steps, step)
        del self._steps[kept:], self._rows[kept:]

    @property
    def lowest(self) -> float:
        """The lowest finite loss of all lower edges, inf where there is none."""
        return min((low for low, _, _ in self._rows if low > -np.inf), default=np.inf)

    def band(self) -> Band:
        """Return all rows."""
        low, median, high = np.array(self._rows, dtype=np.float64).reshape(-1, 3).T
        return Band(np.array(self._steps, dtype=np.int64), low, median, high)
