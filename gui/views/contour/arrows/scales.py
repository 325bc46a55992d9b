"""By how much each kind of arrow is longer than what it shows: round factors, one for all racers of a plot."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

LONGEST_PX, TOO_LONG_PX, TOO_SHORT_PX = 60.0, 110.0, 24.0
"""The most that the longest arrow of a kind has when its factor is chosen, and the lengths beyond which another is."""
LEAST_PX = 1e-300
"""Shorter ones no finite factor would show."""
PATIENCE = 30
"""Fits in a row, during a race, in which all arrows of a kind are too short before it gets another factor: gradients
swing, and arrows whose scale swings with them cannot be compared from one moment to the next."""
LARGE, SMALL = 1e5, 1e-4
"""Factors beyond these are written with an exponent."""
MANTISSAS = (1.0, 2.0, 5.0)


def round_below(value: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20 ... 0.5, 0.2, 0.1 ... that is no larger than a positive `value`."""
    power = 10.0 ** math.floor(math.log10(value))
    return max((mantissa * power for mantissa in MANTISSAS if mantissa * power <= value), default=power)


class Scales:
    """The factors of a plot, which stay while the arrows can be read."""

    def __init__(self) -> None:
        self._known: dict[str, float] = {}
        self._short: dict[str, tuple[int, float]] = {}

    def fitted(self, longest_px: Mapping[str, Iterable[float]], settled: bool = True) -> dict[str, float]:
        """Return a factor for each kind, given the lengths in px that its arrows would have without one.

        While they are not `settled`, others follow, and short ones wait for these.
        """
        for kind, lengths in longest_px.items():
            longest = max(filter(math.isfinite, lengths), default=0.0)
            if longest > LEAST_PX:
                self._fit(kind, longest, settled)
        return {kind: self._known.get(kind, 1.0) for kind in longest_px}

    def _fit(self, kind: str, longest: float, settled: bool) -> None:
        """Choose another factor where the longest arrow of a kind is too long, or has long been too short."""
        drawn = longest * self._known.get(kind, 0.0)
        fits, most = self._short.pop(kind, (0, 0.0))
        if TOO_SHORT_PX <= drawn <= TOO_LONG_PX:
            return
        if 0.0 < drawn < TOO_SHORT_PX and not settled:
            longest = max(longest, most)
            if fits + 1 < PATIENCE:
                self._short[kind] = fits + 1, longest
                return
        self._known[kind] = round_below(LONGEST_PX / longest)


def number_of(factor: float) -> str:
    """Return a factor as it stands in the key."""
    text = f"{factor:.0e}" if factor >= LARGE or factor < SMALL else f"{factor:g}"
    return text.replace("e-0", "e−").replace("e-", "e−").replace("e+0", "e").replace("e+", "e")
