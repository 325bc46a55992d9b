"""What is sampled of a loss for the views: its whole domain, and what is visible of it, more finely."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import Literal

from engine.language.errors import FormulaError
from engine.loss.heights import HEIGHTS, HeightScale, fit_scale
from engine.loss.machine_loss import MachineLoss
from engine.loss.terrain import Terrain, check_bounds, sample_in_parts, sample_terrain
from engine.types import Bounds

DETAIL_PAUSE_S = 0.1
"""A finer sample of a landscape that changes waits until nothing has been asked for so long: the slider comes first."""
TERRAIN_SIZE = 256
COARSE_SIZE = 64
"""A domain that takes long is first sampled with so many points each way: a sixteenth of the work."""
FEWEST_SAMPLES = 3
QUICK_WORK = 40_000_000
"""Rows of a data set, or points without one, that a domain may take at once: a hundredth of a second of two cores."""
PART_WORK = 10_000_000
"""How many are worked through before the next command is looked for."""
DETAIL_WORK = 1_000_000_000
"""How many a finer sample may take, unless it were coarser than that of the domain: a second or a few of two cores."""


class TerrainSampler:
    """The newest samples, and those that are still to be taken.

    Attributes
    ----------
    bounds : ((xmin, xmax), (ymin, ymax))
        The domain.
    terrain, detail : Terrain or None
        The domain, and the visible part, if it is sampled yet.
    """

    def __init__(self) -> None:
        self.bounds: Bounds = ((-1.0, 1.0), (-1.0, 1.0))
        self.terrain: Terrain | None = None
        self.detail: Terrain | None = None
        self._height = "log"
        self._visible: tuple[Bounds, int, int] | None = None
        self._due_at: float | None = None
        self._parts: Iterator[Terrain | None] = iter(())
        self._under_way: Literal["terrain", "detail", ""] = ""
        self._count = 0

    def sample(self, loss: MachineLoss) -> None:
        """Sample the domain: coarsely, and then by and by, where it takes long."""
        quick = TERRAIN_SIZE**2 * loss.rows <= QUICK_WORK
        size = TERRAIN_SIZE if quick else COARSE_SIZE
        self._under_way = ""
        self.terrain = sample_terrain(loss.quick_value, self.bounds, size, size, self._next(), self._height)
        self._want_detail(DETAIL_PAUSE_S)
        if not quick:
            self._begin("terrain", loss, self.bounds, TERRAIN_SIZE, TERRAIN_SIZE, self._height)

    def set_height(self, kind: str) -> None:
        """Draw the samples at another kind of height."""
        if kind not in HEIGHTS:
            raise FormulaError(f"There is no height {kind}.", hint=f"Known: {', '.join(HEIGHTS)}.")
        self._height = kind
        if self.terrain is not None:
            self.terrain = self.terrain.scaled(fit_scale(self.terrain.values, kind), self._next())
            self._want_detail(DETAIL_PAUSE_S)

    def set_viewport(self, bounds: Bounds, columns: int, rows: int) -> None:
        """Take note of what is visible, which is sampled at once: it may be on the move."""
        check_bounds(bounds)
        columns, rows = (max(side, FEWEST_SAMPLES) for side in (columns, rows))
        self._visible = (bounds, columns, rows)
        # A sample under way is finished first: or else a view that moves on and on would never see one.
        self.detail, self._due_at = None, time.monotonic()

    def clear_viewport(self) -> None:
        """Sample no more than the domain."""
        self.detail = self._visible = self._due_at = None
        if self._under_way == "detail":
            self._under_way = ""

    @property
    def detail_due_s(self) -> float | None:
        """In how many seconds a finer sample, or a part of one, is due; None where none is."""
        if self._under_way:
            return 0.0
        if self._due_at is None or self._visible is None or self.terrain is None:
            return None
        return max(self._due_at - time.monotonic(), 0.0)

    def refine(self, loss: MachineLoss) -> bool:
        """Sample a part of what is still to be sampled; tell whether there is something new to see."""
        if not self._under_way:
            # Before it is tried: what cannot be sampled would be tried for ever.
            self._due_at = None
            assert self._visible is not None and self.terrain is not None
            bounds, columns, rows = self._visible
            size = affordable(columns, rows, loss.rows)
            self._begin("detail", loss, bounds, *size, self.terrain.scale)
        sampling, self._under_way = self._under_way, ""
        found = next(self._parts)
        if found is None:
            self._under_way = sampling
        elif sampling == "terrain":
            # The kind of height may have changed meanwhile.
            self.terrain = found.scaled(fit_scale(found.values, self._height), self._next())
            self._want_detail(0.0)
        else:
            self.detail = found
        return found is not None

    def _begin(
        self, what: Literal["terrain", "detail"], loss: MachineLoss, bounds: Bounds, columns: int, rows: int,
        scale: HeightScale | str,
    ) -> None:  # fmt: skip
        rows_a_part = max(PART_WORK // (columns * loss.rows), 1)
        self._parts = sample_in_parts(loss.value, bounds, columns, rows, self._next(), scale, rows_a_part)
        self._under_way = what

    def _want_detail(self, pause_s: float) -> None:
        # A domain that is still being sampled comes before what is visible of it.
        self._under_way = "terrain" if self._under_way == "terrain" else ""
        self.detail, self._due_at = None, time.monotonic() + pause_s

    def _next(self) -> int:
        self._count += 1
        return self._count


def affordable(columns: int, rows: int, data_rows: int) -> tuple[int, int]:
    """Return how many columns and rows of a finer sample are worth their time."""
    share = min(math.sqrt(DETAIL_WORK / (columns * rows * data_rows)), 1.0)
    across, up = (max(round(share * side), min(side, TERRAIN_SIZE)) for side in (columns, rows))
    return across, up
