"""Draws a scene with shaders of our own, and keeps on the graphics card what the next scene needs again."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QVector2D, QVector3D, QVector4D

from engine.terrain import Terrain
from gui.theme import Theme
from gui.views import surface_ground, surface_shaders
from gui.views.levels import LINES_PER_HEIGHT
from gui.views.look import RacerLook
from gui.views.shading import map_colours, rgb
from gui.views.surface_card import FloatTexture, Instances, Mesh, Program
from gui.views.surface_opengl import OpenGL
from gui.views.surface_scene import BASE, RELIEF, Scene
from gui.views.surface_trails import TrailSegments, to_places

COLOURS = 256
CORE_PX, HALO_PX, RIM_PX = 1.5, 2.9, 0.65
"""Half the width of a trail, of its halo, and of the line along the upper edge of the block."""
HEAD_PX, STAR_PX, RING_PX = 7.5, 8.0, 8.0
GLOW = 0.32
"""How much lighter the middle of a trail is than its colour."""
HALO_OPACITY, RIM_OPACITY = 0.82, 0.55
HIDDEN_TRAIL, HIDDEN_MARK = 0.42, 0.62
"""Opacity of what shows through the ground in front of it."""
LINE_BIAS, MARK_BIAS, RIM_BIAS = 0.022, 0.07, 0.008
"""By how much lines and marks are drawn nearer than they are, so that the mesh does not bury them."""
BALL, STAR, RING = 0.0, 1.0, 2.0
WHITE = (1.0, 1.0, 1.0)

DEPTH_TEST, STENCIL_TEST, BLEND, CULL_FACE = 0x0B71, 0x0B90, 0x0BE2, 0x0B44
LESS, LEQUAL, GREATER, NOTEQUAL, ALWAYS = 0x0201, 0x0203, 0x0204, 0x0205, 0x0207
SOURCE_ALPHA, ONE_MINUS_SOURCE_ALPHA, ONE, ZERO = 0x0302, 0x0303, 1, 0
KEEP, REPLACE = 0x1E00, 0x1E01
STENCIL_NUMBERS = 255
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
    marks: Instances
    ground: FloatTexture
    colours: FloatTexture
    trails: list[Instances] = field(default_factory=list)
    uploaded: list[tuple[int, int]] = field(default_factory=list)
    """As of which rewriting each buffer holds its trail, and how many segments of it."""
    top_count: int = 0
    whole_count: int = 0


class ScenePainter:
    """Draws scenes in the current context."""

    def __init__(self, opengl: OpenGL) -> None:
        self._opengl = opengl
        self._trails: list[TrailSegments] = []
        self._ground_shown: int | None = None
        self._theme_shown = ""
        self._card = _make_card(opengl)

    def draw(self, scene: Scene) -> None:
        """Draw a scene; before the first terrain that is the background alone."""
        opengl, card = self._opengl, self._card
        opengl.DepthMask(1)
        opengl.StencilMask(0xFF)
        opengl.ClearColor(*QColor(scene.theme.window).getRgbF())
        opengl.Clear(CLEAR_ALL)
        if scene.terrain is None:
            return
        self._upload(scene, scene.terrain)
        card.ground.bind(0)
        card.colours.bind(1)
        opengl.Enable(DEPTH_TEST)
        opengl.Disable(CULL_FACE)
        opengl.Disable(BLEND)
        opengl.DepthMask(1)
        opengl.DepthFunc(LESS)
        self._draw_block(scene)
        opengl.Enable(BLEND)
        opengl.BlendFuncSeparate(SOURCE_ALPHA, ONE_MINUS_SOURCE_ALPHA, ZERO, ONE)
        opengl.DepthMask(0)
        opengl.DepthFunc(GREATER)
        self._draw_hidden(scene)
        opengl.DepthFunc(LEQUAL)
        self._draw_lines(scene)
        self._draw_marks(scene, 1.0)

    def drop(self) -> None:
        """Delete everything on the graphics card."""
        card = self._card
        fixed = (card.top, card.wall, card.line, card.mark, card.mesh, card.rim, card.marks, card.ground, card.colours)
        for part in (*fixed, *card.trails):
            part.drop()

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
        for trail in card.trails[len(scene.racers) :]:
            trail.drop()
        del self._trails[len(scene.racers) :], card.trails[len(scene.racers) :], card.uploaded[len(scene.racers) :]
        while len(self._trails) < len(scene.racers):
            self._trails.append(TrailSegments())
            card.trails.append(Instances(self._opengl, (4,)))
            card.uploaded.append((0, 0))
        for number, (trail, racer) in enumerate(zip(self._trails, scene.racers, strict=True)):
            trail.follow(racer.trail, terrain.bounds)
            rewritten, count = card.uploaded[number]
            if (rewritten, count) != (trail.rewritten, trail.count):
                card.trails[number].upload(trail.segments, count if rewritten == trail.rewritten else 0)
                card.uploaded[number] = (trail.rewritten, trail.count)

    def _begin(self, program: Program, scene: Scene) -> Program:
        """Use a program, with what all of them need."""
        assert scene.terrain is not None
        rows, columns = scene.terrain.heights.shape
        size = scene.pixels()
        program.bind()
        program.set(
            ground=0, colours=1, view=scene.camera.view(), projection=scene.camera.projection(scene.size),
            samples=QVector2D(columns, rows), relief=RELIEF, base=BASE,
            viewport=QVector2D(size.width(), size.height()), unit=scene.ratio,
        )  # fmt: skip
        return program

    def _draw_block(self, scene: Scene) -> None:
        card = self._card
        paint = {"line": QVector4D(*scene.theme.iso_line), "lines": float(LINES_PER_HEIGHT)}
        self._begin(card.top, scene).set(eye=scene.camera.eye(), **paint)
        card.mesh.draw(0, card.top_count)
        walls = self._begin(card.wall, scene)
        walls.set(hole=QVector3D(*unit_colour(scene.theme.hole)), bottom=0.0, **paint)
        card.mesh.draw(card.top_count, card.whole_count - card.top_count - 6)
        walls.set(bottom=1.0)
        card.mesh.draw(card.whole_count - 6, 6)

    def _draw_hidden(self, scene: Scene) -> None:
        """Let lines and heads shine faintly through the ground in front of them, each pixel of a trail once."""
        opengl = self._opengl
        opengl.Enable(STENCIL_TEST)
        opengl.StencilOp(KEEP, KEEP, REPLACE)
        line = self._begin(self._card.line, scene)
        line.set(radius=CORE_PX * scene.ratio, bias=LINE_BIAS, glow=0.0)
        for number, look in _drawn(scene):
            opengl.StencilFunc(NOTEQUAL, number % STENCIL_NUMBERS + 1, 0xFF)
            line.set(paint=QVector4D(*unit_colour(look.colour), HIDDEN_TRAIL))
            self._card.trails[number].draw()
        opengl.Disable(STENCIL_TEST)
        self._draw_marks(scene, HIDDEN_MARK)

    def _draw_lines(self, scene: Scene) -> None:
        """Draw the rim, then each trail: its halo, and its core on top, so that no joint darkens it."""
        card = self._card
        line = self._begin(card.line, scene)
        rim = scene.theme.iso_line[:3]
        line.set(radius=RIM_PX * scene.ratio, bias=RIM_BIAS, glow=0.0, paint=QVector4D(*rim, RIM_OPACITY))
        card.rim.draw()
        line.set(bias=LINE_BIAS)
        halo = QVector4D(*unit_colour(scene.theme.halo), HALO_OPACITY)
        for number, look in _drawn(scene):
            line.set(radius=HALO_PX * scene.ratio, glow=0.0, paint=halo)
            card.trails[number].draw()
            line.set(radius=CORE_PX * scene.ratio, glow=GLOW, paint=QVector4D(*unit_colour(look.colour), 1.0))
            card.trails[number].draw()

    def _draw_marks(self, scene: Scene, opacity: float) -> None:
        mark = self._begin(self._card.mark, scene)
        mark.set(halo=QVector3D(*unit_colour(scene.theme.halo)), opacity=opacity, bias=MARK_BIAS)
        self._card.marks.draw()


def _make_card(opengl: OpenGL) -> _Card:
    corners, triangles, top_count = surface_ground.block()
    card = _Card(
        top=Program(opengl, surface_shaders.GROUND_VERTEX, surface_shaders.TOP_FRAGMENT),
        wall=Program(opengl, surface_shaders.GROUND_VERTEX, surface_shaders.WALL_FRAGMENT),
        line=Program(opengl, surface_shaders.LINE_VERTEX, surface_shaders.LINE_FRAGMENT),
        mark=Program(opengl, surface_shaders.MARK_VERTEX, surface_shaders.MARK_FRAGMENT),
        mesh=Mesh(opengl, corners, triangles),
        rim=Instances(opengl, (4,)),
        marks=Instances(opengl, (4, 3)),
        ground=FloatTexture(opengl),
        colours=FloatTexture(opengl),
        top_count=top_count,
        whole_count=triangles.size,
    )
    card.rim.upload(surface_ground.rim())
    return card


def _drawn(scene: Scene) -> list[tuple[int, RacerLook]]:
    """Return the visible racers' numbers and looks, the leader last, on top."""
    pairs = [pair for pair in enumerate(scene.looks[: len(scene.racers)]) if pair[1].visible]
    return sorted(pairs, key=lambda pair: -scene.racers[pair[0]].rank)


def _mark_rows(scene: Scene, terrain: Terrain) -> NDArray[np.float32]:
    """Return all marks, float32 (n, 7): place, kind, radius, colour; the leader's head last, on top."""
    points = [(point, STAR, STAR_PX, WHITE) for point in scene.minima]
    points += [(scene.start, RING, RING_PX, WHITE)] if scene.start is not None else []
    pairs = [pair for pair in zip(scene.looks, scene.racers, strict=False) if pair[0].visible]
    for look, racer in sorted(pairs, key=lambda pair: -pair[1].rank):
        points.append((racer.position, BALL, HEAD_PX, unit_colour(look.colour)))
    if not points:
        return np.empty((0, 7), np.float32)
    places = to_places(np.array([point for point, *_ in points], dtype=np.float64), terrain.bounds)
    rest = [(kind, size * scene.ratio, *colour) for _, kind, size, colour in points]
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
