"""Cuts lines into dashes, because Qt restarts its own dashes at each of the short segments that a trail is drawn as."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Line = NDArray[np.float64]


FARTHEST_PX = 1e5
"""Largest length that a segment counts with: after a longer one, rounding would be as large as the next dashes."""


class Dash(NamedTuple):
    """A pattern of dashes: pixels of dash, gap, dash, gap ..., none for a solid line, and a sample of it as text."""

    lengths: tuple[float, ...]
    sample: str


SOLID = Dash((), "———")
DASHES = (SOLID, Dash((12.0, 8.0), "– – –"), Dash((0.5, 7.0), "· · · ·"), Dash((12.0, 7.0, 0.5, 7.0), "– · – ·"))
"""The patterns that racers get in turn; the fifth racer has the first again, in another colour."""


def length_of(line: Line) -> float:
    """Return the length of a line (n, 2) along which its dashes are measured."""
    return float(np.minimum(np.hypot(*np.diff(line, axis=0).T), FARTHEST_PX).sum())


def dashed(line: Line, dash: Dash, begin: float, size: tuple[float, float]) -> Line:
    """Return the visible dashes of a line, as segments (m, 4) from x, y to x, y.

    Parameters
    ----------
    line : float64 (n, 2)
        In pixels.
    dash : Dash
        Not a solid one.
    begin : float
        The length of the line before its first point here, in pixels, so that a line that grows keeps its dashes.
    size : (width, height)
        Size of the picture in pixels; dashes outside of it are left out.
    """
    along = np.diff(line, axis=0)
    lengths = np.hypot(*along.T)
    counted = np.minimum(lengths, FARTHEST_PX)
    before = begin + np.cumsum(counted) - counted
    enter, leave = visible_shares(line[:-1], along, size)
    seen = enter < leave
    starts, along, lengths, before = line[:-1][seen], along[seen], lengths[seen], before[seen]
    owner, first, last = _dashes(before + enter[seen] * lengths, before + leave[seen] * lengths, dash.lengths)
    return _pieces(starts[owner], along[owner], (np.stack([first, last]) - before[owner]) / lengths[owner])


def dashed_segments(segments: Line, dash: Dash, begin: float, scale: float) -> tuple[Line, NDArray[np.intp], float]:
    """Return the dashes of segments, the number of the segment that each is a part of, and the length at the end.

    Parameters
    ----------
    segments : float64 (n, 4)
        From x, y to x, y.
    dash : Dash
        Not a solid one.
    begin : float
        The length of the line before its first segment here, in pixels, so that a line that grows keeps its dashes.
    scale : float
        The number of pixels in the unit of the segments.

    Returns
    -------
    dashes : float64 (m, 4)
    owner : intp (m,)
        It rises.
    end : float
    """
    along = segments[:, 2:] - segments[:, :2]
    lengths = scale * np.hypot(*along.T)
    ends = np.cumsum(np.append(begin, lengths))
    owner, first, last = _dashes(ends[:-1], ends[1:], dash.lengths)
    shares = (np.stack([first, last]) - ends[owner]) / lengths[owner]
    return _pieces(segments[owner, :2], along[owner], shares), owner, float(ends[-1])


def _pieces(starts: Line, along: Line, shares: Line) -> Line:
    """Return the piece of each segment between its two `shares` (2, n), as segments (n, 4)."""
    points = starts + shares[:, :, None] * along
    return np.hstack([points[0], points[1]])


def visible_shares(starts: Line, along: Line, size: tuple[float, float]) -> tuple[Line, Line]:
    """Return the shares (n,) of each segment at which it enters and leaves a picture; entry > exit if it misses it."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        first, second = -starts / along, (np.array(size) - starts) / along
    still = along == 0.0
    within = (starts >= 0.0) & (starts <= size)
    enter = np.where(still, np.where(within, 0.0, 2.0), np.minimum(first, second)).max(axis=1, initial=0.0)
    leave = np.where(still, 1.0, np.maximum(first, second)).min(axis=1, initial=1.0)
    return enter, leave


def _dashes(first: Line, last: Line, pattern: tuple[float, ...]) -> tuple[NDArray[np.intp], Line, Line]:
    """Return the dashes within stretches of a line: the number of the stretch, and where each begins and ends."""
    period, edges = sum(pattern), np.cumsum([0.0, *pattern])
    rounds = np.floor(first / period)
    counts = (np.floor(last / period) - rounds + 1).astype(np.intp)
    owner = np.repeat(np.arange(len(counts)), counts)
    turn = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    base = ((rounds[owner] + turn) * period)[:, None]
    begins = np.maximum(base + edges[:-1:2], first[owner, None])
    ends = np.minimum(base + edges[1::2], last[owner, None])
    kept = begins < ends
    return np.broadcast_to(owner[:, None], kept.shape)[kept], begins[kept], ends[kept]
