"""A layer that keeps the picture of its items from frame to frame, so that a frame draws only what is new.

While only the racers move, the ground and the old parts of trails stay: a frame of a race draws the new ends of trails
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
    """Items that are drawn on a framebuffer of their own, which each frame copies.

    Parameters
    ----------
    samples : int
        Samples for each pixel, as many as the view has: depth can be copied only between equal numbers.
    items : SceneItem
        The items in the order in which they are drawn.

    Attributes
    ----------
    keeps : bool
        Whether the next picture is kept and copied to the view.  If not, the items draw directly on the view's target.
    has_depth : bool
        Whether the view still has the depth of the layer from the frame before, which then need not be copied: the
        copy takes as long as all the rest of a frame.
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
        """Return no items, because the view would draw them a second time."""
        return []

    def make(self) -> None:
        """Create the framebuffer's wrapper; `draw` creates the framebuffer, once its size is known."""
        self._render_target, self._kept = RenderTarget(), None

    def unmake(self) -> None:
        """Free the framebuffer and the objects of the items."""
        del self._render_target
        for item in self._items:
            item.release()

    def prepare(self, canvas: Canvas) -> object:
        """Prepare all items; return a state that is unequal to the kept one if the kept picture is out of date."""
        looks = []
        for item in self._items:
            item.ready()
            looks.append((item.visible(), item.prepare(canvas.moved(item.transform()))))
        before, self._wanted = self._wanted, (canvas, looks, self.view().opts["bgcolor"])
        changed = self._wanted != before
        self._turning, self._changed = changed and self._changed, changed
        return self._wanted

    def draw(self, canvas: Canvas, whole: bool) -> None:
        """Draw what is new on the framebuffer and copy it to the view, or draw everything directly on the view.

        It draws directly while the camera moves, because a kept picture would be out of date in the next frame.
        """
        if not self.keeps or self._turning:
            if self.keeps:
                self._clear()
            self._draw_items(canvas, whole=True)
            # The kept picture is void, because the new ends of trails were drawn on the view only.
            self._kept = None
            return
        target = self.view().target
        new = self._render_target.bind(canvas.pixels, self._samples)
        anew = new or self._wanted != self._kept
        # Void while it is being drawn, because an item may fail halfway.
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
        """Copy the layer's framebuffer to the view, with its depth if the items drawn later still need it."""
        opengl, (columns, rows) = functions(), canvas.pixels
        opengl.glBindFramebuffer(READ_FROM, self._render_target.handle)
        opengl.glBindFramebuffer(DRAW_TO, target)
        # The stencil is copied too, though it is not needed: the software renderer then copies memory at once, while it
        # would compile shaders for the depth alone.
        parts = COLOUR_BIT | DEPTH_BIT | STENCIL_BIT if with_depth else COLOUR_BIT
        opengl.glBlitFramebuffer(0, 0, columns, rows, 0, 0, columns, rows, parts, NEAREST)
        opengl.glBindFramebuffer(FRAMEBUFFER, target)
