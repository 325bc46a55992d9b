"""The OpenGL that the 3-D view needs: its version and format, and whether this display has it."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext, QSurfaceFormat

OPENGL_VERSION = (3, 3)
"""The oldest version that draws instances; every macOS offers it too."""
DEPTH_BITS, STENCIL_BITS = 24, 8
SAMPLES = 4
"""Samples for each pixel on a graphics card; in software they would make a frame three times as slow."""
SOFTWARE_RENDERERS = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "gdi generic")
RENDERER = 0x1F01
WITHOUT_OPENGL = ("offscreen", "minimal", "")
"""Qt platforms without a screen, on which the request for an OpenGL context may end the process."""
PYOPENGL_PLATFORM = "PYOPENGL_PLATFORM"


def surface_format(samples: int = 0) -> QSurfaceFormat:
    """Return the surface format of the 3-D view, with `samples` samples for each pixel."""
    form = QSurfaceFormat()
    form.setVersion(*OPENGL_VERSION)
    form.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    form.setDepthBufferSize(DEPTH_BITS)
    form.setStencilBufferSize(STENCIL_BITS)
    form.setSamples(samples)
    return form


def share_contexts() -> None:
    """Let all 3-D views share their objects on the graphics card; call it before the application is created.

    Otherwise a view may stay blank after it was moved to another window or its neighbour was deleted.  macOS shares
    objects only between contexts of the same profile, so the format becomes the default of all contexts.
    """
    QSurfaceFormat.setDefaultFormat(surface_format())
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


def load_pyqtgraph_opengl() -> None:
    """Import pyqtgraph's 3-D part; call it after the application was created.

    pyqtgraph draws through PyOpenGL, which chooses its OpenGL library on the first import, so the environment variable
    must be set before.  PyOpenGL's check for errors after every call is off: it takes a quarter of the slowest frames.
    """
    if PYOPENGL_PLATFORM not in os.environ and (way := _way_of(QGuiApplication.platformName())):
        os.environ[PYOPENGL_PLATFORM] = way
    import OpenGL

    OpenGL.ERROR_CHECKING = False
    import pyqtgraph.opengl  # noqa: F401


def _way_of(platform: str) -> str:
    """Return PyOpenGL's name of the library through which Qt makes contexts; "" where PyOpenGL finds it itself."""
    if platform.startswith("wayland") or platform == "eglfs":
        return "egl"
    if platform == "xcb":
        return "egl" if os.environ.get("QT_XCB_GL_INTEGRATION") == "xcb_egl" else "glx"
    return ""


def opengl_available() -> bool:
    """Return whether this display has an OpenGL that the 3-D view can use."""
    return bool(renderer_name())


def renderer_name() -> str:
    """Return OpenGL's name of its renderer, such as "llvmpipe (LLVM 15.0.6, 256 bits)"; "" without a usable OpenGL."""
    if QGuiApplication.platformName() in WITHOUT_OPENGL:
        return ""
    surface, context = QOffscreenSurface(), QOpenGLContext()
    for part in (surface, context):
        part.setFormat(surface_format())
    surface.create()
    if not (context.create() and context.makeCurrent(surface)):
        return ""
    suits = not context.isOpenGLES() and tuple(context.format().version()) >= OPENGL_VERSION
    name = str(context.functions().glGetString(RENDERER)) if suits else ""
    context.doneCurrent()
    return name


def in_software(name: str) -> bool:
    """Return whether the renderer of this name draws without a graphics card."""
    return any(software in name.lower() for software in SOFTWARE_RENDERERS)
