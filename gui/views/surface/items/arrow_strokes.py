"""Arrows and ellipses as strokes that lie on the ground: all of a kind are made at once, in shares of the domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Bounds, Point
from gui.look.theme import Theme
from gui.views.contour.arrows.marks import DRAWN_FIRST, RATE, HeadMarks
from gui.views.contour.arrows.strokes import (
    HALO_PX,
    HEAD_HALF_PX,
    HEAD_PX,
    LONGEST_SHARE,
    SHORTEST_PX,
    STROKES,
)
from gui.views.surface.arrow_scales import SIDE_PX, in_shares
from gui.views.surface.items.ground_item import unit_colour
from gui.views.surface.items.trail_segments import STROKE_FLOATS, Strokes
from gui.views.surface.scene_coordinates import to_shares

OCCLUDED_OPACITY = 0.4
"""Opacity of what the ground occludes."""
PIECES, DASHES, DOTS, CORNERS = 9, 5, 8, 32
"""Parts of a solid arrow and of an ellipse, which follow the ground; and of a dashed and of a dotted arrow."""
DASH_SHARE, DOT_SHARE = 0.6, 0.02
"""The share of its period that a dash has, and a dot."""
RIM_PX, TIP_PX = 0.6, 1.8
"""Half the widths of the rim of a filled head, and of the stroke that fills it."""
END, NECK = (1.0, 0.0, 0.0), (1.0, -1.0, 0.0)
"""Points of an arrow as sums of its whole way, the length of its head along it, and half of its head's width across."""

RADII = np.array([(1.0, 0.0), (0.0, 1.0), (0.0, 0.0)])
"""By what the way of an ellipse is multiplied to have its three vectors."""

MOST_LAYOUTS = 16
"""Which arrows are long enough to be seen changes now and then."""

Parts = NDArray[np.float64]
Entry = tuple[str, Point, Point, str]
"""A kind, an origin, a vector and a colour."""


@dataclass(frozen=True)
class GroundArrows:
    """What is drawn: the marks of racers, and by how much each kind is longer than what it shows."""

    marks: tuple[HeadMarks, ...] = ()
    factors: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Shape:
    """A kind's strokes.

    Attributes
    ----------
    ends : float64 (2 * strokes, 3)
        Of each stroke both ends, as sums of three vectors: of an ellipse its radii, of an arrow those of `NECK`.
    radii : float64 (strokes,)
        Half the widths in pixels.
    """

    ends: Parts
    radii: Parts


def _arrow(kind: str, count: int, share: float) -> Shape:
    """Return the shape of an arrow whose shaft has so many parts, each a share of its period."""
    stroke, begins = STROKES[kind], np.linspace(0.0, 1.0, count, endpoint=False)[:, None]
    last = np.array(NECK if stroke.filled else END)
    shaft = np.concatenate([begins * last, (begins + share / count) * last], axis=1).reshape(-1, 3)
    left, right = (1.0, -1.0, 1.0), (1.0, -1.0, -1.0)
    head = [left, END, right, END]
    radii = [stroke.width / 2.0] * (count + 2)
    if stroke.filled:
        head += [left, right, (1.0, -0.7, 0.0), (1.0, -0.4, 0.0)]
        radii = [*radii[:count], RIM_PX, RIM_PX, RIM_PX, TIP_PX]
    return Shape(np.vstack([shaft, head]), np.array(radii))


def _ellipse() -> Shape:
    turns = np.linspace(0.0, 2.0 * np.pi, CORNERS + 1)
    corners = np.column_stack([np.cos(turns), np.sin(turns), np.zeros(CORNERS + 1)])
    ends = np.concatenate([corners[:-1], corners[1:]], axis=1).reshape(-1, 3)
    return Shape(ends, np.full(CORNERS, STROKES[RATE].width / 2.0))


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "gradient": _arrow("gradient", DASHES, DASH_SHARE),
        "momentum": _arrow("momentum", PIECES, 1.0),
        "step": _arrow("step", DOTS, DOT_SHARE),
        RATE: _ellipse(),
    }
)


@dataclass(frozen=True, eq=False)
class Layout:
    """What stays of strokes while arrows of the same kinds and colours are drawn: all but their ends.

    Attributes
    ----------
    ends : float64 (strokes, 2, 3)
        As in `Shape`.
    owners : intp (strokes,)
        The arrow that each belongs to.
    order : intp (2 * strokes,)
        Which of them each of the seen ones is: of a kind first the halos.
    occluded, seen : float32 (strokes, 10), (2 * strokes, 10)
        With all but the ends.
    """

    ends: Parts
    owners: NDArray[np.intp]
    order: NDArray[np.intp]
    occluded: Strokes
    seen: Strokes


@lru_cache(MOST_LAYOUTS)
def layout_of(arrows: tuple[tuple[str, str], ...], width: float, halo: str) -> Layout:
    """Return the layout of arrows of these kinds and colours; those of one kind are neighbours."""
    shapes = [SHAPES[kind] for kind, _ in arrows]
    owners = np.repeat(np.arange(len(arrows)), [len(shape.radii) for shape in shapes])
    core = np.zeros((len(owners), sum(STROKE_FLOATS)), np.float32)
    core[:, 4:7] = np.array([unit_colour(colour) for _, colour in arrows]).reshape(-1, 3)[owners]
    core[:, 7], core[:, 8] = 1.0, width * np.concatenate([np.empty(0), *(shape.radii for shape in shapes)])
    order, is_halo, first = list[int](), list[bool](), 0
    for _, group in groupby(shapes, id):
        count = sum(len(shape.radii) for shape in group)
        order += 2 * list(range(first, first + count))
        is_halo += [*[True] * count, *[False] * count]
        first += count
    seen = core[order]
    seen[is_halo, 4:7] = unit_colour(halo)
    seen[is_halo, 8] += HALO_PX * width
    core[:, 7] = OCCLUDED_OPACITY
    ends = np.concatenate([np.empty((0, 3)), *(shape.ends for shape in shapes)]).reshape(-1, 2, 3)
    return Layout(ends, owners, np.array(order, np.intp), core, seen)


def arrow_strokes(arrows: GroundArrows, bounds: Bounds, width: float, theme: Theme) -> tuple[Strokes, Strokes]:
    """Return what is drawn of arrows where the ground occludes them, and where they are seen; both float32 (n, 10).

    Parameters
    ----------
    width : float
        By how much strokes are wider than on a desk, in pixels of the screen.
    """
    entries = [
        (kind, mark.origin, mark.vectors[kind], mark.colour)
        for kind in DRAWN_FIRST
        if kind in arrows.factors
        for mark in arrows.marks
        if kind in mark.vectors
    ]
    drawn, origins, vectors = _frames(entries, arrows.factors, bounds)
    layout = layout_of(drawn, width, theme.halo)
    ends = (origins[layout.owners, None] + layout.ends @ vectors[layout.owners]).reshape(-1, 4)
    occluded, seen = layout.occluded.copy(), layout.seen.copy()
    occluded[:, :4], seen[:, :4] = ends, ends[layout.order]
    return _inside(occluded), _inside(seen)


def _frames(
    entries: Sequence[Entry], factors: Mapping[str, float], bounds: Bounds
) -> tuple[tuple[tuple[str, str], ...], Parts, Parts]:
    """Return of what can be seen: the kinds and colours, the origins, and the three vectors of each shape."""
    ways = in_shares([(factors[kind] * x, factors[kind] * y) for kind, _, (x, y), _ in entries], bounds)
    lengths = np.hypot(ways[:, 0], ways[:, 1])
    # Comparisons with NaN are false.
    kept = np.flatnonzero((lengths * SIDE_PX > SHORTEST_PX) & (lengths < np.inf))
    shown = [entries[number] for number in kept.tolist()]
    drawn = tuple((kind, colour) for kind, *_, colour in shown)
    origins = to_shares(np.array([origin for _, origin, *_ in shown], dtype=np.float64).reshape(-1, 2), bounds)
    ways, lengths, vectors = ways[kept], lengths[kept, None], np.zeros((len(kept), 3, 2))
    head = np.minimum(HEAD_PX / SIDE_PX, LONGEST_SHARE * lengths) * ways / lengths
    vectors[:, 0], vectors[:, 1] = ways, head
    vectors[:, 2] = HEAD_HALF_PX / HEAD_PX * head[:, ::-1] * (-1.0, 1.0)
    ellipses = sum(kind == RATE for kind, _ in drawn)
    # They come first.
    vectors[:ellipses] = np.abs(ways[:ellipses, None]) * RADII
    return drawn, origins, vectors


def _inside(strokes: Strokes) -> Strokes:
    """Return the strokes that lie on the ground."""
    ends = strokes[:, :4]
    if ends.min(initial=0.0) >= 0.0 and ends.max(initial=1.0) <= 1.0:
        return strokes
    return strokes[((ends >= 0.0) & (ends <= 1.0)).all(axis=1)]
