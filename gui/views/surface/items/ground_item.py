"""The item that draws the landscape as a block: a lit top with level lines, walls that show its layers, and a rim."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QVector2D, QVector3D, QVector4D

from engine.loss.terrain import Terrain
from gui.look.theme import DARK, Theme
from gui.views.opengl import RENDERER, in_software
from gui.views.shading.levels import LINES_PER_HEIGHT
from gui.views.shading.pixels import map_colours, rgb
from gui.views.surface.items import ground_mesh, shaders
from gui.views.surface.items.drape import Drape, DrapedImage
from gui.views.surface.items.gl_objects import Instances, Mesh, Program, Texture, Uniform, functions
from gui.views.surface.items.scene_item import (
    BLEND,
    DEPTH_TEST,
    LEQUAL,
    LESS,
    ONE,
    ONE_MINUS_SOURCE_ALPHA,
    SOURCE_ALPHA,
    ZERO,
    Canvas,
    DressedItem,
)
from gui.views.surface.items.shared_resources import SharedResources
from gui.views.surface.items.trail_segments import STROKE_FLOATS, strokes
from gui.views.surface.scene_coordinates import BASE, RELIEF

COLOURS = 256
RIM_PX, RIM_OPACITY, RIM_BIAS = 0.65, 0.55, 0.008
"""Half the width and the opacity of the line along the block's upper edge, and how much nearer to the camera it is
drawn, so that the mesh does not hide it."""
BOTTOM_CORNERS = 6
DRAPES = {"basins": 2, "swarms": 3}
"""The names of what may lie on the ground, the lowest first, and the texture unit of each."""


@dataclass
class _Parts:
    """The ground's objects on the graphics card, and the sizes of its mesh."""

    top: Program
    wall: Program
    line: Program
    mesh: Mesh
    rim: Instances
    heights: Texture
    colours: Texture
    squares: int
    top_count: int
    whole_count: int


class GroundItem(DressedItem):
    """A landscape in any `pyqtgraph.opengl.GLViewWidget`.

    The domain reaches from -1 to 1 along x and y, the losses from 0 to `RELIEF` along z;
    `scene_coordinates.scene_places` maps points of the formula to the scene.

    Parameters
    ----------
    terrain : Terrain, optional
        The heights; without them nothing is drawn.
    theme : Theme
        The colours.
    shared : SharedResources, optional
        The programs and texels that the grounds of several views share.
    """

    def __init__(
        self, terrain: Terrain | None = None, theme: Theme = DARK, shared: SharedResources | None = None
    ) -> None:
        super().__init__(theme)
        self._terrain = terrain
        self.shared = shared or SharedResources()
        self._uploaded: Terrain | None = None
        self._coloured: Theme | None = None
        self._rimmed: tuple[Theme, float] | None = None
        self._parts: _Parts | None = None
        self._drapes = {name: Drape(name, unit) for name, unit in DRAPES.items()}

    @property
    def terrain(self) -> Terrain | None:
        """The landscape that the item shows, or will show in the next picture."""
        return self._terrain

    @property
    def shown(self) -> Terrain | None:
        """The landscape on the graphics card, on which other items can lie."""
        return self._uploaded

    def set_terrain(self, terrain: Terrain | None) -> None:
        """Show another landscape."""
        self._terrain = terrain
        self.update()

    def drape(self, **images: DrapedImage | None) -> None:
        """Lay images on the ground, by the names in `DRAPES`; None takes one away."""
        changed = [name for name, image in images.items() if self._drapes[name].show(image)]
        if changed:
            self.update()

    def make(self) -> None:
        """Create the programs, the mesh and the textures."""
        self._forget_drapes()
        software = in_software(str(functions().glGetString(RENDERER)))
        squares = ground_mesh.SOFTWARE_MESH if software else ground_mesh.MESH
        corners, triangles, top_count = ground_mesh.block(squares)
        if self._parts is None:
            self.shared.join()
        self._parts = _Parts(
            top=self.shared.program(shaders.GROUND_VERTEX, shaders.TOP_FRAGMENT),
            wall=self.shared.program(shaders.GROUND_VERTEX, shaders.WALL_FRAGMENT),
            line=self.shared.program(shaders.LINE_VERTEX, shaders.LINE_FRAGMENT),
            mesh=Mesh(corners, triangles),
            rim=Instances(STROKE_FLOATS),
            heights=Texture(),
            colours=Texture(),
            squares=squares,
            top_count=top_count,
            whole_count=triangles.size,
        )
        self._uploaded = self._coloured = self._rimmed = None

    def unmake(self) -> None:
        """Free the objects on the graphics card."""
        if self._parts is not None:
            self.shared.leave()
        self._parts = self._uploaded = None
        self._forget_drapes()

    def _forget_drapes(self) -> None:
        for drape in self._drapes.values():
            drape.forget()

    def prepare(self, canvas: Canvas) -> object:
        """Upload heights, colours and the rim if they have changed."""
        parts = self._parts
        assert parts is not None
        if self._terrain is not None and self._terrain is not self._uploaded:
            parts.heights.upload(self.shared.texels_of(self._terrain.heights))
            self._uploaded = self._terrain
        if self._theme is not self._coloured:
            parts.colours.upload(colour_texels(self._theme))
            self._coloured = self._theme
        if self._rimmed != (self._theme, canvas.ratio):
            paint = (*self._theme.iso_line[:3], RIM_OPACITY)
            parts.rim.upload(strokes(ground_mesh.rim(parts.squares), paint, RIM_PX * canvas.ratio))
            self._rimmed = (self._theme, canvas.ratio)
        return self._uploaded, self._theme, [drape.prepare() for drape in self._drapes.values()]

    def draw(self, canvas: Canvas, whole: bool) -> None:
        """Draw the block, unless the picture that still holds contains it."""
        if self._uploaded is None or self._parts is None or not whole:
            return
        opengl, parts = functions(), self._parts
        opengl.glEnable(DEPTH_TEST)
        opengl.glDepthMask(1)
        opengl.glDepthFunc(LESS)
        opengl.glDisable(BLEND)
        paint: dict[str, Uniform] = {"line": QVector4D(*self._theme.iso_line), "lines": float(LINES_PER_HEIGHT)}
        top = self.begin(parts.top, canvas)
        for drape in self._drapes.values():
            top.set(**drape.bind(self._uploaded.bounds))
        top.set(eye=canvas.eye, **paint)
        parts.mesh.draw(0, parts.top_count)
        wall = self.begin(parts.wall, canvas)
        wall.set(hole=QVector3D(*unit_colour(self._theme.hole)), bottom=0.0, **paint)
        parts.mesh.draw(parts.top_count, parts.whole_count - parts.top_count - BOTTOM_CORNERS)
        wall.set(bottom=1.0)
        parts.mesh.draw(parts.whole_count - BOTTOM_CORNERS, BOTTOM_CORNERS)
        self._draw_rim(canvas, parts)

    def begin(self, program: Program, canvas: Canvas) -> Program:
        """Bind a program whose shaders place things on this ground, set its common uniforms, and return it."""
        assert self._uploaded is not None and self._parts is not None
        self._parts.heights.bind(0)
        self._parts.colours.bind(1)
        rows, columns = self._uploaded.heights.shape
        program.bind()
        program.set(
            ground=0, colours=1, samples=QVector2D(columns, rows), relief=RELIEF, base=BASE, **canvas.uniforms()
        )  # fmt: skip
        return program

    def _draw_rim(self, canvas: Canvas, parts: _Parts) -> None:
        """Draw the upper edge of the block."""
        blend_over()
        functions().glDepthFunc(LEQUAL)
        line = self.begin(parts.line, canvas)
        line.set(bias=RIM_BIAS * canvas.scale)
        parts.rim.draw()
        line.release()


def blend_over() -> None:
    """Set OpenGL to blend what is drawn next over the picture, without writing depth."""
    opengl = functions()
    opengl.glEnable(DEPTH_TEST)
    opengl.glEnable(BLEND)
    opengl.glBlendFuncSeparate(SOURCE_ALPHA, ONE_MINUS_SOURCE_ALPHA, ZERO, ONE)
    opengl.glDepthMask(0)


def colour_texels(theme: Theme) -> NDArray[np.float32]:
    """Return the colour map of a theme as one row of texels, float32 (1, COLOURS, 4): red, green, blue 0..1, and 1."""
    colours = np.ones((1, COLOURS, 4), np.float32)
    colours[0, :, :3] = map_colours(theme.terrain, COLOURS) / np.float32(255.0)
    return colours


def unit_colour(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue, 0..1, of "#rrggbb"."""
    red, green, blue = rgb(colour)
    return red / 255.0, green / 255.0, blue / 255.0
