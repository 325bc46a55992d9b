"""The trail of a racer: the steps that are kept of it, with position and loss, for the views to draw."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Array


@dataclass(frozen=True, eq=False)
class Trail:
    """The positions and losses of a racer at the steps that are kept.

    Attributes
    ----------
    generation : object
        A new object for every racer, and after a restart or a rewind; while it is the same, steps are only added,
        though earlier ones may be thinned.
    steps : int64 (rows,)
        The step of each row, increasing; thinned trails skip steps.
    positions : float64 (rows, 2)
    losses : float64 (rows,)
    """

    generation: object
    steps: NDArray[np.int64]
    positions: Array
    losses: Array

    @property
    def mark(self) -> tuple[object, int]:
        """A key that differs between two trails that are drawn differently."""
        return self.generation, self.last_step

    @property
    def last_step(self) -> int:
        """The newest step, -1 where there is none."""
        return int(self.steps[-1]) if len(self.steps) else -1

    def rows_after(self, step: int) -> int:
        """Return the number of the first row after `step`."""
        # Python's bisection, because NumPy's releases the GIL, for which each view of each racer would wait anew.
        return bisect_right(self.steps, step)
