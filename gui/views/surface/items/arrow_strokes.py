"""Arrows and ellipses as strokes that lie on the ground; a shader puts them where the arrows are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
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
from gui.views.surface.arrow_scales import SIDE_PX
from gui.views.surface.items.ground_item import unit_colour
from gui.views.surface.items.trail_segments import Strokes

OCCLUDED_OPACITY = 0.4
"""Opacity of what the ground occludes."""
PIECES, DASHES, DOTS, CORNERS = 6, 5, 8, 20
"""Parts of a solid arrow and of an ellipse, which follow the ground; and of a dashed and of a dotted arrow.  A renderer
without a graphics card takes a ten thousandth of a millisecond for each corner of each part, in every frame."""
HALO_PIECES = 4
"""Parts of an arrow's halo, which has no dashes."""
DASH_SHARE, DOT_SHARE = 0.6, 0.02
"""The share of its period that a dash has, and a dot."""
RIM_PX, TIP_PX = 0.6, 1.8
"""Half the widths of the rim of a filled head, and of the stroke that fills it."""
END, NECK = (1.0, 0.0, 0.0), (1.0, -1.0, 0.0)
"""Points of an arrow as sums of its whole way, the length of its head along it, and half of its head's width across."""

SIZES = SHORTEST_PX / SIDE_PX, HEAD_PX / SIDE_PX, LONGEST_SHARE, HEAD_HALF_PX / HEAD_PX
"""The uniform of the shader, in sides of the domain."""
ARROW_FLOATS = (3, 3, 2, 4, 2)
"""Floats of a stroke's five shader inputs: both ends as sums of vectors; owner; colour and opacity; radius and glow."""
ENDS, OWNER, TINT, OPACITY, RADIUS = slice(0, 6), slice(6, 8), slice(8, 12), 11, 12
"""Their columns."""
NO_STROKES: Strokes = np.empty((0, sum(ARROW_FLOATS)), np.float32)

Parts = NDArray[np.float64]


@dataclass(frozen=True)
class GroundArrows:
    """What is drawn: the marks of racers, and by how much each kind is longer than what it shows."""

    marks: tuple[HeadMarks, ...] = ()
    factors: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def looks(self) -> tuple[tuple[str, str], ...]:
        """The kind and the colour of each arrow, in the order in which they are drawn."""
        return tuple((kind, mark.colour) for kind, mark in self._drawn)

    @property
    def ways(self) -> Iterator[tuple[float, Point, Point]]:
        """The factor of each arrow, its origin, and what it shows."""
        return ((self.factors[kind], mark.origin, mark.vectors[kind]) for kind, mark in self._drawn)

    @cached_property
    def _drawn(self) -> list[tuple[str, HeadMarks]]:
        kinds = [kind for kind in DRAWN_FIRST if kind in self.factors]
        return [(kind, mark) for kind in kinds for mark in self.marks if kind in mark.vectors]


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
HALOS: Mapping[str, Shape] = MappingProxyType(
    {kind: _ellipse() if kind == RATE else _arrow(kind, HALO_PIECES, 1.0) for kind in DRAWN_FIRST}
)


def strokes_of(arrows: GroundArrows, width: float, theme: Theme) -> tuple[Strokes, Strokes]:
    """Return the strokes of arrows where the ground occludes them, and where they are seen; both float32 (n, 14).

    Their columns are those of `ARROW_FLOATS`.  They hold for any arrows with the same `looks`.

    Parameters
    ----------
    width : float
        By how much strokes are wider than on a desk, in pixels of the screen.
    """
    occluded, seen = [NO_STROKES], [NO_STROKES]
    for kind, group in groupby(enumerate(arrows.looks), lambda numbered: numbered[1][0]):
        drawn = [(number, colour) for number, (_, colour) in group]
        core, halo = (
            np.vstack([_strokes(kind, shapes[kind], number, colour, width) for number, colour in drawn])
            for shapes in (SHAPES, HALOS)
        )
        halo[:, TINT] = *unit_colour(theme.halo), 1.0
        halo[:, RADIUS] += HALO_PX * width
        seen += [halo, core]
        occluded.append(core.copy())
        occluded[-1][:, OPACITY] = OCCLUDED_OPACITY
    return np.vstack(occluded), np.vstack(seen)


def _strokes(kind: str, shape: Shape, number: int, colour: str, width: float) -> Strokes:
    """Return the strokes of one arrow in this shape."""
    rows = np.zeros((len(shape.radii), sum(ARROW_FLOATS)), np.float32)
    rows[:, ENDS] = shape.ends.reshape(-1, 6)
    rows[:, OWNER] = number, kind == RATE
    rows[:, TINT] = *unit_colour(colour), 1.0
    rows[:, RADIUS] = width * shape.radii
    return rows


def places_of(arrows: GroundArrows, bounds: Bounds) -> NDArray[np.float32]:
    """Return origin and way of each arrow in shares of the domain, as one row of texels, float32 (1, n, 4)."""
    (x0, x1), (y0, y1) = bounds
    wide, high = x1 - x0, y1 - y0
    places = [
        ((x - x0) / wide, (y - y0) / high, factor * along / wide, factor * up / high)
        for factor, (x, y), (along, up) in arrows.ways
    ]
    with np.errstate(over="ignore"):
        return np.array(places, np.float32).reshape(1, -1, 4)
