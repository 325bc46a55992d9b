"""A growing trail as segments that are short enough to follow the ground; only its new rows are processed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Bounds
from engine.race.trail import Trail
from gui.views.polyline import Pixels, rows_to_draw
from gui.views.surface.scene_coordinates import Places, to_shares

Segments = NDArray[np.float32]
Strokes = NDArray[np.float32]

STROKE_FLOATS = (4, 4, 2)
"""Floats of a stroke's three shader inputs: both ends; colour with opacity; radius in pixels and glow of the middle."""
NO_STROKES: Strokes = np.empty((0, sum(STROKE_FLOATS)), np.float32)

MOST_BENDS, MOST_NEW_BENDS = 2000, 48
"""Most vertices of a whole trail, and of the part that is new in one frame; a trail that needs more is drawn less
exactly, during a race: once it is paused, its whole trail is thinned anew."""
MOST_SEGMENTS = 6000
FEW = 8
"""So many trails have all these vertices and segments; where there are more, they share what these have: a picture of
thirty long trails would take a tenth of a second."""
HASTY_POINTS = 4000
"""Points of a trail that is drawn without time to walk along it: every second, third ... of its own."""
PIECE = 1.0 / 40.0
"""Longest segment, as a share of the domain; a longer one would pass through hills between its ends."""
TOLERANCE_PX = 0.5
"""The distance in pixels by which a drawn line may depart from the true one."""
COARSEST_PX = 1.0
"""Largest tolerance, for trails that need more vertices than are drawn."""


def clip_segments(starts: Places, ends: Places) -> tuple[Places, Places]:
    """Return the parts of segments, given as starts (n, 2) and ends (n, 2), that lie in the unit square."""
    # A shortcut for segments that are all inside, as they are in nearly all frames.
    both = np.stack([starts, ends])
    if both.min(initial=0.0) >= 0.0 and both.max(initial=0.0) <= 1.0:
        return starts, ends
    along = ends - starts
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        first, second = (0.0 - starts) / along, (1.0 - starts) / along
    still = along == 0.0
    within = (starts >= 0.0) & (starts <= 1.0)
    enter = np.where(still, np.where(within, 0.0, 2.0), np.minimum(first, second)).max(axis=1).clip(0.0)
    leave = np.where(still, 1.0, np.maximum(first, second)).min(axis=1).clip(max=1.0)
    seen = enter < leave
    enter, leave = enter[seen, None], leave[seen, None]
    return starts[seen] + enter * along[seen], starts[seen] + leave * along[seen]


def cut_segments(starts: Places, ends: Places, most: int) -> Segments:
    """Return segments cut into pieces of at most `PIECE`, float32 (m, 4); of longer ones if m would exceed `most`."""
    lengths = np.abs(ends - starts).max(axis=1, initial=0.0)
    if lengths.max(initial=0.0) <= PIECE:
        return np.hstack([starts, ends]).astype(np.float32)
    piece = max(PIECE, float(lengths.sum()) / max(most - len(lengths), 1))
    counts = np.maximum(np.ceil(lengths / piece).astype(np.intp), 1)
    owner = np.repeat(np.arange(len(counts)), counts)
    turn = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = (turn / counts[owner])[:, None]
    step = (1.0 / counts[owner])[:, None]
    along = (ends - starts)[owner]
    pieces = starts[owner] + share * along
    return np.hstack([pieces, pieces + step * along]).astype(np.float32)


def strokes(segments: Segments, paint: Sequence[float], radius: float, glow: float = 0.0) -> Strokes:
    """Return segments (n, 4) as strokes of one look, float32 (n, 10), whose columns `STROKE_FLOATS` describes."""
    rows = np.empty((len(segments), sum(STROKE_FLOATS)), np.float32)
    rows[:, :4] = segments
    rows[:, 4:] = (*paint, radius, glow)
    return rows


class TrailSegments:
    """The segments of one trail, updated as it grows.

    Attributes
    ----------
    count, fresh : int
        The number of segments, and the index of the first that the last `follow` added.
    restarted : int
        How often the trail was replaced by another; while it is unchanged, the segments that were drawn stay valid.
    rewritten : int
        How often all segments were computed again; while it is unchanged, segments are only appended.
    is_outdated : bool
        Whether the last `follow` left the segments less exact than they could be.
    """

    def __init__(self) -> None:
        self._step, self._tolerance = -1, TOLERANCE_PX
        self._race: tuple[object, Bounds] | None = None
        self._side_px = self._crowd = 1
        self._bend_store: Places = np.empty((2 * MOST_BENDS, 2))
        self._bend_count = 0
        self._is_coarse = self.is_outdated = False
        self._store: Segments = np.empty((MOST_SEGMENTS, 4), np.float32)
        self.count = self.fresh = self.restarted = self.rewritten = 0

    @property
    def generation(self) -> object:
        """The generation of the trail, None before there is one."""
        return self._race[0] if self._race is not None else None

    @property
    def segments(self) -> Segments:
        """The segments: float32 (count, 4), from x, y to x, y in shares of the domain."""
        return self._store[: self.count]

    def follow(
        self, trail: Trail, bounds: Bounds, side_px: int, settled: bool = False, may_refine: bool = True, crowd: int = 1
    ) -> bool:
        """Append the new part of a trail; return whether any segment has changed.

        `side_px` is the length of a side of the domain on the screen, in pixels; it sets which details are left out, as
        does the `crowd` of trails, in `FEW`.  Vertices that were left out for lack of time are drawn when the race is
        `settled`.  Unless it `may_refine`, a trail whose segments are right, and would only be more exact, goes on as
        it is, and another trail is drawn in haste.
        """
        race, step = (trail.generation, bounds), trail.last_step
        is_other = race != self._race or step < self._step
        is_hasty = self.is_outdated and not is_other
        could_be_finer = (side_px, crowd) != (self._side_px, self._crowd) or (settled and self._is_coarse) or is_hasty
        self.is_outdated = could_be_finer and not may_refine
        if is_other or (could_be_finer and may_refine):
            had = self.count
            self._race, self._side_px, self._crowd, self._tolerance = race, side_px, crowd, TOLERANCE_PX
            self.restarted += 1
            points = trail.positions if may_refine else _some(trail.positions)
            self._rewrite(to_shares(self._thinned(points, bounds, MOST_BENDS // crowd), bounds), trail, 0)
            self._is_coarse, self.is_outdated = False, len(points) < len(trail.positions)
            return bool(had or self.count)
        if step == self._step:
            self.fresh = self.count
            return False
        return self._extend(trail, bounds)

    def _extend(self, trail: Trail, bounds: Bounds) -> bool:
        """Append what is new of the trail whose earlier part is drawn; return whether any segment has changed."""
        # Begin at the vertex that was drawn last, so that the line has no gap.
        points = trail.positions[max(trail.rows_after(self._step) - 1, 0) :]
        fresh = to_shares(self._thinned(points, bounds, MOST_NEW_BENDS), bounds)
        self._step, self.fresh = trail.last_step, self.count
        if len(fresh) == 2 and np.hypot(*(fresh[1] - fresh[0])) * self._side_px < self._tolerance:
            return False
        segments = _segments(fresh, MOST_SEGMENTS // self._crowd)
        bends = self._bend_count + len(fresh)
        if self.count + len(segments) > MOST_SEGMENTS // self._crowd or bends > 2 * MOST_BENDS // self._crowd:
            self._rewrite(np.vstack([self._thinned_again(), fresh[1:]]), trail, len(fresh) - 1)
            return True
        self._add_bends(fresh[1:])
        self._append(segments)
        return len(segments) > 0

    def _thinned(self, points: Places, bounds: Bounds, most: int) -> Places:
        """Return at most `most` vertices of a line; `bounds` is the domain in the units of `points`."""
        side_px, ((x0, x1), (y0, y1)) = self._side_px, bounds
        pixels = Pixels((x0, y0), (side_px / (x1 - x0), side_px / (y1 - y0)), (side_px, side_px))
        rows, reached = rows_to_draw(points, pixels, self._tolerance, most)
        self._is_coarse |= reached > TOLERANCE_PX
        return points[rows]

    def _thinned_again(self) -> Places:
        """Return the drawn vertices thinned to a coarser tolerance, so that as many new ones have room."""
        self._tolerance = min(2.0 * self._tolerance, COARSEST_PX)
        return self._thinned(
            self._bend_store[: self._bend_count], ((0.0, 1.0), (0.0, 1.0)), MOST_BENDS // 2 // self._crowd
        )

    def _rewrite(self, bends: Places, trail: Trail, new: int) -> None:
        """Compute all segments again from vertices, of which the last `new` were not drawn before."""
        self._step, self._bend_count, self.count = trail.last_step, 0, 0
        self._add_bends(bends)
        self.rewritten += 1
        known = len(bends) - new
        for part in (bends[:known], bends[max(known - 1, 0) :] if new else bends[:0]):
            if len(part):
                self.fresh = self.count
                self._append(_segments(part, MOST_SEGMENTS // 3 // self._crowd))

    def _add_bends(self, bends: Places) -> None:
        self._bend_store[self._bend_count : self._bend_count + len(bends)] = bends
        self._bend_count += len(bends)

    def _append(self, segments: Segments) -> None:
        self._store[self.count : self.count + len(segments)] = segments
        self.count += len(segments)


def _segments(line: Places, most: int) -> Segments:
    """Return the parts of a line that lie in the domain, as short segments."""
    if len(line) < 2:
        return np.empty((0, 4), np.float32)
    return cut_segments(*clip_segments(line[:-1], line[1:]), most)


def _some(points: Places) -> Places:
    """Return evenly spread points of a line, its first and its last among them; all where it is short."""
    if len(points) <= HASTY_POINTS:
        return points
    stride = -(-len(points) // (HASTY_POINTS - 1))
    spread = points[::-stride][::-1]
    return spread if (len(points) - 1) % stride == 0 else np.vstack([points[:1], spread])
