"""The base class of the scene's items, which create and free their objects on the graphics card with the context."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from functools import cached_property

from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from PySide6.QtCore import Signal
from PySide6.QtGui import QMatrix4x4, QOpenGLContext, QVector2D, QVector3D
from PySide6.QtOpenGL import QOpenGLVertexArrayObject

from gui.look.theme import Theme
from gui.views.surface.items.gl_objects import FIRST_TEXTURE, OpenGLError, Uniform, functions

FAR_EYE = 1e4
"""Distance that stands for an infinite one of the eye of a parallel projection, whose rays are all parallel."""
DEPTH_TEST, STENCIL_TEST, SCISSOR_TEST, BLEND, CULL_FACE = 0x0B71, 0x0B90, 0x0C11, 0x0BE2, 0x0B44
LESS, LEQUAL, GREATER, NOTEQUAL = 0x0201, 0x0203, 0x0204, 0x0205
SOURCE_ALPHA, ONE_MINUS_SOURCE_ALPHA, ONE, ZERO = 0x0302, 0x0303, 1, 0
FUNC_ADD = 0x8006


@dataclass(frozen=True)
class Canvas:
    """The picture that an item draws on, and the transforms from the item to it.

    Attributes
    ----------
    view, projection : QMatrix4x4
        The transforms from the item's to the camera's coordinates, and from there to the picture.
    pixels : (width, height)
        Size of the picture in pixels of the screen.
    ratio : float
        Pixels of the screen in a widget unit.
    """

    view: QMatrix4x4
    projection: QMatrix4x4
    pixels: tuple[int, int]
    ratio: float

    @cached_property
    def size(self) -> tuple[float, float]:
        """The size of the picture in widget units."""
        width, height = self.pixels
        return width / self.ratio, height / self.ratio

    @cached_property
    def scale(self) -> float:
        """The scale factor from the item's to the camera's coordinates."""
        return float(abs(self.view.determinant()) ** (1.0 / 3.0))

    @cached_property
    def matrix(self) -> QMatrix4x4:
        """The transform from the item's coordinates to the picture."""
        return self.projection * self.view

    @cached_property
    def eye(self) -> QVector3D:
        """The position of the camera in the item's coordinates; for a parallel projection, far away."""
        parallel = self.projection.row(3).w() > 0.5
        return self.view.inverted()[0].map(QVector3D(0.0, 0.0, FAR_EYE if parallel else 0.0))

    def moved(self, transform: QMatrix4x4) -> Canvas:
        """Return the canvas of an item that `transform` moves."""
        return self if transform.isIdentity() else replace(self, view=self.view * transform)

    def uniforms(self) -> dict[str, Uniform]:
        """Return the uniforms that every shader of a scene has."""
        return {
            "view": self.view, "projection": self.projection, "viewport": QVector2D(*self.pixels), "unit": self.ratio,
        }  # fmt: skip


class SceneItem(GLGraphicsItem):
    """An item that creates its objects on the graphics card when it is first drawn, and again in another context.

    In a `GLViewWidget` it draws all of itself in every frame; on a `CachedLayer` it draws only what is new.
    """

    failed = Signal(str)
    """Emitted if the item cannot be drawn, with the driver's message or the kind of error."""

    def __init__(self) -> None:
        super().__init__()
        self._context: QOpenGLContext | None = None
        # The marker is destroyed with its context and so shows that the context is gone.  The context's address does
        # not, because the next one may have the same address and the same Python wrapper.  A slot of
        # `aboutToBeDestroyed` might be called while Python's garbage collector deletes this item.
        self._context_marker = QOpenGLVertexArrayObject()

    def make(self) -> None:
        """Create the item's objects on the graphics card, in the current context."""
        raise NotImplementedError

    def unmake(self) -> None:
        """Free the item's objects on the graphics card, while their context is current."""
        raise NotImplementedError

    def prepare(self, canvas: Canvas) -> object:
        """Prepare the item for a picture; return a state that is unequal to the last one if its picture is out of date.

        The state is only compared, so it may be of any type.
        """
        raise NotImplementedError

    def draw(self, canvas: Canvas, whole: bool) -> None:
        """Draw the item after `prepare`: all of it, or only what is new if the last picture is still valid."""
        raise NotImplementedError

    def release(self) -> None:
        """Free the item's objects on the graphics card; their context must be current."""
        if self._context is not None:
            self._context = None
            self.unmake()

    def paint(self) -> None:
        """Draw the item in the view that it was added to."""
        view = self.view()
        pixels = (view.deviceWidth(), view.deviceHeight())
        canvas = Canvas(
            self.modelViewMatrix(), self.projectionMatrix(), pixels, getattr(view, "ratio", view.devicePixelRatioF())
        )
        set_usual_state()
        try:
            self.ready()
            self.prepare(canvas)
            self.draw(canvas, whole=True)
        except Exception as error:
            self.fail(error)
        set_usual_state()

    def fail(self, error: Exception) -> None:
        """Hide the item, because the next frame would fail as well, and emit why it cannot be drawn."""
        self.setVisible(False)
        if isinstance(error, OpenGLError):
            self.failed.emit(str(error))
            return
        sys.excepthook(type(error), error, error.__traceback__)
        self.failed.emit(f"something went wrong ({type(error).__name__}).")

    def ready(self) -> None:
        """Create the item's objects if the context is new, as when the view has moved to another window."""
        context = QOpenGLContext.currentContext()
        if context is not self._context or not self._context_marker.isCreated():
            self.make()
            self._context, self._context_marker = context, QOpenGLVertexArrayObject()
            self._context_marker.create()


def set_usual_state() -> None:
    """Reset the OpenGL state that items change: before drawing for this item, afterwards for items of other code."""
    opengl = functions()
    opengl.glColorMask(1, 1, 1, 1)
    opengl.glBlendEquation(FUNC_ADD)
    opengl.glDisable(SCISSOR_TEST)
    opengl.glDisable(CULL_FACE)
    opengl.glDepthFunc(LESS)
    opengl.glDepthMask(1)
    opengl.glDisable(STENCIL_TEST)
    opengl.glActiveTexture(FIRST_TEXTURE)


class DressedItem(SceneItem):
    """A scene item that is drawn in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self._theme = theme
        self.update()
