"""The dashes of one growing trail on the ground: they are cut once, and then only those of its new segments."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gui.views.dashes import SOLID, Dash, dashed_segments
from gui.views.surface.items.trail_segments import Segments, TrailSegments

DASHES_PX = 500.0
"""Length of a side of the domain in the pixels of dashes; they are fixed to the ground, and so grow with zoom."""
FIRST_ROOM = 256
"""Dashes that the store has room for at first; it is doubled when it is full."""


class TrailDashes:
    """The dashes of a trail, kept for as long as its segments are only added to and its pattern stays.

    A picture needs them three times: for the halo, for the core, and where the ground occludes them.
    """

    def __init__(self, trail: TrailSegments) -> None:
        self._trail = trail
        self._store: Segments = np.empty((FIRST_ROOM, 4), np.float32)
        self._begin((0, 0, SOLID))

    def _begin(self, key: tuple[int, int, Dash]) -> None:
        """Forget all dashes; `key` tells for which segments and which pattern the next ones are."""
        self._key, self._length = key, 0.0
        # Where the dashes of each segment begin in the store, and where those of the last one end.
        self._starts: NDArray[np.intp] = np.zeros(1, np.intp)

    def pieces(self, dash: Dash, first: int) -> Segments:
        """Return the dashes of the trail from its segment number `first` on, float32 (m, 4); valid until the next call.

        Where the pattern is that of a solid line, they are the segments themselves.
        """
        trail = self._trail
        if not dash.lengths:
            return trail.segments[first:]
        key = (trail.restarted, trail.rewritten, dash)
        if key != self._key:
            self._begin(key)
        known = len(self._starts) - 1
        if known < trail.count:
            self._append(trail.segments[known:].astype(np.float64), dash)
        return self._store[self._starts[first] : self._starts[-1]]

    def _append(self, segments: NDArray[np.float64], dash: Dash) -> None:
        """Cut the dashes of segments that follow those that are known."""
        dashes, owner, self._length = dashed_segments(segments, dash, self._length, DASHES_PX)
        used = int(self._starts[-1])
        ends = used + np.searchsorted(owner, np.arange(len(segments)), side="right")
        self._starts = np.append(self._starts, ends)
        if ends[-1] > len(self._store):
            room: Segments = np.empty((2 * int(ends[-1]), 4), np.float32)
            room[:used] = self._store[:used]
            self._store = room
        self._store[used : ends[-1]] = dashes
