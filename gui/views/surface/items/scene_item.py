"""The common face of our items: each keeps on the graphics card what it needs, as long as there is a context."""

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
"""How far away the eye of a parallel picture is said to stand: all its rays are parallel then."""
DEPTH_TEST, STENCIL_TEST, SCISSOR_TEST, BLEND, CULL_FACE = 0x0B71, 0x0B90, 0x0C11, 0x0BE2, 0x0B44
LESS, LEQUAL, GREATER, NOTEQUAL = 0x0201, 0x0203, 0x0204, 0x0205
SOURCE_ALPHA, ONE_MINUS_SOURCE_ALPHA, ONE, ZERO = 0x0302, 0x0303, 1, 0
FUNC_ADD = 0x8006


@dataclass(frozen=True)
class Canvas:
    """What is drawn on, and from where it is seen.

    Attributes
    ----------
    view, projection : QMatrix4x4
        The maps from the item to the camera, and from there to the picture.
    pixels : (width, height)
        Of the picture, in pixels of the screen.
    ratio : float
        Pixels of the screen in a unit of widgets.
    """

    view: QMatrix4x4
    projection: QMatrix4x4
    pixels: tuple[int, int]
    ratio: float

    @cached_property
    def size(self) -> tuple[float, float]:
        """The size of the picture in the units of widgets."""
        width, height = self.pixels
        return width / self.ratio, height / self.ratio

    @cached_property
    def scale(self) -> float:
        """How much larger than in its own coordinates the item appears to the camera."""
        return float(abs(self.view.determinant()) ** (1.0 / 3.0))

    @cached_property
    def matrix(self) -> QMatrix4x4:
        """The map from the item to the picture."""
        return self.projection * self.view

    @cached_property
    def eye(self) -> QVector3D:
        """Where the camera stands, in the item's coordinates."""
        parallel = self.projection.row(3).w() > 0.5
        return self.view.inverted()[0].map(QVector3D(0.0, 0.0, FAR_EYE if parallel else 0.0))

    def moved(self, transform: QMatrix4x4) -> Canvas:
        """Return the canvas as an item sees it that is moved by `transform`."""
        return self if transform.isIdentity() else replace(self, view=self.view * transform)

    def uniforms(self) -> dict[str, Uniform]:
        """Return the uniforms that every shader of a scene has."""
        return {
            "view": self.view, "projection": self.projection, "viewport": QVector2D(*self.pixels), "unit": self.ratio,
        }  # fmt: skip


class SceneItem(GLGraphicsItem):
    """An item that makes its parts on the graphics card when it is first drawn, and anew in another context.

    Alone in any `GLViewWidget` it draws itself anew in every frame; on a `CachedLayer` it draws what is new.
    """

    failed = Signal(str)
    """It cannot be drawn: the driver's words, or that something went wrong."""

    def __init__(self) -> None:
        super().__init__()
        self._context: QOpenGLContext | None = None
        # Destroyed with its context, and so shows that the context is gone: the next one may have the same address and
        # the same Python wrapper.  A slot connected to `aboutToBeDestroyed` could be called while Python collects this.
        self._context_marker = QOpenGLVertexArrayObject()

    def make(self) -> None:
        """Make what it keeps on the graphics card."""
        raise NotImplementedError

    def unmake(self) -> None:
        """Free it, while its context is current."""
        raise NotImplementedError

    def prepare(self, canvas: Canvas) -> object:
        """Take in the changes since the last picture; return a state that differs where that picture is out of date.

        The state is only compared, so it may be of any type.
        """
        raise NotImplementedError

    def draw(self, canvas: Canvas, whole: bool) -> None:
        """Draw it, after `prepare`: the whole of it, or what is new on a picture that still holds."""
        raise NotImplementedError

    def release(self) -> None:
        """Free what it keeps on the graphics card; its context is current and about to be destroyed."""
        if self._context is not None:
            self._context = None
            self.unmake()

    def paint(self) -> None:
        """Draw it in the view that it was added to."""
        view = self.view()
        pixels = (view.deviceWidth(), view.deviceHeight())
        canvas = Canvas(self.modelViewMatrix(), self.projectionMatrix(), pixels, view.devicePixelRatioF())
        set_usual_state()
        try:
            self.ready()
            self.prepare(canvas)
            self.draw(canvas, whole=True)
        except Exception as error:
            self.fail(error)
        set_usual_state()

    def fail(self, error: Exception) -> None:
        """Emit once why it cannot be drawn, and draw it no more: the next frame would fail as well."""
        self.setVisible(False)
        if isinstance(error, OpenGLError):
            self.failed.emit(str(error))
            return
        sys.excepthook(type(error), error, error.__traceback__)
        self.failed.emit(f"something went wrong ({type(error).__name__}).")

    def ready(self) -> None:
        """Make what is not there in this context: a view that moves to another window may have another one then."""
        context = QOpenGLContext.currentContext()
        if context is not self._context or not self._context_marker.isCreated():
            self.make()
            self._context, self._context_marker = context, QOpenGLVertexArrayObject()
            self._context_marker.create()


def set_usual_state() -> None:
    """Set what other items may have changed to what ours rely on, and what ours change to what others expect."""
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
    """An item in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self._theme = theme
        self.update()
