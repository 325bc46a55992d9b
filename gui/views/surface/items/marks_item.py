"""The item that draws marks at points of the landscape: the racers' heads, the minima, the start and the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QVector3D, QVector4D

from engine.language.types import Point
from engine.live.frame import RacerFrame
from engine.loss.terrain import Terrain
from gui.look.theme import DARK, Theme
from gui.views.heads import shared_discs
from gui.views.racer_look import RacerLook
from gui.views.surface.items import shaders
from gui.views.surface.items.gl_objects import Instances, functions
from gui.views.surface.items.ground_item import GroundItem, blend_over, unit_colour
from gui.views.surface.items.scene_item import GREATER, LEQUAL, Canvas, DressedItem
from gui.views.surface.scene_coordinates import scene_places, to_shares

HEAD_PX, STAR_PX, RING_PX, MEMBER_PX, POINTER_PX = 8.5, 6.5, 8.5, 3.4, 5.0
"""Radii of the marks; a star is smaller than a head, so that both are visible where a racer has found a minimum."""
WHOLE_SIZE_PX, LEAST_SCALE = 180.0, 0.5
"""Side of a picture below which marks shrink with it, so that they do not cover the block; and their least scale."""
OCCLUDED_OPACITY = 0.62
"""Opacity of a mark that the ground occludes."""
BIAS = 0.07
"""Distance by which marks are drawn nearer to the camera than they are, so that the mesh does not hide them."""
BALL, STAR, RING, CROSS = 0.0, 1.0, 2.0, 3.0
WHITE = (1.0, 1.0, 1.0)
WHOLE = (0.0, 2.0)
"""The slice that is a whole disc."""
MARK_FLOATS = (4, 3, 2)
"""Floats of a mark's three shader inputs: place, kind and radius in pixels; colour; begin and end of its slice."""
NOWHERE = (1e9, 1e9)
"""The place on the screen that stands for points behind the camera."""

Entry = tuple[Point, float, float, tuple[float, float, float], tuple[float, float]]


class MarksItem(DressedItem):
    """The marks on a `GroundItem`, which must be drawn before them."""

    def __init__(self, ground: GroundItem, theme: Theme = DARK) -> None:
        super().__init__(theme)
        self._ground = ground
        self._looks: tuple[RacerLook, ...] = ()
        self._racers: tuple[RacerFrame, ...] = ()
        self._minima: tuple[Point, ...] = ()
        self._start: Point | None = None
        self._pointer: Point | None = None

    def set_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame]) -> None:
        """Draw the heads of these racers, the members of their populations, and all of their seeds."""
        self._looks, self._racers = tuple(looks), tuple(racers)
        self.update()

    def set_minima(self, minima: Sequence[Point]) -> None:
        """Draw a star at each minimum."""
        self._minima = tuple(minima)
        self.update()

    def set_start(self, start: Point | None) -> None:
        """Draw a ring at the start of the race."""
        self._start = start
        self.update()

    def set_pointer(self, place: Point | None) -> None:
        """Draw a cross at the point under the pointer, here or in another view; None removes it."""
        self._pointer = place
        self.update()

    def make(self) -> None:
        """Create the program and the array of marks."""
        self._mark = self._ground.shared.program(shaders.MARK_VERTEX, shaders.MARK_FRAGMENT)
        self._marks = Instances(MARK_FLOATS)

    def unmake(self) -> None:
        """Free the program and the array of marks."""
        del self._mark, self._marks

    def prepare(self, canvas: Canvas) -> object:
        """Upload the marks."""
        terrain = self._ground.shown
        scale = canvas.ratio * self._theme.magnification * min(max(min(canvas.size) / WHOLE_SIZE_PX, LEAST_SCALE), 1.0)
        rows = [*self._seeds(terrain, scale), mark_rows(self._entries(terrain, canvas), terrain, scale)]
        self._marks.upload(np.vstack(rows))
        return None

    def draw(self, canvas: Canvas, whole: bool) -> None:
        """Draw the marks, faintly where the ground occludes them."""
        if not self._marks.count:
            return
        opengl = functions()
        blend_over()
        mark = self._ground.begin(self._mark, canvas)
        halo, rim = (QVector3D(*unit_colour(colour)) for colour in (self._theme.halo, self._theme.mark_rim))
        mark.set(ball_edge=halo, mark_edge=rim, bias=BIAS * canvas.scale)
        for depth, opacity in ((GREATER, OCCLUDED_OPACITY), (LEQUAL, 1.0)):
            opengl.glDepthFunc(depth)
            mark.set(opacity=opacity)
            self._marks.draw()
        mark.release()

    def _seeds(self, terrain: Terrain | None, ratio: float) -> list[NDArray[np.float32]]:
        """Return the marks of all seeds, float32 (n, 9) for each racer that runs several; they lie beneath others."""
        if terrain is None:
            return []
        return [
            seed_rows(racer.cloud, terrain, (BALL, MEMBER_PX * ratio, *unit_colour(look.colour), *WHOLE))
            for look, racer in zip(self._looks, self._racers, strict=False)
            if look.visible and racer.cloud is not None
        ]

    def _entries(self, terrain: Terrain | None, canvas: Canvas) -> list[Entry]:
        """Return the marks in the order in which they are drawn; those on top come last."""
        if terrain is None:
            return []
        entries: list[Entry] = [(self._start, RING, RING_PX, WHITE, WHOLE)] if self._start is not None else []
        pairs = [pair for pair in zip(self._looks, self._racers, strict=False) if pair[0].visible]
        pairs.sort(key=lambda pair: -pair[1].rank)
        for look, racer in pairs:
            members = racer.population if racer.population is not None else ()
            entries += [(point, BALL, MEMBER_PX, unit_colour(look.colour), WHOLE) for point in members]
        for disc in shared_discs(on_screen(terrain, [racer.position for _, racer in pairs], canvas)):
            ends = np.linspace(0.0, 1.0, len(disc) + 1).tolist()
            ends[-1] = WHOLE[1]
            # All slices get the place of the same head, so that they form one disc.
            place = pairs[disc[-1]][1].position
            for number, part in zip(disc, pairwise(ends), strict=True):
                entries.append((place, BALL, HEAD_PX, unit_colour(pairs[number][0].colour), part))
        entries += [(point, STAR, STAR_PX, WHITE, WHOLE) for point in self._minima]
        if self._pointer is not None:
            entries.append((self._pointer, CROSS, POINTER_PX, WHITE, WHOLE))
        return entries


def mark_rows(entries: Sequence[Entry], terrain: Terrain | None, ratio: float) -> NDArray[np.float32]:
    """Return marks as rows of the floats that `MARK_FLOATS` describes, float32 (n, 9)."""
    if terrain is None or not entries:
        return np.empty((0, sum(MARK_FLOATS)), np.float32)
    shares = to_shares(np.array([place for place, *_ in entries], dtype=np.float64), terrain.bounds)
    rest = [(kind, size * ratio, *colour, *part) for _, kind, size, colour, part in entries]
    return np.hstack([shares, np.array(rest)]).astype(np.float32)


def seed_rows(places: NDArray[np.float64], terrain: Terrain, rest: Sequence[float]) -> NDArray[np.float32]:
    """Return the finite ones of `places` (n, 2) as rows as in `mark_rows`, each with the `rest` of the floats."""
    shares = to_shares(places[np.isfinite(places).all(axis=1)], terrain.bounds)
    return np.hstack([shares, np.tile(rest, (len(shares), 1))]).astype(np.float32)


def on_screen(terrain: Terrain, points: Sequence[Point], canvas: Canvas) -> list[tuple[float, float]]:
    """Return x, y of points of the plane on the ground, in widget units from the picture's middle, y upwards."""
    if not points:
        return []
    width, height = canvas.size
    places = []
    for x, y, z in scene_places(terrain, np.array(points, dtype=np.float64)).tolist():
        seen = canvas.matrix.map(QVector4D(x, y, z, 1.0))
        at = (seen.x() / seen.w() * width / 2.0, seen.y() / seen.w() * height / 2.0) if seen.w() > 0.0 else NOWHERE
        places.append(at)
    return places
