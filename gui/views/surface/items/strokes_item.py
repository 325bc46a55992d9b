"""The base class of items that draw strokes on the ground: trails, and arrows at their heads."""

from __future__ import annotations

from typing import ClassVar

from gui.look.theme import Theme
from gui.views.surface.items import shaders
from gui.views.surface.items.gl_objects import Instances, Squares, Uniform, functions
from gui.views.surface.items.ground_item import GroundItem, blend_over
from gui.views.surface.items.scene_item import GREATER, LEQUAL, NOTEQUAL, STENCIL_TEST, Canvas, DressedItem
from gui.views.surface.items.trail_segments import STROKE_FLOATS, Strokes

LEAST_COVER = 0.5
"""Least coverage at which an occluded stroke draws a pixel.  Each pixel is drawn only once, so a soft end with less
coverage would keep the next stroke out of the joint."""
BIAS = 0.022
"""Distance by which strokes are drawn nearer to the camera than they are, so that the mesh does not hide them."""
KEEP, REPLACE = 0x1E00, 0x1E01
OCCLUDED_DRAWN, ALL_BITS = 1, 0xFF
"""Stencil value of a pixel where an occluded stroke is drawn already, and the mask of all stencil bits."""


class StrokesItem(DressedItem):
    """Strokes on a `GroundItem`, which must be drawn before them."""

    vertex: ClassVar[str] = shaders.LINE_VERTEX
    """The shader that places a stroke."""

    def __init__(self, ground: GroundItem, theme: Theme) -> None:
        super().__init__(theme)
        self._ground = ground

    def make(self) -> None:
        """Create the program and the arrays of strokes."""
        self._line = self._ground.shared.program(self.vertex, shaders.LINE_FRAGMENT)
        self._occluded, self._seen = (self.new_strokes() for _ in range(2))

    def new_strokes(self) -> Instances | Squares:
        """Return an array of strokes with the inputs of the shader."""
        return Instances(STROKE_FLOATS)

    def unmake(self) -> None:
        """Free the program and the arrays of strokes."""
        del self._line, self._occluded, self._seen

    def upload(self, occluded: Strokes, seen: Strokes) -> None:
        """Replace the strokes that are drawn where the ground occludes them, and those where they are seen."""
        self._occluded.upload(occluded)
        self._seen.upload(seen)

    def draw_strokes(self, canvas: Canvas, **uniforms: Uniform) -> None:
        """Draw what was uploaded, with further uniforms of the vertex shader."""
        if not self._seen.count:
            return
        opengl = functions()
        blend_over()
        line = self._ground.begin(self._line, canvas)
        line.set(bias=BIAS * canvas.scale, least=LEAST_COVER, **uniforms)
        # The stencil lets each pixel be drawn once, by the first stroke, so that overlaps do not get more opaque.
        opengl.glDepthFunc(GREATER)
        opengl.glEnable(STENCIL_TEST)
        opengl.glStencilMask(ALL_BITS)
        opengl.glStencilOp(KEEP, KEEP, REPLACE)
        opengl.glStencilFunc(NOTEQUAL, OCCLUDED_DRAWN, ALL_BITS)
        self._occluded.draw()
        opengl.glDisable(STENCIL_TEST)
        opengl.glDepthFunc(LEQUAL)
        line.set(least=0.0)
        self._seen.draw()
        line.release()
