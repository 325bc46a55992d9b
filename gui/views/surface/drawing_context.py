"""One OpenGL context in which many views draw, because a context for each view would take much memory.

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
"""The places of a framebuffer for colour, depth and stencil."""
OBJECT_TYPE, OBJECT_NAME = 0x8CD0, 0x8CD1
TEXTURE_TYPE, TEXTURE, RENDERBUFFER = 0x1702, 0x0DE1, 0x8D41


class DrawingContext:
    """A context that is made with the first view that draws in it, and ends with its owner.

    Parameters
    ----------
    owner : QObject
        Which holds the views.  Left to Python, the context might outlive the application, and end the process then.
    """

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._context: QOpenGLContext | None = None
        self._surface: QOffscreenSurface | None = None
        self._framebuffer = 0

    @contextmanager
    def current(self, view: QOpenGLWidget) -> Iterator[bool]:
        """Make it current, and then the context of `view` again; give whether the two share what they draw with."""
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
        """Draw here on a framebuffer of the context of `view`, which is current; give its name in this context.

        Where the two contexts do not share, the context of the view stays the current one.
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
            # Anew for every picture: after a resize the same name may belong to another texture.
            for place, kind, name in attached:
                if kind == TEXTURE_TYPE:
                    opengl.glFramebufferTexture2D(FRAMEBUFFER, place, TEXTURE, name, 0)
                else:
                    opengl.glFramebufferRenderbuffer(FRAMEBUFFER, place, RENDERBUFFER, name)
            try:
                yield self._framebuffer
            finally:
                # Other contexts read the picture next and do not wait for this one.
                opengl.glFinish()

    def _make(self, context: QOpenGLContext) -> bool:
        """Make the context where there is none yet; return whether it shares with the one of a view."""
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
    """Return the type or the name of what is attached to the bound framebuffer.

    By PyOpenGL: PySide6 does not give back what this function writes.
    """
    # Not before the application is there: PyOpenGL decides when it is imported how OpenGL is reached.
    from OpenGL import GL

    return int(GL.glGetFramebufferAttachmentParameteriv(FRAMEBUFFER, place, what))


def _new_framebuffer() -> int:
    """Return the name of a new framebuffer; by PyOpenGL for the same reason."""
    from OpenGL import GL

    return int(GL.glGenFramebuffers(1))
