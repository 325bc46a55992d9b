"""A growing trail as short segments that can be draped over a surface: only new rows cost anything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Bounds
from engine.race.trail import Trail
from gui.views.surface.scene_coordinates import Places, to_shares

Segments = NDArray[np.float32]
Strokes = NDArray[np.float32]

STROKE_FLOATS = (4, 4, 2)
"""Of a stroke: from where to where, its colour with opacity, its radius in pixels and how light its middle is."""
NO_STROKES: Strokes = np.empty((0, sum(STROKE_FLOATS)), np.float32)

NEWEST = 256
"""Rows of a trail that are drawn in full; of older ones every second, fourth ... step."""
NEWEST_AT_ONCE, MOST_AT_ONCE = 64, 192
"""The same for rows that come in one frame: a race at full speed adds thousands."""
MOST_ROWS = 900
"""Rows of a trail that are drawn after a fresh start; beyond twice as many segments there is one."""
MOST_SEGMENTS = 2400
PIECE = 1.0 / 40.0
"""Longest segment, as a share of the domain: longer ones would cut through the hills between their ends."""
GRAIN = 1.0 / 1200.0
"""Steps shorter than this share of the domain are not drawn: less than a pixel."""


def clip_segments(starts: Places, ends: Places) -> tuple[Places, Places]:
    """Return the parts of segments (n, 2) to (n, 2) that lie in the unit square; what lies outside is dropped."""
    # Most are wholly inside, and nearly all frames bring no others.
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
    """Return segments cut into pieces of about `PIECE`, float32 (m, 4); longer pieces where m would pass `most`."""
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


def drawn_rows(steps: NDArray[np.int64], newest: int, most: int) -> NDArray[np.intp]:
    """Return which rows of a trail are drawn: the `newest`, and of the others those at multiples of a power of two.

    Multiples of the step number, not of the row, so that the same rows stay as the trail grows; about `most` in all.
    The first row is among them.  Costs the same however long the trail is.
    """
    older, room = max(len(steps) - newest, 0), most - newest
    if older <= room:
        return np.arange(len(steps))
    first, last = int(steps[0]), int(steps[older - 1])
    stride = 1 << (max((last - first) // room, 1) - 1).bit_length()
    wanted = np.arange(-(-first // stride) * stride, last + 1, stride)
    kept = np.searchsorted(steps[:older], wanted)
    rows = np.concatenate([[0], kept, np.arange(older, len(steps))])
    # In order already; where steps were thinned away, several multiples share a row.
    return rows[np.diff(rows, prepend=-1) > 0]


def strokes(segments: Segments, paint: Sequence[float], radius: float, glow: float = 0.0) -> Strokes:
    """Return segments (n, 4) as strokes of one look, float32 (n, 10), as `STROKE_FLOATS` says."""
    rows = np.empty((len(segments), sum(STROKE_FLOATS)), np.float32)
    rows[:, :4] = segments
    rows[:, 4:] = (*paint, radius, glow)
    return rows


class TrailSegments:
    """The segments of one trail, kept up to date.

    Attributes
    ----------
    count, fresh : int
        How many segments there are, and the number of the first that the last `follow` brought.
    restarted : int
        How often another trail took the place of the one before; while it stays, what was drawn before still holds.
    rewritten : int
        How often everything was made anew; while it stays, segments are only added.
    """

    def __init__(self) -> None:
        self._step = -1
        self._key: tuple[object, Bounds] | None = None
        self._last: Places = np.empty((0, 2))
        self._store: Segments = np.empty((MOST_SEGMENTS, 4), np.float32)
        self.count = self.fresh = self.restarted = self.rewritten = 0

    @property
    def segments(self) -> Segments:
        """The segments: float32 (count, 4), from x, y to x, y in shares of the domain."""
        return self._store[: self.count]

    def follow(self, trail: Trail, bounds: Bounds) -> bool:
        """Take in what is new of a trail; tell whether any segment is different."""
        key, step = (trail.generation, bounds), trail.last_step
        if key == self._key and step == self._step:
            self.fresh = self.count
            return False
        if key != self._key or step < self._step:
            had = self.count
            self._key = key
            self.restarted += 1
            self._rewrite(trail, bounds, 0)
            return bool(had or self.count)
        before = self.count
        known = trail.rows_after(self._step)
        new = known + drawn_rows(trail.steps[known:], NEWEST_AT_ONCE, MOST_AT_ONCE)
        fresh = self._segments(to_shares(trail.positions[new], bounds), MOST_SEGMENTS)
        if before + len(fresh) > MOST_SEGMENTS:
            self._rewrite(trail, bounds, known)
            return True
        self._step, self.fresh = step, before
        self._append(fresh)
        return self.count != before

    def _rewrite(self, trail: Trail, bounds: Bounds, known: int) -> None:
        """Make everything anew; what is new are the rows from number `known` on."""
        self._step, self._last, self.count = trail.last_step, np.empty((0, 2)), 0
        self.rewritten += 1
        rows = drawn_rows(trail.steps, NEWEST, MOST_ROWS)
        for part in (rows[rows < known], rows[rows >= known]):
            self.fresh = self.count
            self._append(self._segments(to_shares(trail.positions[part], bounds), MOST_SEGMENTS // 3))

    def _segments(self, places: Places, most: int) -> Segments:
        """Return the segments through places, from the last one before them on, and remember the new last one."""
        line = np.vstack([self._last, places])
        cells = np.rint(line / GRAIN)
        moved = np.ones(len(line), dtype=bool)
        moved[1:] = (cells[1:] != cells[:-1]).any(axis=1)
        line = line[moved]
        self._last = line[-1:]
        if len(line) < 2:
            return np.empty((0, 4), np.float32)
        return cut_segments(*clip_segments(line[:-1], line[1:]), most)

    def _append(self, fresh: Segments) -> None:
        self._store[self.count : self.count + len(fresh)] = fresh
        self.count += len(fresh)
