"""The common face of our items: each keeps on the graphics card what it needs, as long as there is a context."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from PySide6.QtCore import Signal
from PySide6.QtGui import QMatrix4x4, QOpenGLContext, QVector2D, QVector3D

from gui.views.surface.resources import FIRST_TEXTURE, OpenGLError, functions

FAR_EYE = 1e4
"""How far away the eye of a parallel picture is said to stand: all its lines of sight are parallel then."""
DEPTH_TEST, STENCIL_TEST, BLEND, CULL_FACE = 0x0B71, 0x0B90, 0x0BE2, 0x0B44
LESS, LEQUAL, GREATER, NOTEQUAL = 0x0201, 0x0203, 0x0204, 0x0205
SOURCE_ALPHA, ONE_MINUS_SOURCE_ALPHA, ONE, ZERO = 0x0302, 0x0303, 1, 0


@dataclass(frozen=True)
class Canvas:
    """What is drawn on, and from where it is seen.

    Attributes
    ----------
    view, projection : QMatrix4x4
        The maps from the item to the camera, and from there to the picture.
    size : (width, height)
        Of the picture, in the units of widgets.
    ratio : float
        Pixels of the screen in such a unit.
    """

    view: QMatrix4x4
    projection: QMatrix4x4
    size: tuple[int, int]
    ratio: float

    @cached_property
    def pixels(self) -> tuple[int, int]:
        """The size of the picture in pixels of the screen."""
        width, height = (max(round(side * self.ratio), 1) for side in self.size)
        return width, height

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

    def uniforms(self) -> dict[str, object]:
        """Return what every shader of a scene is told."""
        return {
            "view": self.view, "projection": self.projection, "viewport": QVector2D(*self.pixels), "unit": self.ratio,
        }  # fmt: skip


class SceneItem(GLGraphicsItem):
    """An item that makes its parts on the graphics card when it is first drawn, and anew in another context.

    Alone in any `GLViewWidget` it draws itself anew in every frame; on a `KeptLayer` it draws what is new.
    """

    failed = Signal(str)
    """The driver refuses it: its words."""

    def __init__(self) -> None:
        super().__init__()
        self._context: QOpenGLContext | None = None

    def make(self) -> None:
        """Make what it keeps on the graphics card."""
        raise NotImplementedError

    def prepare(self, canvas: Canvas) -> object:
        """Take in what was told since the last picture; return what is different once that holds no longer."""
        raise NotImplementedError

    def draw(self, canvas: Canvas, whole: bool) -> None:
        """Draw it, after `prepare`: the whole of it, or what is new on a picture that still holds."""
        raise NotImplementedError

    def paint(self) -> None:
        """Draw it in the view that it was added to."""
        view = self.view()
        size, ratio = (view.width(), view.height()), view.devicePixelRatioF()
        canvas = Canvas(self.modelViewMatrix(), self.projectionMatrix(), size, ratio)
        try:
            self.ready()
            self.prepare(canvas)
            self.draw(canvas, whole=True)
        except OpenGLError as error:
            self.refuse(error)
        leave_as_found()

    def refuse(self, error: OpenGLError) -> None:
        """Say once that the driver refuses it, and draw it no more: the next frame would fail as well."""
        self.setVisible(False)
        self.failed.emit(str(error))

    def ready(self) -> None:
        """Make what is not there in this context: a view that moves to another window has another one then."""
        context = QOpenGLContext.currentContext()
        if context is not self._context:
            self.make()
            self._context = context


def leave_as_found() -> None:
    """Set what we change back to how other items expect it."""
    opengl = functions()
    opengl.glDepthFunc(LESS)
    opengl.glDepthMask(1)
    opengl.glDisable(STENCIL_TEST)
    opengl.glActiveTexture(FIRST_TEXTURE)
