"""The item that draws the racers' trails on the landscape: lines with a halo, faint where the ground occludes them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.live.frame import RacerFrame
from gui.look.theme import DARK, Theme
from gui.views.coinciding import Parted, alternating
from gui.views.dashes import SOLID
from gui.views.racer_look import RacerLook
from gui.views.surface.items.ground_item import GroundItem, unit_colour
from gui.views.surface.items.scene_item import Canvas
from gui.views.surface.items.strokes_item import StrokesItem
from gui.views.surface.items.trail_dashes import TrailDashes
from gui.views.surface.items.trail_segments import FEW, NO_STROKES, Strokes, TrailSegments, strokes
from gui.views.surface.scene_coordinates import BASE, RELIEF

CORE_PX, HALO_PX = 1.5, 2.9
"""Half the widths of a trail and of its halo."""
RAISED, FADED = 1.6, 0.3
"""How much wider the trail of the racer is that a person points at, and the opacity of all others meanwhile."""
GLOW = 0.32
"""Lightening of the middle of a trail, compared with its colour."""
HALO_OPACITY, OCCLUDED_OPACITY = 0.82, 0.42
"""Opacities of a halo, and of a trail that the ground occludes."""
REFINING_S = 0.01
"""Processor time in a picture for drawing more exactly what the picture before showed already."""
TAIL = 8
"""Old segments whose colour is drawn again, because the halo of a new segment covers part of them."""
DOMAIN_SIDE = 2.0
"""Length of a side of the domain in the scene."""
LEAST_SIDE_BITS, MOST_SIDE_BITS = 10, 30
"""Least and greatest binary logarithm of `side_px_of`; a trail is always exact enough for a small view."""
ACROSS = np.linspace(-1.0, 1.0, 9)
GRID = np.array([(x, y, z, 1.0) for x in ACROSS for y in ACROSS for z in (BASE, BASE + RELIEF)])
"""Points of the block at which its distance from the camera is measured."""


class DrawnTrail(NamedTuple):
    """A racer's trail: how it looks, its segments, and the dashes of these."""

    look: RacerLook
    segments: TrailSegments
    dashes: TrailDashes


Drawn = Sequence[DrawnTrail]


class TrailsItem(StrokesItem):
    """The trails on a `GroundItem`, which must be drawn before them.

    Attributes
    ----------
    refines_at_once : bool
        Whether the next picture has every trail as exactly as it can be drawn.  If not, those that would only be drawn
        more exactly than before are drawn so in this picture and the next ones, a few in each.
    """

    def __init__(self, ground: GroundItem, theme: Theme = DARK) -> None:
        super().__init__(ground, theme)
        self.refines_at_once = True
        self._looks: tuple[RacerLook, ...] = ()
        self._racers: tuple[RacerFrame, ...] = ()
        self._settled = True
        self._trails: list[tuple[TrailSegments, TrailDashes]] = []
        self._parted: Parted = set()

    def set_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw the trails of these racers."""
        self._looks = tuple(alternating(looks, racers, self._parted))
        self._racers, self._settled = tuple(racers), settled
        self.update()

    def prepare(self, canvas: Canvas) -> object:
        """Append the new parts of trails; the returned state changes only with the theme, a look or another trail."""
        terrain = self._ground.shown
        if terrain is None:
            return None
        self._match()
        side_px = side_px_of(canvas)
        until = np.inf if self.refines_at_once else time.thread_time() + REFINING_S
        crowd = crowd_of(len(self._trails))
        for (segments, _), racer in zip(self._trails, self._racers, strict=True):
            may_refine = time.thread_time() < until
            segments.follow(racer.trail, terrain.bounds, side_px, self._settled, may_refine, crowd)
        if any(segments.is_outdated for segments, _ in self._trails):
            self.update()
        return self._theme, self._looks, [(segments.generation, segments.restarted) for segments, _ in self._trails]

    def _match(self) -> None:
        """Give each racer the segments of its trail, also where racers before it are gone; a new one gets new ones."""
        wanted = [racer.trail.generation for racer in self._racers]
        if wanted == [segments.generation for segments, _ in self._trails]:
            return
        known: dict[object, list[tuple[TrailSegments, TrailDashes]]] = {}
        for trail in self._trails:
            known.setdefault(trail[0].generation, []).append(trail)
        self._trails = []
        for generation in wanted:
            same = known.get(generation)
            segments = TrailSegments()
            self._trails.append(same.pop(0) if same else (segments, TrailDashes(segments)))

    def draw(self, canvas: Canvas, whole: bool) -> None:
        """Draw the trails, or only their new parts; occluded parts are drawn faintly."""
        if self._ground.shown is None:
            return
        drawn, wide = self._drawn(), canvas.ratio * self._theme.magnification
        firsts = [0 if whole else trail.segments.fresh for trail in drawn]
        self.upload(occluded_strokes(drawn, firsts, wide), seen_strokes(drawn, firsts, wide, self._theme))
        self.draw_strokes(canvas)

    def _drawn(self) -> Drawn:
        """Return the visible racers' looks and trails; last, and so on top, is the leader or the racer pointed at."""
        entries = [each for each in zip(self._racers, self._looks, self._trails, strict=False) if each[1].visible]
        ordered = sorted(entries, key=lambda each: (each[1].raised, -each[0].rank))
        return [DrawnTrail(look, *trail) for _, look, trail in ordered]


def crowd_of(trails: int) -> int:
    """Return into how many parts the vertices of `FEW` trails are shared: a power of 2, so that it seldom changes."""
    return 1 << max((trails - 1) // FEW, 0).bit_length()


def side_px_of(canvas: Canvas) -> int:
    """Return the length in pixels of a side of the domain, where it is nearest to the camera, as a power of 2."""
    width, height = canvas.pixels
    matrix = np.array(canvas.matrix.copyDataTo()).reshape(4, 4)
    shown = GRID @ matrix.T
    depths = shown[:, 3]
    seen = (depths > 0.0) & (np.abs(shown[:, :2]) <= depths[:, None]).all(axis=1)
    nearest = depths[seen].min() if seen.any() else max(depths.max(), 1.0)
    # The columns of the matrix are the pictures of the scene's unit vectors.
    along = np.hypot(*(matrix[:2, :3] * [[0.5 * width], [0.5 * height]])).max()
    return 1 << int(np.clip(np.ceil(np.log2(DOMAIN_SIDE * along / nearest)), LEAST_SIDE_BITS, MOST_SIDE_BITS))


def occluded_strokes(drawn: Drawn, firsts: Sequence[int], ratio: float) -> Strokes:
    """Return the strokes of the occluded parts of trails, each beginning with its segment number in `firsts`."""
    parts = [NO_STROKES]
    for (look, _, dashes), first in zip(drawn, firsts, strict=True):
        faint = (*unit_colour(look.colour), OCCLUDED_OPACITY * _share(look))
        parts.append(strokes(dashes.pieces(look.dash or SOLID, first), faint, CORE_PX * ratio))
    return np.vstack(parts)


def seen_strokes(drawn: Drawn, firsts: Sequence[int], ratio: float, theme: Theme) -> Strokes:
    """Return the strokes of trails, each beginning with its segment number in `firsts`: first its halo, then its core.

    In this order no halo of a joint covers the core of its own trail, and where trails cross, the upper one is visible.
    """
    parts = [NO_STROKES]
    for (look, segments, dashes), first in zip(drawn, firsts, strict=True):
        if first < segments.count:
            halo = (*unit_colour(theme.halo), HALO_OPACITY * _share(look))
            core = (*unit_colour(look.colour), _share(look))
            wider, dash = RAISED * ratio if look.raised else ratio, look.dash or SOLID
            parts.append(strokes(dashes.pieces(dash, first), halo, HALO_PX * wider))
            parts.append(strokes(dashes.pieces(dash, max(first - TAIL, 0)), core, CORE_PX * wider, GLOW))
    return np.vstack(parts)


def _share(look: RacerLook) -> float:
    """Return the opacity of a trail, as a share of what it has while no racer is pointed at."""
    return FADED if look.faded else 1.0
