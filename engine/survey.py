"""What is sampled of a loss for the views: its whole domain, and what is visible of it, more finely."""

from __future__ import annotations

import time

from engine.heights import HEIGHTS, fit_scale
from engine.language.errors import FormulaError
from engine.loss import Loss
from engine.terrain import Bounds, Terrain, check_bounds, sample_terrain

DETAIL_PAUSE_S = 0.1
"""A finer sample of a landscape that changes waits until nothing has been asked for so long: the slider comes first."""
TERRAIN_SIZE = 256
FEWEST_SAMPLES = 3


class Survey:
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
        self._count = 0

    def sample(self, loss: Loss) -> None:
        """Sample the domain."""
        self.terrain = sample_terrain(loss, self.bounds, TERRAIN_SIZE, TERRAIN_SIZE, self._next(), self._height)
        self._want_detail(DETAIL_PAUSE_S)

    def set_height(self, kind: str) -> None:
        """Draw the samples at another kind of height."""
        if kind not in HEIGHTS:
            raise FormulaError(f"There is no height {kind}.", hint=f"Known: {', '.join(HEIGHTS)}.")
        self._height = kind
        if self.terrain is not None:
            self.terrain = self.terrain.scaled(fit_scale(self.terrain.values, kind), self._next())
            self._want_detail(DETAIL_PAUSE_S)

    def look_at(self, bounds: Bounds, columns: int, rows: int) -> None:
        """Take note of what is visible, which is sampled at once: it may be on the move."""
        check_bounds(bounds)
        columns, rows = (max(side, FEWEST_SAMPLES) for side in (columns, rows))
        self._visible = (bounds, columns, rows)
        self._want_detail(0.0)

    @property
    def detail_due_s(self) -> float | None:
        """In how many seconds a finer sample is due, None where none is."""
        if self._due_at is None or self._visible is None or self.terrain is None:
            return None
        return max(self._due_at - time.monotonic(), 0.0)

    def refine(self, loss: Loss) -> None:
        """Sample what is visible."""
        # Before it is tried: what cannot be sampled would be tried for ever.
        self._due_at = None
        assert self._visible is not None and self.terrain is not None
        self.detail = sample_terrain(loss, *self._visible, self._next(), self.terrain.scale)

    def _want_detail(self, pause_s: float) -> None:
        self.detail, self._due_at = None, time.monotonic() + pause_s

    def _next(self) -> int:
        self._count += 1
        return self._count
