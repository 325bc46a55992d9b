"""What the 3-D view asks of OpenGL, and whether this display has it."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext, QSurfaceFormat

OPENGL_VERSION = (3, 3)
"""The oldest that draws instances; newer ones, and every macOS, have it."""
DEPTH_BITS, STENCIL_BITS = 24, 8
SAMPLES = 4
"""Samples a pixel on a graphics card; in software they would make a frame three times as slow."""
SOFTWARE_RENDERERS = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "gdi generic")
RENDERER = 0x1F01
WITHOUT_OPENGL = ("offscreen", "minimal", "")
"""Platforms without a screen: asked for a context, they may end the process."""
PYOPENGL_PLATFORM = "PYOPENGL_PLATFORM"


def surface_format(samples: int = 0) -> QSurfaceFormat:
    """Return what the 3-D view asks of OpenGL, with so many samples a pixel."""
    form = QSurfaceFormat()
    form.setVersion(*OPENGL_VERSION)
    form.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    form.setDepthBufferSize(DEPTH_BITS)
    form.setStencilBufferSize(STENCIL_BITS)
    form.setSamples(samples)
    return form


def share_contexts() -> None:
    """Let all 3-D views share what they keep on the graphics card; before the application is made.

    Otherwise a view that is moved to another window, or whose neighbour goes, may stay blank.  macOS shares between
    contexts of one profile only, and so the profile is everybody's.
    """
    QSurfaceFormat.setDefaultFormat(surface_format())
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


def load_pyqtgraph_opengl() -> None:
    """Import pyqtgraph's 3-D part; after the application was made.

    It draws through PyOpenGL, which decides when it is first imported how to reach OpenGL, and checks for errors after
    every call unless it is told not to, which takes a quarter of the time of the slowest frames.
    """
    if PYOPENGL_PLATFORM not in os.environ and (way := _way_of(QGuiApplication.platformName())):
        os.environ[PYOPENGL_PLATFORM] = way
    import OpenGL

    OpenGL.ERROR_CHECKING = False
    import pyqtgraph.opengl  # noqa: F401


def _way_of(platform: str) -> str:
    """Return by what PyOpenGL reaches the contexts that Qt makes on a platform; "" where it knows itself."""
    if platform.startswith("wayland") or platform == "eglfs":
        return "egl"
    if platform == "xcb":
        return "egl" if os.environ.get("QT_XCB_GL_INTEGRATION") == "xcb_egl" else "glx"
    return ""


def opengl_available() -> bool:
    """Return whether this display has the OpenGL we need."""
    return bool(renderer_name())


def renderer_name() -> str:
    """Return what draws OpenGL here, such as "llvmpipe (LLVM 15.0.6, 256 bits)"; "" where nothing does."""
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
    """Return whether what OpenGL calls `name` draws without a graphics card."""
    return any(software in name.lower() for software in SOFTWARE_RENDERERS)
