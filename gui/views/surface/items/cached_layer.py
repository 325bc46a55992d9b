"""A layer that keeps its items' picture from frame to frame: a frame then costs only what is new.

The ground and the trails stay while nothing but the racers moves: a frame of a race costs the new ends of the trails
and the heads, however long the race has been.
"""

from __future__ import annotations

from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem

from gui.views.surface.items.gl_objects import RenderTarget, functions
from gui.views.surface.items.scene_item import Canvas, SceneItem

FRAMEBUFFER, READ_FROM, DRAW_TO = 0x8D40, 0x8CA8, 0x8CA9
COLOUR_BIT, DEPTH_BIT, STENCIL_BIT, NEAREST = 0x4000, 0x0100, 0x0400, 0x2600
ALL_BITS = 0xFF


class CachedLayer(SceneItem):
    """Items that are drawn on a sheet of their own, of which each frame gets a copy.

    Parameters
    ----------
    samples : int
        Samples a pixel of the view: depth can be copied only where there are as many.
    items : SceneItem
        In the order in which they are drawn.

    Attributes
    ----------
    keeps : bool
        Whether the next picture is kept and copied to the view.  If not, the items draw straight on the view's target.
    has_depth : bool
        Whether the depth that the view kept from the frame before is that of the sheet: the copy of it would take as
        long as all the rest of a frame.
    """

    def __init__(self, samples: int, *items: SceneItem) -> None:
        super().__init__()
        self.keeps = False
        self.has_depth = False
        self._samples, self._items = samples, items
        for item in items:
            item.setParentItem(self)
            item.failed.connect(self.failed)
        self._wanted: object = None
        self._kept: object = None
        self._changed = self._turning = False

    def childItems(self) -> list[GLGraphicsItem]:
        """Return none: the view would draw them once more."""
        return []

    def make(self) -> None:
        """Make the sheet when its size is known."""
        self._render_target, self._kept = RenderTarget(), None

    def unmake(self) -> None:
        """Free them."""
        del self._render_target
        for item in self._items:
            item.release()

    def prepare(self, canvas: Canvas) -> object:
        """Take in the changes of the items; return a state that differs where the picture is out of date."""
        looks = []
        for item in self._items:
            item.ready()
            looks.append((item.visible(), item.prepare(canvas.moved(item.transform()))))
        before, self._wanted = self._wanted, (canvas, looks, self.view().opts["bgcolor"])
        changed = self._wanted != before
        self._turning, self._changed = changed and self._changed, changed
        return self._wanted

    def draw(self, canvas: Canvas, whole: bool) -> None:
        """Draw what is new on the sheet, and lay a copy of it down; or everything, straight away.

        While the camera moves, nothing is worth keeping.
        """
        if not self.keeps or self._turning:
            if self.keeps:
                self._clear()
            self._draw_items(canvas, whole=True)
            # What is new of the trails is drawn now, but not on the sheet.
            self._kept = None
            return
        target = self.view().target
        new = self._render_target.bind(canvas.pixels, self._samples)
        anew = new or self._wanted != self._kept
        # Not kept while it is being drawn: a driver may refuse.
        self._kept = None
        if anew:
            self._clear()
        self._draw_items(canvas, anew)
        self._kept = self._wanted
        self._copy(canvas, target, with_depth=anew or not self.has_depth)

    def _clear(self) -> None:
        opengl = functions()
        opengl.glDepthMask(1)
        opengl.glStencilMask(ALL_BITS)
        opengl.glClearColor(*self.view().opts["bgcolor"])
        opengl.glClear(COLOUR_BIT | DEPTH_BIT | STENCIL_BIT)

    def _draw_items(self, canvas: Canvas, whole: bool) -> None:
        for item in self._items:
            if item.visible():
                item.draw(canvas.moved(item.transform()), whole)

    def _copy(self, canvas: Canvas, target: int, with_depth: bool) -> None:
        """Lay a copy of the sheet down in the view; what is drawn on top goes by its depth."""
        opengl, (columns, rows) = functions(), canvas.pixels
        opengl.glBindFramebuffer(READ_FROM, self._render_target.handle)
        opengl.glBindFramebuffer(DRAW_TO, target)
        # With the stencil, though nobody needs it: software copies memory then, instead of compiling shaders.
        parts = COLOUR_BIT | DEPTH_BIT | STENCIL_BIT if with_depth else COLOUR_BIT
        opengl.glBlitFramebuffer(0, 0, columns, rows, 0, 0, columns, rows, parts, NEAREST)
        opengl.glBindFramebuffer(FRAMEBUFFER, target)
