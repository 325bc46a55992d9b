"""The landscape and its racers as one item of a pyqtgraph 3-D view, drawn by shaders of our own."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from pyqtgraph.opengl.GLViewWidget import GLViewWidget
from PySide6.QtGui import QOpenGLContext, QOpenGLExtraFunctions, QVector2D, QVector3D, QVector4D

from engine.frame import Point, RacerFrame
from engine.terrain import Terrain
from gui.theme import Theme
from gui.views import surface_ground, surface_shaders
from gui.views.levels import LINES_PER_HEIGHT
from gui.views.look import RacerLook
from gui.views.shading import map_colours, rgb
from gui.views.surface_card import FloatTexture, Holding, Instances, Mesh, Program
from gui.views.surface_trails import TrailSegments, to_places

RELIEF, BASE = 0.74, -0.14
"""How high height 1 lies above height 0, and where the base lies; the domain is 2 wide."""
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
KEEP, REPLACE, FIRST_TEXTURE = 0x1E00, 0x1E01, 0x84C0
STENCIL_NUMBERS = 255


@dataclass
class _Card:
    """Everything that lives on the graphics card; made anew with every context."""

    holding: Holding
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
    uploaded: list[tuple[TrailSegments | None, int, int]] = field(default_factory=list)
    """Which trail each buffer holds, as of which rewriting, and how many of its segments."""
    top_count: int = 0
    whole_count: int = 0


class SurfaceItem(GLGraphicsItem):
    """Draws a terrain with trails, heads, minima and start."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._seen_by: weakref.ref[GLViewWidget] | None = None
        self._theme = theme
        self._terrain: Terrain | None = None
        self._looks: tuple[RacerLook, ...] = ()
        self._racers: Sequence[RacerFrame] = ()
        self._heads: object = None
        self._minima: tuple[Point, ...] = ()
        self._start: Point | None = None
        self._trails: list[TrailSegments] = []
        self._card: _Card | None = None
        self._stale = {"ground", "colours", "marks"}

    def _setView(self, view: GLViewWidget | None) -> None:
        # Weakly, or else the two wait for Python's collector, which may come while another view draws: the end of an
        # OpenGL widget takes the current context away.
        self._seen_by = weakref.ref(view) if view is not None else None

    def view(self) -> GLViewWidget | None:
        """Return the view that draws this item."""
        return self._seen_by() if self._seen_by is not None else None

    def set_theme(self, theme: Theme) -> None:
        """Dress the landscape."""
        self._theme = theme
        self._mark_stale("colours")

    def show_terrain(self, terrain: Terrain) -> None:
        """Draw this terrain from now on."""
        known = self._terrain
        if known is not None and known.number == terrain.number:
            return
        self._terrain = terrain
        self._mark_stale("ground")
        if known is None or known.bounds != terrain.bounds:
            self._mark_stale("marks")
            self._follow_trails()

    def show_minima(self, minima: Sequence[Point]) -> None:
        """Mark these minima."""
        if tuple(minima) != self._minima:
            self._minima = tuple(minima)
            self._mark_stale("marks")

    def show_start(self, start: Point) -> None:
        """Mark this start."""
        if start != self._start:
            self._start = start
            self._mark_stale("marks")

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame]) -> None:
        """Draw these racers; asks for a repaint only where something is different."""
        heads = tuple((racer.position, racer.rank) for racer in racers)
        if tuple(looks) != self._looks or heads != self._heads:
            self._looks, self._heads = tuple(looks), heads
            self._mark_stale("marks")
        self._racers = racers
        self._follow_trails()

    def initializeGL(self) -> None:
        """Make everything that lives on the graphics card; called again when the context is a new one."""
        self.forget_card()
        holding = Holding(QOpenGLContext.currentContext())
        corners, triangles, top_count = surface_ground.block()
        self._card = _Card(
            holding=holding,
            top=Program(holding, surface_shaders.GROUND_VERTEX, surface_shaders.TOP_FRAGMENT),
            wall=Program(holding, surface_shaders.GROUND_VERTEX, surface_shaders.WALL_FRAGMENT),
            line=Program(holding, surface_shaders.LINE_VERTEX, surface_shaders.LINE_FRAGMENT),
            mark=Program(holding, surface_shaders.MARK_VERTEX, surface_shaders.MARK_FRAGMENT),
            mesh=Mesh(holding, corners, triangles),
            rim=Instances(holding, (4,)),
            marks=Instances(holding, (4, 3)),
            ground=FloatTexture(holding),
            colours=FloatTexture(holding),
            top_count=top_count,
            whole_count=triangles.size,
        )
        self._card.rim.upload(surface_ground.rim())
        self._stale = {"ground", "colours", "marks"}

    def forget_card(self) -> None:
        """Drop what lives on the graphics card."""
        if self._card is not None:
            self._card.holding.release()
            self._card = None

    def paint(self) -> None:
        """Draw everything."""
        if self._terrain is None or self._card is None:
            return
        self._upload(self._card, self._terrain)
        functions = self._card.holding.functions
        self._card.ground.bind(0)
        self._card.colours.bind(1)
        functions.glEnable(DEPTH_TEST)
        functions.glDisable(CULL_FACE)
        functions.glDisable(BLEND)
        functions.glDepthMask(1)
        functions.glDepthFunc(LESS)
        self._draw_block(self._card, functions)
        functions.glEnable(BLEND)
        functions.glBlendFuncSeparate(SOURCE_ALPHA, ONE_MINUS_SOURCE_ALPHA, ZERO, ONE)
        functions.glDepthMask(0)
        functions.glDepthFunc(GREATER)
        self._draw_hidden(self._card, functions)
        functions.glDepthFunc(LEQUAL)
        self._draw_lines(self._card, functions)
        self._draw_marks(self._card, functions, 1.0)
        # Whoever draws next, the painter of the numbers among them, expects what Qt starts with.
        functions.glDepthMask(1)
        functions.glDepthFunc(LESS)
        functions.glDisable(DEPTH_TEST)
        functions.glUseProgram(0)
        functions.glActiveTexture(FIRST_TEXTURE)

    def _mark_stale(self, part: str) -> None:
        self._stale.add(part)
        self.update()

    def _follow_trails(self) -> None:
        """Take in what is new of the trails."""
        if self._terrain is None:
            return
        del self._trails[len(self._racers) :]
        self._trails += [TrailSegments() for _ in range(len(self._racers) - len(self._trails))]
        bounds = self._terrain.bounds
        changed = [trail.follow(racer.trail, bounds) for trail, racer in zip(self._trails, self._racers, strict=True)]
        if any(changed):
            self.update()

    def _upload(self, card: _Card, terrain: Terrain) -> None:
        """Bring to the graphics card what changed since the last time."""
        if "ground" in self._stale:
            card.ground.upload(surface_ground.texels(terrain.heights))
        if "colours" in self._stale:
            card.colours.upload(colour_texels(self._theme))
        if "marks" in self._stale:
            card.marks.upload(self._mark_rows(terrain))
        self._stale = set()
        while len(card.trails) < len(self._trails):
            card.trails.append(Instances(card.holding, (4,)))
            card.uploaded.append((None, 0, 0))
        for number, trail in enumerate(self._trails):
            known, rewritten, count = card.uploaded[number]
            same = known is trail and rewritten == trail.rewritten
            if not same or count != trail.count:
                card.trails[number].upload(trail.segments, count if same else 0)
                card.uploaded[number] = (trail, trail.rewritten, trail.count)

    def _mark_rows(self, terrain: Terrain) -> NDArray[np.float32]:
        """Return all marks, float32 (n, 7): place, kind, radius, colour; the leader's head last, on top."""
        ratio = self.view().devicePixelRatioF()
        points = [(point, STAR, STAR_PX, WHITE) for point in self._minima]
        points += [(self._start, RING, RING_PX, WHITE)] if self._start is not None else []
        pairs = [pair for pair in zip(self._looks, self._racers, strict=False) if pair[0].visible]
        for look, racer in sorted(pairs, key=lambda pair: -pair[1].rank):
            points.append((racer.position, BALL, HEAD_PX, unit_colour(look.colour)))
        if not points:
            return np.empty((0, 7), np.float32)
        places = to_places(np.array([point for point, *_ in points], dtype=np.float64), terrain.bounds)
        rest = [(kind, size * ratio, *colour) for _, kind, size, colour in points]
        return np.hstack([places, np.array(rest)]).astype(np.float32)

    def _begin(self, program: Program) -> Program:
        """Use a program, with what all of them need."""
        view, terrain = self.view(), self._terrain
        assert terrain is not None
        rows, columns = terrain.heights.shape
        program.bind()
        program.set(
            ground=0, colours=1, view=self.modelViewMatrix(), projection=self.projectionMatrix(),
            samples=QVector2D(columns, rows), relief=RELIEF, base=BASE,
            viewport=QVector2D(view.deviceWidth(), view.deviceHeight()), unit=float(view.devicePixelRatioF()),
        )  # fmt: skip
        return program

    def _draw_block(self, card: _Card, functions: QOpenGLExtraFunctions) -> None:
        eye = self.modelViewMatrix().inverted()[0].map(QVector3D())
        paint = {"line": QVector4D(*self._theme.iso_line), "lines": float(LINES_PER_HEIGHT)}
        self._begin(card.top).set(eye=eye, **paint)
        card.mesh.draw(functions, 0, card.top_count)
        walls = self._begin(card.wall)
        walls.set(hole=QVector3D(*unit_colour(self._theme.hole)), bottom=0.0, **paint)
        card.mesh.draw(functions, card.top_count, card.whole_count - card.top_count - 6)
        walls.set(bottom=1.0)
        card.mesh.draw(functions, card.whole_count - 6, 6)

    def _draw_hidden(self, card: _Card, functions: QOpenGLExtraFunctions) -> None:
        """Let lines and heads shine faintly through the ground in front of them, each pixel of a trail once."""
        functions.glEnable(STENCIL_TEST)
        functions.glStencilOp(KEEP, KEEP, REPLACE)
        line = self._begin(card.line)
        ratio = float(self.view().devicePixelRatioF())
        line.set(radius=CORE_PX * ratio, bias=LINE_BIAS, glow=0.0)
        for number, look in self._drawn():
            functions.glStencilFunc(NOTEQUAL, number % STENCIL_NUMBERS + 1, 0xFF)
            line.set(paint=QVector4D(*unit_colour(look.colour), HIDDEN_TRAIL))
            card.trails[number].draw(functions)
        functions.glDisable(STENCIL_TEST)
        self._draw_marks(card, functions, HIDDEN_MARK)

    def _draw_lines(self, card: _Card, functions: QOpenGLExtraFunctions) -> None:
        """Draw the rim, then each trail: its halo, and its core on top, so that no joint darkens it."""
        ratio = float(self.view().devicePixelRatioF())
        line = self._begin(card.line)
        rim = self._theme.iso_line[:3]
        line.set(radius=RIM_PX * ratio, bias=RIM_BIAS, glow=0.0, paint=QVector4D(*rim, RIM_OPACITY))
        card.rim.draw(functions)
        line.set(bias=LINE_BIAS)
        halo = QVector4D(*unit_colour(self._theme.halo), HALO_OPACITY)
        for number, look in self._drawn():
            line.set(radius=HALO_PX * ratio, glow=0.0, paint=halo)
            card.trails[number].draw(functions)
            line.set(radius=CORE_PX * ratio, glow=GLOW, paint=QVector4D(*unit_colour(look.colour), 1.0))
            card.trails[number].draw(functions)

    def _draw_marks(self, card: _Card, functions: QOpenGLExtraFunctions, opacity: float) -> None:
        mark = self._begin(card.mark)
        mark.set(halo=QVector3D(*unit_colour(self._theme.halo)), opacity=opacity, bias=MARK_BIAS)
        card.marks.draw(functions)

    def _drawn(self) -> list[tuple[int, RacerLook]]:
        """Return the visible racers' numbers and looks, the leader last, on top."""
        pairs = [pair for pair in enumerate(self._looks[: len(self._trails)]) if pair[1].visible]
        return sorted(pairs, key=lambda pair: -self._racers[pair[0]].rank)


def colour_texels(theme: Theme) -> NDArray[np.float32]:
    """Return the colour map of a theme as one row of texels, float32 (1, COLOURS, 4), 0..1."""
    colours = np.ones((1, COLOURS, 4), np.float32)
    colours[0, :, :3] = map_colours(theme.terrain, COLOURS) / np.float32(255.0)
    return colours


def unit_colour(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue, 0..1, of "#rrggbb"."""
    red, green, blue = rgb(colour)
    return red / 255.0, green / 255.0, blue / 255.0
