"""The change log: values that change during a race, by the steps for which they held, so that a replay is exact."""

from __future__ import annotations

import bisect
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class ChangeLog(list[tuple[int, T]]):
    """Values, which are not modified after they are recorded, by the step after which they hold."""

    def record(self, step: int, values: T) -> None:
        """Record that `values` hold for the updates after `step`."""
        if self and self[-1][0] == step:
            self.pop()
        if not self or not _same(self[-1][1], values):
            self.append((step, values))

    def value_at(self, step: int) -> T:
        """Return the values that hold for the update after `step`."""
        return self[bisect.bisect_right(self, step, key=lambda entry: entry[0]) - 1][1]

    def next_change(self, step: int) -> int | None:
        """Return the first step after `step` at which values change, or None."""
        place = bisect.bisect_right(self, step, key=lambda entry: entry[0])
        return self[place][0] if place < len(self) else None

    def cut_after(self, step: int) -> None:
        """Remove the changes after `step`."""
        del self[bisect.bisect_right(self, step, key=lambda entry: entry[0]) :]


def _same(one: object, other: object) -> bool:
    """Return whether two recorded values are the same."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other)
    return one is other
