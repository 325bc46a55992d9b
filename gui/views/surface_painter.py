"""Draws a scene with shaders of our own, and keeps on the graphics card what the next scene needs again.

The ground and the trails stay on the canvas while nothing but the racers moves: a frame of a race then costs the new
ends of the trails and the heads, however long the race has been.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QVector2D, QVector3D, QVector4D

from engine.terrain import Terrain
from gui.theme import Theme
from gui.views import surface_ground, surface_shaders
from gui.views.heads import shared_discs
from gui.views.levels import LINES_PER_HEIGHT
from gui.views.look import RacerLook
from gui.views.shading import map_colours, rgb
from gui.views.surface_card import Canvas, FloatTexture, Instances, Mesh, Program
from gui.views.surface_opengl import OpenGL
from gui.views.surface_scene import BASE, RELIEF, Scene
from gui.views.surface_trails import NO_STROKES, STROKE_FLOATS, Strokes, TrailSegments, strokes, to_places

COLOURS = 256
CORE_PX, HALO_PX, RIM_PX = 1.5, 2.9, 0.65
"""Half the width of a trail, of its halo, and of the line along the upper edge of the block."""
HEAD_PX, STAR_PX, RING_PX, MEMBER_PX = 8.5, 6.5, 8.5, 3.4
"""A star is smaller than a head: a racer that has found a minimum bears it like a badge."""
GLOW = 0.32
"""How much lighter the middle of a trail is than its colour."""
HALO_OPACITY, RIM_OPACITY = 0.82, 0.55
HIDDEN_TRAIL, HIDDEN_MARK = 0.42, 0.62
"""Opacity of what shows through the ground in front of it."""
LINE_BIAS, MARK_BIAS, RIM_BIAS = 0.022, 0.07, 0.008
"""By how much lines and marks are drawn nearer than they are, so that the mesh does not bury them."""
BALL, STAR, RING = 0.0, 1.0, 2.0
WHITE = (1.0, 1.0, 1.0)
WHOLE = (0.0, 2.0)
"""A slice that is a whole disc."""
MARK_FLOATS = 9

DEPTH_TEST, STENCIL_TEST, BLEND, CULL_FACE = 0x0B71, 0x0B90, 0x0BE2, 0x0B44
LESS, LEQUAL, GREATER, NOTEQUAL, ALWAYS = 0x0201, 0x0203, 0x0204, 0x0205, 0x0207
SOURCE_ALPHA, ONE_MINUS_SOURCE_ALPHA, ONE, ZERO = 0x0302, 0x0303, 1, 0
KEEP, REPLACE = 0x1E00, 0x1E01
SHONE = 1
"""In the stencil: here a trail shines through the ground already."""
TAIL = 8
"""Old segments whose colour is drawn again, where the halo of a new one covered it."""
CLEAR_ALL = 0x4000 | 0x0100 | 0x0400
"""Colour, depth and stencil."""


@dataclass
class _Card:
    """Everything that lives on the graphics card."""

    top: Program
    wall: Program
    line: Program
    mark: Program
    mesh: Mesh
    rim: Instances
    shining: Instances
    strokes: Instances
    marks: Instances
    ground: FloatTexture
    colours: FloatTexture
    top_count: int
    whole_count: int


class ScenePainter:
    """Draws scenes in the current context, the ground as a mesh of so many squares a side."""

    def __init__(self, opengl: OpenGL, mesh: int) -> None:
        self._opengl, self._mesh = opengl, mesh
        self._ground_shown: int | None = None
        self._theme_shown = ""
        self._rim_shown: object = None
        self._kept: object = None
        self._trails: list[TrailSegments] = []
        self._card = _make_card(opengl, mesh)

    def draw_kept(self, scene: Scene, canvas: Canvas) -> None:
        """Draw what stays from frame to frame; before the first terrain that is the background alone."""
        opengl, card = self._opengl, self._card
        if scene.terrain is None:
            canvas.bind_kept()
            self._clear(scene)
            return
        self._upload(scene, scene.terrain)
        card.ground.bind(0)
        card.colours.bind(1)
        opengl.Enable(DEPTH_TEST)
        canvas.bind_kept()
        # What was drawn holds as long as all this is the same; trails that only grew are drawn on.
        kept = (
            canvas, scene.camera, scene.terrain.number, scene.theme.name, tuple(scene.looks),
            [trail.restarted for trail in self._trails],
        )  # fmt: skip
        whole = kept != self._kept
        self._kept = kept
        if whole:
            self._clear(scene)
            self._draw_block(scene)
        opengl.Enable(BLEND)
        opengl.BlendFuncSeparate(SOURCE_ALPHA, ONE_MINUS_SOURCE_ALPHA, ZERO, ONE)
        opengl.DepthMask(0)
        if whole:
            self._draw_rim(scene)
        self._draw_trails(scene, whole)
        # Now it can begin, while something else is done.
        opengl.Flush()

    def draw_on_top(self, scene: Scene, canvas: Canvas) -> None:
        """Draw what moves, after `draw_kept`; that waits until what stays is drawn."""
        canvas.bind()
        if scene.terrain is None:
            return
        opengl = self._opengl
        opengl.DepthFunc(GREATER)
        self._draw_marks(scene, HIDDEN_MARK)
        opengl.DepthFunc(LEQUAL)
        self._draw_marks(scene, 1.0)

    def drop(self) -> None:
        """Delete everything on the graphics card."""
        card = self._card
        for program in (card.top, card.wall, card.line, card.mark):
            program.drop()
        for part in (card.mesh, card.rim, card.shining, card.strokes, card.marks, card.ground, card.colours):
            part.drop()

    def _clear(self, scene: Scene) -> None:
        opengl = self._opengl
        opengl.DepthMask(1)
        opengl.StencilMask(0xFF)
        opengl.ClearColor(*QColor(scene.theme.window).getRgbF())
        opengl.Clear(CLEAR_ALL)

    def _upload(self, scene: Scene, terrain: Terrain) -> None:
        """Bring to the graphics card what is not there yet."""
        card = self._card
        if self._ground_shown != terrain.number:
            self._ground_shown = terrain.number
            card.ground.upload(surface_ground.texels(terrain.heights))
        if self._theme_shown != scene.theme.name:
            self._theme_shown = scene.theme.name
            card.colours.upload(colour_texels(scene.theme))
        card.marks.upload(_mark_rows(scene, terrain))
        del self._trails[len(scene.racers) :]
        self._trails += [TrailSegments() for _ in scene.racers[len(self._trails) :]]
        for trail, racer in zip(self._trails, scene.racers, strict=True):
            trail.follow(racer.trail, terrain.bounds)

    def _begin(self, program: Program, scene: Scene) -> Program:
        """Use a program, with what all of them need."""
        assert scene.terrain is not None
        rows, columns = scene.terrain.heights.shape
        size = scene.pixels()
        program.bind()
        program.set(
            ground=0, colours=1, view=scene.view, projection=scene.projection,
            samples=QVector2D(columns, rows), relief=RELIEF, base=BASE,
            viewport=QVector2D(size.width(), size.height()), unit=scene.ratio,
        )  # fmt: skip
        return program

    def _draw_block(self, scene: Scene) -> None:
        opengl, card = self._opengl, self._card
        opengl.Disable(CULL_FACE)
        opengl.Disable(BLEND)
        opengl.DepthFunc(LESS)
        paint = {"line": QVector4D(*scene.theme.iso_line), "lines": float(LINES_PER_HEIGHT)}
        self._begin(card.top, scene).set(eye=scene.camera.eye(), **paint)
        card.mesh.draw(0, card.top_count)
        walls = self._begin(card.wall, scene)
        walls.set(hole=QVector3D(*unit_colour(scene.theme.hole)), bottom=0.0, **paint)
        card.mesh.draw(card.top_count, card.whole_count - card.top_count - 6)
        walls.set(bottom=1.0)
        card.mesh.draw(card.whole_count - 6, 6)

    def _draw_rim(self, scene: Scene) -> None:
        """Draw the upper edge of the block."""
        self._opengl.DepthFunc(LEQUAL)
        if self._rim_shown != (scene.theme.name, scene.ratio):
            self._rim_shown = scene.theme.name, scene.ratio
            paint = (*scene.theme.iso_line[:3], RIM_OPACITY)
            self._card.rim.upload(strokes(surface_ground.rim(self._mesh), paint, RIM_PX * scene.ratio))
        self._begin(self._card.line, scene).set(bias=RIM_BIAS)
        self._card.rim.draw()

    def _draw_trails(self, scene: Scene, whole: bool) -> None:
        """Draw the trails, or what is new of them; what the ground in front of them hides shines through faintly."""
        opengl, card = self._opengl, self._card
        drawn = _drawn(scene, self._trails)
        firsts = [0 if whole else trail.fresh for _, trail in drawn]
        card.shining.upload(_shining(scene, drawn, firsts))
        card.strokes.upload(_strokes(scene, drawn, firsts))
        if not card.strokes.count:
            return
        self._begin(card.line, scene).set(bias=LINE_BIAS)
        # Each pixel once, whoever was there first.
        opengl.DepthFunc(GREATER)
        opengl.Enable(STENCIL_TEST)
        opengl.StencilOp(KEEP, KEEP, REPLACE)
        opengl.StencilFunc(NOTEQUAL, SHONE, 0xFF)
        card.shining.draw()
        opengl.Disable(STENCIL_TEST)
        opengl.DepthFunc(LEQUAL)
        card.strokes.draw()

    def _draw_marks(self, scene: Scene, opacity: float) -> None:
        mark = self._begin(self._card.mark, scene)
        mark.set(halo=QVector3D(*unit_colour(scene.theme.halo)), opacity=opacity, bias=MARK_BIAS)
        self._card.marks.draw()


def _make_card(opengl: OpenGL, mesh: int) -> _Card:
    corners, triangles, top_count = surface_ground.block(mesh)
    return _Card(
        top=Program(opengl, surface_shaders.GROUND_VERTEX, surface_shaders.TOP_FRAGMENT),
        wall=Program(opengl, surface_shaders.GROUND_VERTEX, surface_shaders.WALL_FRAGMENT),
        line=Program(opengl, surface_shaders.LINE_VERTEX, surface_shaders.LINE_FRAGMENT),
        mark=Program(opengl, surface_shaders.MARK_VERTEX, surface_shaders.MARK_FRAGMENT),
        mesh=Mesh(opengl, corners, triangles),
        rim=Instances(opengl, STROKE_FLOATS),
        shining=Instances(opengl, STROKE_FLOATS),
        strokes=Instances(opengl, STROKE_FLOATS),
        marks=Instances(opengl, (4, 3, 2)),
        ground=FloatTexture(opengl),
        colours=FloatTexture(opengl),
        top_count=top_count,
        whole_count=triangles.size,
    )


def _drawn(scene: Scene, trails: Sequence[TrailSegments]) -> list[tuple[RacerLook, TrailSegments]]:
    """Return the visible racers' looks and trails, the leader last, on top."""
    entries = [entry for entry in zip(scene.racers, scene.looks, trails, strict=False) if entry[1].visible]
    return [(look, trail) for _, look, trail in sorted(entries, key=lambda entry: -entry[0].rank)]


def _shining(scene: Scene, drawn: Sequence[tuple[RacerLook, TrailSegments]], firsts: Sequence[int]) -> Strokes:
    """Return the strokes of trails where they are hidden, from the segments number `firsts` on."""
    parts = [
        strokes(trail.segments[first:], (*unit_colour(look.colour), HIDDEN_TRAIL), CORE_PX * scene.ratio)
        for (look, trail), first in zip(drawn, firsts, strict=True)
    ]
    return np.vstack([NO_STROKES, *parts])


def _strokes(scene: Scene, drawn: Sequence[tuple[RacerLook, TrailSegments]], firsts: Sequence[int]) -> Strokes:
    """Return the strokes of trails, from the segments number `firsts` on: halo by halo with its core on top.

    So no joint darkens a core, and who lies above whom is seen where trails cross.
    """
    halo, parts = (*unit_colour(scene.theme.halo), HALO_OPACITY), [NO_STROKES]
    for (look, trail), first in zip(drawn, firsts, strict=True):
        if first < trail.count:
            core = (*unit_colour(look.colour), 1.0)
            parts.append(strokes(trail.segments[first:], halo, HALO_PX * scene.ratio))
            parts.append(strokes(trail.segments[max(first - TAIL, 0) :], core, CORE_PX * scene.ratio, GLOW))
    return np.vstack(parts)


def _mark_rows(scene: Scene, terrain: Terrain) -> NDArray[np.float32]:
    """Return all marks, float32 (n, 9): place, kind, radius, colour, slice; what is on top last."""
    entries = [(scene.start, RING, RING_PX, WHITE, WHOLE)] if scene.start is not None else []
    pairs = [pair for pair in zip(scene.looks, scene.racers, strict=False) if pair[0].visible]
    pairs.sort(key=lambda pair: -pair[1].rank)
    for look, racer in pairs:
        members = racer.population if racer.population is not None else ()
        entries += [(point, BALL, MEMBER_PX, unit_colour(look.colour), WHOLE) for point in members]
    for disc in shared_discs(scene.on_screen([racer.position for _, racer in pairs])):
        ends = np.linspace(0.0, 1.0, len(disc) + 1).tolist()
        ends[-1] = WHOLE[1]
        # All at the place of one of them, so that the slices fit together.
        place = pairs[disc[-1]][1].position
        for number, part in zip(disc, pairwise(ends), strict=True):
            entries.append((place, BALL, HEAD_PX, unit_colour(pairs[number][0].colour), part))
    entries += [(point, STAR, STAR_PX, WHITE, WHOLE) for point in scene.minima]
    if not entries:
        return np.empty((0, MARK_FLOATS), np.float32)
    places = to_places(np.array([place for place, *_ in entries], dtype=np.float64), terrain.bounds)
    rest = [(kind, size * scene.ratio, *colour, *part) for _, kind, size, colour, part in entries]
    return np.hstack([places, np.array(rest)]).astype(np.float32)


def colour_texels(theme: Theme) -> NDArray[np.float32]:
    """Return the colour map of a theme as one row of texels, float32 (1, COLOURS, 4), 0..1."""
    colours = np.ones((1, COLOURS, 4), np.float32)
    colours[0, :, :3] = map_colours(theme.terrain, COLOURS) / np.float32(255.0)
    return colours


def unit_colour(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue, 0..1, of "#rrggbb"."""
    red, green, blue = rgb(colour)
    return red / 255.0, green / 255.0, blue / 255.0
