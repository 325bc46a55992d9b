"""Samples a loss for the views: its whole domain, and more finely the part of it that is visible."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import Literal

from engine.language.errors import FormulaError
from engine.language.types import Bounds
from engine.loss.heights import AUTOMATIC, HEIGHTS, HeightScale, fit_scale, suited_kind
from engine.loss.machine_loss import MachineLoss
from engine.loss.terrain import Terrain, check_bounds, sample_in_parts, sample_terrain

DETAIL_PAUSE_S = 0.1
"""The finer sample waits until the landscape has not changed for so long: while a slider moves, it would slow it."""
TERRAIN_SIZE = 256
COARSE_SIZE = 64
"""A domain that takes long is first sampled with so many points each way: a sixteenth of the time."""
FEWEST_SAMPLES = 3
QUICK_WORK = 40_000_000
"""Points times rows of a domain that are evaluated at once: 10 ms on two cores."""
PART_WORK = 10_000_000
"""Points times rows that are evaluated before the runner looks for the next command."""
DETAIL_WORK = 1_000_000_000
"""Points times rows of a finer sample, unless it were then coarser than the domain's: some seconds on two cores."""


class TerrainSampler:
    """The newest samples, and what remains to be sampled.

    Attributes
    ----------
    bounds : ((xmin, xmax), (ymin, ymax))
        The domain.
    terrain, detail : Terrain or None
        The samples of the domain, and of the visible part; None where there are none yet.
    height : str
        The kind of the scale of both, of `engine.loss.heights.HEIGHTS`.
    """

    def __init__(self) -> None:
        self.bounds: Bounds = ((-1.0, 1.0), (-1.0, 1.0))
        self.terrain: Terrain | None = None
        self.detail: Terrain | None = None
        self.height, self._chosen = "log", AUTOMATIC
        self._visible: tuple[Bounds, int, int] | None = None
        self._due_at: float | None = None
        self._parts: Iterator[Terrain | None] = iter(())
        self._under_way: Literal["terrain", "detail", ""] = ""
        self._count = 0

    def sample(self, loss: MachineLoss, anew: bool = False) -> None:
        """Sample the domain; where that takes long, coarsely now, and finely in parts by `refine`.

        With `anew` the kind of height is found again where it was left to the landscape; without, it stays, so that the
        colours do not change their meaning while a parameter is dragged.
        """
        quick = TERRAIN_SIZE**2 * loss.rows <= QUICK_WORK
        size = TERRAIN_SIZE if quick else COARSE_SIZE
        self._under_way = ""
        self.terrain = sample_terrain(loss.quick_value, self.bounds, size, size, self._next(), self.height)
        if anew and self._chosen == AUTOMATIC:
            self._scale(self.terrain, suited_kind(self.terrain.values))
        self._want_detail(DETAIL_PAUSE_S)
        if not quick:
            self._begin("terrain", loss, self.bounds, TERRAIN_SIZE, TERRAIN_SIZE, self.height)

    def set_height(self, kind: str) -> None:
        """Choose a kind of height scale, or `AUTOMATIC` for the one that suits the landscape."""
        if kind not in (AUTOMATIC, *HEIGHTS):
            raise FormulaError(f"There is no height {kind}.", hint=f"Known: {', '.join((AUTOMATIC, *HEIGHTS))}.")
        self._chosen = kind
        if self.terrain is not None:
            self._scale(self.terrain, suited_kind(self.terrain.values) if kind == AUTOMATIC else kind)
            self._want_detail(DETAIL_PAUSE_S)
        elif kind != AUTOMATIC:
            self.height = kind

    def _scale(self, terrain: Terrain, kind: str) -> None:
        """Draw the domain's samples at another kind of height, unless it is theirs already."""
        if kind != self.height:
            self.height = kind
            self.terrain = terrain.scaled(fit_scale(terrain.values, kind), self._next())

    def set_viewport(self, bounds: Bounds, columns: int, rows: int) -> None:
        """Set the visible part, of which `refine` will take a finer sample at once."""
        check_bounds(bounds)
        columns, rows = (max(side, FEWEST_SAMPLES) for side in (columns, rows))
        self._visible = (bounds, columns, rows)
        # A sample under way is finished first: else a viewport that keeps moving would never get one.
        self.detail, self._due_at = None, time.monotonic()

    def clear_viewport(self) -> None:
        """Take no finer sample of a visible part."""
        self.detail = self._visible = self._due_at = None
        if self._under_way == "detail":
            self._under_way = ""

    @property
    def detail_due_s(self) -> float | None:
        """The seconds until `refine` should be called; None where nothing remains to be sampled."""
        if self._under_way:
            return 0.0
        if self._due_at is None or self._visible is None or self.terrain is None:
            return None
        return max(self._due_at - time.monotonic(), 0.0)

    def refine(self, loss: MachineLoss) -> bool:
        """Take a part of the remaining samples; return whether a terrain is complete."""
        if not self._under_way:
            # Cleared before the attempt, since a sample that fails would be attempted for ever.
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
            # The kind of height may have changed while it was sampled.
            self.terrain = found.scaled(fit_scale(found.values, self.height), self._next())
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
        # The domain is finished before a visible part of it.
        self._under_way = "terrain" if self._under_way == "terrain" else ""
        self.detail, self._due_at = None, time.monotonic() + pause_s

    def _next(self) -> int:
        self._count += 1
        return self._count


def affordable(columns: int, rows: int, data_rows: int) -> tuple[int, int]:
    """Return the columns and rows of a finer sample, fewer than asked for where they would take too long."""
    share = min(math.sqrt(DETAIL_WORK / (columns * rows * data_rows)), 1.0)
    across, up = (max(round(share * side), min(side, TERRAIN_SIZE)) for side in (columns, rows))
    return across, up
