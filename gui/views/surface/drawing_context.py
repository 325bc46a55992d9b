"""A common OpenGL context in which many views draw, because a context for each view would take much memory.

Qt gives each 3-D view a context of its own, and Mesa's software renderer compiles every program anew in every context,
which takes about 8 MB for the programs of a landscape.  So the views of a grid draw in one common context.  Contexts
that share cannot share framebuffers, but they share the textures and buffers that are attached to framebuffers: in the
common context, one framebuffer gets the attachments of the view that is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject
from PySide6.QtGui import QOffscreenSurface, QOpenGLContext
from PySide6.QtOpenGLWidgets import QOpenGLWidget

from gui.views.surface.items.gl_objects import FRAMEBUFFER, functions

ATTACHMENTS = 0x8CE0, 0x8D00, 0x8D20
"""Attachment points of a framebuffer for colour, depth and stencil."""
OBJECT_TYPE, OBJECT_NAME = 0x8CD0, 0x8CD1
TEXTURE_TYPE, TEXTURE, RENDERBUFFER = 0x1702, 0x0DE1, 0x8D41


class DrawingContext:
    """A context that is created with the first view that draws in it and deleted with its owner.

    Parameters
    ----------
    owner : QObject
        The parent of the views.  Owned by Python, the context might outlive the application, which ends the process.
    """

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._context: QOpenGLContext | None = None
        self._surface: QOffscreenSurface | None = None
        self._framebuffer = 0

    @contextmanager
    def current(self, view: QOpenGLWidget) -> Iterator[bool]:
        """Make the common context current, and afterwards that of `view`; yield whether the two share objects."""
        shares = self._make(view.context())
        try:
            if shares and self._context is not None and self._surface is not None:
                self._context.makeCurrent(self._surface)
            yield shares
        finally:
            if shares:
                view.makeCurrent()

    @contextmanager
    def drawing_on(self, view: QOpenGLWidget, framebuffer: int) -> Iterator[int]:
        """Make the common context current, to draw on a framebuffer of `view`; yield its name in the current context.

        The context of `view` must be current.  If the two contexts do not share objects, it stays so.
        """
        functions().glBindFramebuffer(FRAMEBUFFER, framebuffer)
        attached = [(place, *(_ask(place, what) for what in (OBJECT_TYPE, OBJECT_NAME))) for place in ATTACHMENTS]
        with self.current(view) as shares:
            if not shares:
                yield framebuffer
                return
            if not self._framebuffer:
                self._framebuffer = _new_framebuffer()
            opengl = functions()
            opengl.glBindFramebuffer(FRAMEBUFFER, self._framebuffer)
            # Attached again for every picture, because after a resize the same name may belong to another texture.
            for place, kind, name in attached:
                if kind == TEXTURE_TYPE:
                    opengl.glFramebufferTexture2D(FRAMEBUFFER, place, TEXTURE, name, 0)
                else:
                    opengl.glFramebufferRenderbuffer(FRAMEBUFFER, place, RENDERBUFFER, name)
            try:
                yield self._framebuffer
            finally:
                # Finish, because the view's context reads the picture next and does not wait for this context.
                opengl.glFinish()

    def _make(self, context: QOpenGLContext) -> bool:
        """Create the common context if there is none; return whether it shares objects with `context`."""
        if self._context is None:
            self._surface, made = QOffscreenSurface(None, self._owner), QOpenGLContext(self._owner)
            self._surface.setFormat(context.format())
            self._surface.create()
            made.setFormat(context.format())
            made.setShareContext(context)
            made.create()
            self._context = made
        return self._context.isValid() and QOpenGLContext.areSharing(self._context, context)


def _ask(place: int, what: int) -> int:
    """Return the type or the name of the attachment of the bound framebuffer at `place`.

    It calls PyOpenGL, because PySide6's function returns nothing.
    """
    # Imported here, after the application was created, because PyOpenGL chooses its OpenGL library on its import.
    from OpenGL import GL

    return int(GL.glGetFramebufferAttachmentParameteriv(FRAMEBUFFER, place, what))


def _new_framebuffer() -> int:
    """Return the name of a new framebuffer; through PyOpenGL for the reason given in `_ask`."""
    from OpenGL import GL

    return int(GL.glGenFramebuffers(1))
