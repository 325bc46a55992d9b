"""The landscape and its racers as one item of a pyqtgraph 3-D view, drawn by shaders of our own."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from OpenGL import GL
from OpenGL.GL import shaders
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem

from engine.frame import Point, RacerFrame, Trail
from engine.terrain import Terrain
from gui.theme import Theme
from gui.views import surface_shaders
from gui.views.levels import LINES_PER_HEIGHT
from gui.views.look import RacerLook
from gui.views.shading import map_colours, rgb

MESH = 80
"""Squares of the mesh along each side: shading is per pixel, so more would only cost."""
SIZE = (20.0, 20.0, 8.0)
"""Extent of the block, in the units of the camera."""
COLOURS = 256
TRAIL_RADIUS_PX, TRAIL_RIM_PX = 3.0, 1.3
HEAD_RADIUS_PX, MINIMUM_RADIUS_PX, START_RADIUS_PX, DOT_RIM_PX = 7.5, 4.5, 5.5, 2.0
HIDDEN_OPACITY = 0.22
"""How much of a trail shows through the ground in front of it."""
NEWEST, OLDER = 256, 1024
"""Points of a trail that are drawn: the newest in full, of the older ones every second, fourth ... step."""


@dataclass
class _Line:
    """A polyline on the graphics card."""

    buffer: int
    generation: int = -1
    rows: int = -1
    points: int = 0


class SurfaceItem(GLGraphicsItem):
    """Draws a terrain with trails, heads, minima and start."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._terrain: Terrain | None = None
        self._stale = True
        self._looks: Sequence[RacerLook] = ()
        self._racers: Sequence[RacerFrame] = ()
        self._minima: Sequence[Point] = ()
        self._start: Point = (0.0, 0.0)
        self._lines: list[_Line] = []

    def set_theme(self, theme: Theme) -> None:
        """Dress the landscape."""
        self._theme, self._stale = theme, True
        self.update()

    def show_terrain(self, terrain: Terrain) -> None:
        """Draw this terrain from now on."""
        if self._terrain is None or self._terrain.bounds != terrain.bounds:
            for line in self._lines:
                line.rows = -1
        if self._terrain is None or self._terrain.number != terrain.number:
            self._terrain, self._stale = terrain, True
            self.update()

    def show_points(self, minima: Sequence[Point], start: Point) -> None:
        """Mark these points."""
        self._minima, self._start = minima, start
        self.update()

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame]) -> None:
        """Draw these racers."""
        self._looks, self._racers = looks, racers
        self.update()

    def initializeGL(self) -> None:
        """Make everything that lives on the graphics card; called again when the context is a new one."""
        self._ground = _program(surface_shaders.GROUND_VERTEX, surface_shaders.GROUND_FRAGMENT)
        self._trail = _program(surface_shaders.TRAIL_VERTEX, surface_shaders.TRAIL_FRAGMENT)
        self._array = GL.glGenVertexArrays(1)
        corners, triangles = _block()
        self._corners, self._triangles, self._dots = GL.glGenBuffers(3)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, self._corners)
        GL.glBufferData(GL.GL_ARRAY_BUFFER, corners.nbytes, corners, GL.GL_STATIC_DRAW)
        GL.glBindBuffer(GL.GL_ELEMENT_ARRAY_BUFFER, self._triangles)
        GL.glBufferData(GL.GL_ELEMENT_ARRAY_BUFFER, triangles.nbytes, triangles, GL.GL_STATIC_DRAW)
        GL.glBindBuffer(GL.GL_ELEMENT_ARRAY_BUFFER, 0)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, 0)
        self._triangle_count = triangles.size
        self._heights, self._colours = GL.glGenTextures(2)
        self._lines, self._stale = [], True

    def paint(self) -> None:
        """Draw everything."""
        if self._terrain is None:
            return
        if self._stale:
            self._upload_terrain(self._terrain)
        GL.glBindVertexArray(self._array)
        GL.glEnable(GL.GL_DEPTH_TEST)
        GL.glDepthFunc(GL.GL_LEQUAL)
        GL.glDepthMask(GL.GL_TRUE)
        GL.glDisable(GL.GL_BLEND)
        GL.glDisable(GL.GL_CULL_FACE)
        self._draw_ground()
        self._upload_trails()
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA)
        GL.glDepthMask(GL.GL_FALSE)
        for depth, opacity in ((GL.GL_GREATER, HIDDEN_OPACITY), (GL.GL_LEQUAL, 1.0)):
            GL.glDepthFunc(depth)
            self._draw_lines(opacity)
        GL.glDepthMask(GL.GL_TRUE)
        GL.glDepthFunc(GL.GL_LESS)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, 0)
        GL.glBindVertexArray(0)
        GL.glUseProgram(0)
        GL.glActiveTexture(GL.GL_TEXTURE0)

    def place(self, points: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return points (n, 2) as places in 0..1 across the domain."""
        assert self._terrain is not None
        (x0, x1), (y0, y1) = self._terrain.bounds
        scaled = (points - (x0, y0)) / (x1 - x0, y1 - y0)
        return np.clip(scaled, -1e6, 1e6).astype(np.float32)

    def _upload_terrain(self, terrain: Terrain) -> None:
        self._stale = False
        ground = ~np.isnan(terrain.heights)
        texels = np.dstack([np.where(ground, terrain.heights, 0.0), ground]).astype(np.float32)
        rows, columns = terrain.heights.shape
        _texture(self._heights, GL.GL_RG32F, columns, rows, GL.GL_RG, texels)
        colours = (map_colours(self._theme.terrain, COLOURS) / np.float32(255.0)).astype(np.float32)
        _texture(self._colours, GL.GL_RGB32F, COLOURS, 1, GL.GL_RGB, np.ascontiguousarray(colours))

    def _begin(self, program: int) -> None:
        """Use a program, with what all of them need."""
        assert self._terrain is not None
        GL.glUseProgram(program)
        for unit, texture, name in ((0, self._heights, "heights"), (1, self._colours, "colours")):
            GL.glActiveTexture(GL.GL_TEXTURE0 + unit)
            GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
            GL.glUniform1i(GL.glGetUniformLocation(program, name), unit)
        matrix = np.array(self.mvpMatrix().data(), dtype=np.float32)
        GL.glUniformMatrix4fv(GL.glGetUniformLocation(program, "mvp"), 1, GL.GL_FALSE, matrix)
        GL.glUniform3f(GL.glGetUniformLocation(program, "size"), *SIZE)
        GL.glUniform1f(GL.glGetUniformLocation(program, "samples"), float(self._terrain.heights.shape[0]))

    def _draw_ground(self) -> None:
        program = self._ground
        self._begin(program)
        GL.glUniform4f(GL.glGetUniformLocation(program, "line"), *self._theme.iso_line)
        GL.glUniform1f(GL.glGetUniformLocation(program, "lines"), float(LINES_PER_HEIGHT))
        GL.glUniform3f(GL.glGetUniformLocation(program, "wall"), *_unit(self._theme.terrain[1][1]))
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, self._corners)
        GL.glEnableVertexAttribArray(0)
        GL.glDisableVertexAttribArray(1)
        GL.glVertexAttribDivisor(0, 0)
        GL.glVertexAttribPointer(0, 3, GL.GL_FLOAT, GL.GL_FALSE, 12, ctypes.c_void_p(0))
        GL.glBindBuffer(GL.GL_ELEMENT_ARRAY_BUFFER, self._triangles)
        GL.glDrawElements(GL.GL_TRIANGLES, self._triangle_count, GL.GL_UNSIGNED_INT, ctypes.c_void_p(0))
        GL.glBindBuffer(GL.GL_ELEMENT_ARRAY_BUFFER, 0)

    def _upload_trails(self) -> None:
        """Upload the trails that changed, and the points of heads, minima and start."""
        while len(self._lines) < len(self._racers):
            self._lines.append(_Line(int(GL.glGenBuffers(1))))
        for line, racer in zip(self._lines, self._racers, strict=False):
            trail = racer.trail
            if (line.generation, line.rows) != (trail.generation, len(trail.steps)):
                places = self.place(drawn_points(trail))
                line.generation, line.rows, line.points = trail.generation, len(trail.steps), len(places)
                _fill(line.buffer, places)
        dots = [*(racer.position for racer in self._racers), *self._minima, self._start]
        _fill(self._dots, np.repeat(self.place(np.array(dots, dtype=float)), 2, axis=0))

    def _draw_lines(self, opacity: float) -> None:
        program = self._trail
        self._begin(program)
        view = self.view()
        GL.glUniform2f(GL.glGetUniformLocation(program, "viewport"), view.deviceWidth(), view.deviceHeight())
        GL.glUniform3f(GL.glGetUniformLocation(program, "halo"), *_unit(self._theme.halo))
        GL.glUniform1f(GL.glGetUniformLocation(program, "opacity"), opacity)
        ratio = view.devicePixelRatioF()
        for line, look in zip(self._lines, self._looks, strict=False):
            if look.visible and line.points > 1:
                self._draw_segments(
                    line.buffer, 0, line.points - 1, 1, look.colour, TRAIL_RADIUS_PX * ratio, TRAIL_RIM_PX
                )
        first = len(self._racers)
        for number in range(len(self._minima)):
            self._draw_dot(first + number, "#ffffff", MINIMUM_RADIUS_PX * ratio)
        self._draw_dot(first + len(self._minima), "#ffffff", START_RADIUS_PX * ratio)
        for number, look in enumerate(self._looks[: len(self._racers)]):
            if look.visible:
                self._draw_dot(number, look.colour, HEAD_RADIUS_PX * ratio)

    def _draw_dot(self, number: int, colour: str, radius: float) -> None:
        self._draw_segments(self._dots, 2 * number, 1, 1, colour, radius, DOT_RIM_PX)

    def _draw_segments(
        self, buffer: int, first: int, count: int, step: int, colour: str, radius: float, rim: float
    ) -> None:
        """Draw `count` capsules between neighbours of a buffer of places, from its point `first` on."""
        program = self._trail
        GL.glUniform3f(GL.glGetUniformLocation(program, "core"), *_unit(colour))
        GL.glUniform1f(GL.glGetUniformLocation(program, "radius"), radius)
        GL.glUniform1f(GL.glGetUniformLocation(program, "rim"), rim)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, buffer)
        for attribute in (0, 1):
            GL.glEnableVertexAttribArray(attribute)
            GL.glVertexAttribDivisor(attribute, 1)
            offset = ctypes.c_void_p(8 * (first + attribute))
            GL.glVertexAttribPointer(attribute, 2, GL.GL_FLOAT, GL.GL_FALSE, 8 * step, offset)
        GL.glDrawArraysInstanced(GL.GL_TRIANGLE_STRIP, 0, 4, count)


def drawn_points(trail: Trail) -> NDArray[np.float64]:
    """Return the positions of a trail that are drawn; which ones stays the same as it grows, until they double."""
    count = len(trail.steps)
    if count <= NEWEST + OLDER:
        return trail.positions
    older = count - NEWEST
    # A power of two that counts from the start keeps the same rows as the trail grows, until it doubles.
    stride = 1 << (older // OLDER).bit_length()
    return np.vstack([trail.positions[:older:stride], trail.positions[older:]])


def _block() -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
    """Return the corners (place, top) and triangles of the top and the four walls."""
    side = np.linspace(0.0, 1.0, MESH + 1, dtype=np.float32)
    x, y = np.meshgrid(side, side)
    corners = [np.stack([x.ravel(), y.ravel(), np.ones(x.size, np.float32)], axis=1)]
    row = np.arange(MESH, dtype=np.uint32)
    square = (row[:, None] * (MESH + 1) + row[None, :]).ravel()[:, None]
    triangles = [square + np.array([0, 1, MESH + 1, 1, MESH + 2, MESH + 1], dtype=np.uint32)]
    zero, one = np.zeros_like(side), np.ones_like(side)
    for wall_x, wall_y in ((side, zero), (side, one), (zero, side), (one, side)):
        first = sum(len(part) for part in corners)
        for top in (one, zero):
            corners.append(np.stack([wall_x, wall_y, top], axis=1))
        triangles.append(first + row[:, None] + np.array([0, 1, MESH + 1, 1, MESH + 2, MESH + 1], dtype=np.uint32))
    return np.concatenate(corners).astype(np.float32), np.concatenate(triangles).astype(np.uint32).ravel()


def _program(vertex: str, fragment: str) -> int:
    parts = [shaders.compileShader(vertex.strip(), GL.GL_VERTEX_SHADER)]
    parts.append(shaders.compileShader(fragment.strip(), GL.GL_FRAGMENT_SHADER))
    return shaders.compileProgram(*parts, validate=False)


def _texture(texture: int, layout: int, width: int, height: int, channels: int, texels: NDArray[np.float32]) -> None:
    GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
    for name, value in (
        (GL.GL_TEXTURE_MIN_FILTER, GL.GL_LINEAR),
        (GL.GL_TEXTURE_MAG_FILTER, GL.GL_LINEAR),
        (GL.GL_TEXTURE_WRAP_S, GL.GL_CLAMP_TO_EDGE),
        (GL.GL_TEXTURE_WRAP_T, GL.GL_CLAMP_TO_EDGE),
    ):
        GL.glTexParameteri(GL.GL_TEXTURE_2D, name, value)
    GL.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 4)
    GL.glTexImage2D(GL.GL_TEXTURE_2D, 0, layout, width, height, 0, channels, GL.GL_FLOAT, texels)


def _fill(buffer: int, places: NDArray[np.float32]) -> None:
    data = np.ascontiguousarray(places)
    GL.glBindBuffer(GL.GL_ARRAY_BUFFER, buffer)
    GL.glBufferData(GL.GL_ARRAY_BUFFER, data.nbytes, data, GL.GL_DYNAMIC_DRAW)


def _unit(colour: str) -> tuple[float, float, float]:
    red, green, blue = rgb(colour)
    return red / 255.0, green / 255.0, blue / 255.0
