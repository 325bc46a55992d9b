"""Draws scenes with OpenGL off the screen, on a thread of its own, and hands pictures over.

A widget that OpenGL draws into would make Qt compose the whole window anew for every frame, whatever changed, and
would hold the window up while it draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QOffscreenSurface, QOpenGLContext, QSurfaceFormat

from gui.views.painting import painting
from gui.views.surface_axes import AxesPainter
from gui.views.surface_card import Canvas, OpenGLError
from gui.views.surface_ground import MESH, SOFTWARE_MESH
from gui.views.surface_opengl import OpenGL
from gui.views.surface_painter import ScenePainter
from gui.views.surface_scene import Scene
from gui.views.worker import Worker

OPENGL_VERSION = (3, 3)
"""The oldest that draws instances; newer ones, and every macOS, have it."""
SAMPLES = 4
"""Samples a pixel on a graphics card; in software they would make a frame three times as slow."""
SOFTWARE_RENDERERS = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "gdi generic")
RENDERER = 0x1F01
MARGIN_PX = 24.0


def surface_format() -> QSurfaceFormat:
    """Return what the 3-D view asks of OpenGL."""
    form = QSurfaceFormat()
    form.setVersion(*OPENGL_VERSION)
    form.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    return form


def opengl_available() -> bool:
    """Tell whether this display has the OpenGL we need."""
    return bool(renderer_name())


def renderer_name() -> str:
    """Return what draws OpenGL here, such as "llvmpipe (LLVM 15.0.6, 256 bits)"; "" where nothing does."""
    # Asked for a context, a platform without a screen may end the process.
    if QGuiApplication.platformName() in ("offscreen", "minimal", ""):
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


@dataclass(frozen=True, eq=False)
class Picture:
    """An image, and the scene it shows."""

    image: QImage
    scene: Scene


class SurfaceRenderer:
    """The thread that draws."""

    def __init__(self) -> None:
        # Qt wants these made on the window's thread.
        surface, context = QOffscreenSurface(), QOpenGLContext()
        for part in (surface, context):
            part.setFormat(surface_format())
        surface.create()
        context.create()
        self._studio = _Studio(surface, context)
        self._worker = Worker("3-D view", self._studio.open, self._studio.close, moved=context)

    def draw(self, scene: Scene, take: Callable[[object], None]) -> None:
        """Have a scene drawn, and its `Picture` handed to `take`; a scene that waits is dropped for it."""
        studio = self._studio
        self._worker.ask("scene", lambda: Picture(studio.picture(scene), scene), take)

    def end(self) -> None:
        """End the thread, and drop what lives on the graphics card."""
        self._worker.end()


class _Studio:
    """What the drawing thread alone touches: the context and what was made in it."""

    def __init__(self, surface: QOffscreenSurface, context: QOpenGLContext) -> None:
        self._surface, self._context = surface, context
        self._painter: ScenePainter | None = None
        self._canvas: Canvas | None = None
        self._refusal = ""
        self._axes, self._axes_key = QImage(), object()

    def open(self) -> None:
        """Make what draws, or a sentence where the driver refuses."""
        try:
            self._open()
        except RuntimeError as error:
            self._refusal = f"The 3-D view cannot be drawn here: {error}"

    def _open(self) -> None:
        if not self._context.makeCurrent(self._surface):
            raise OpenGLError("the display gives no OpenGL context.")
        self._opengl = OpenGL(self._context)
        without_card = in_software(self._opengl.GetString(RENDERER).decode())
        self._samples = 0 if without_card else SAMPLES
        self._painter = ScenePainter(self._opengl, SOFTWARE_MESH if without_card else MESH)

    def close(self) -> None:
        """Drop everything while the context is there."""
        if self._painter is not None:
            self._painter.drop()
        if self._canvas is not None:
            self._canvas.drop()
        self._context.doneCurrent()

    def picture(self, scene: Scene) -> QImage:
        """Return a scene as a picture."""
        if self._painter is None:
            return self._refused(scene)
        columns, rows = size = scene.pixels().toTuple()
        if self._canvas is None or self._canvas.size != size:
            if self._canvas is not None:
                self._canvas.drop()
            self._canvas = Canvas(self._opengl, columns, rows, self._samples)
        self._painter.draw_kept(scene, self._canvas)
        self._paint_axes(scene)
        self._painter.draw_on_top(scene, self._canvas)
        pixels = self._canvas.pixels()
        upside_down = QImage(pixels.data, columns, rows, pixels.strides[0], QImage.Format.Format_RGB32)
        image = upside_down.flipped(Qt.Orientation.Vertical)
        image.setDevicePixelRatio(scene.ratio)
        with painting(image) as painter:
            painter.drawImage(0, 0, self._axes)
        return image

    def _refused(self, scene: Scene) -> QImage:
        """Return the sentence as a picture."""
        image = QImage(scene.pixels(), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scene.ratio)
        image.fill(QColor(scene.theme.window))
        with painting(image) as painter:
            painter.setPen(QColor(scene.theme.muted))
            painter.setFont(scene.font)
            place = QRectF(0.0, 0.0, *scene.size).adjusted(MARGIN_PX, 0.0, -MARGIN_PX, 0.0)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._refusal)
        return image

    def _paint_axes(self, scene: Scene) -> None:
        """Paint the numbers that lie over a scene, where camera or landscape changed; none without a terrain."""
        terrain = scene.terrain
        if terrain is None:
            self._axes, self._axes_key = QImage(), object()
            return
        key = (scene.camera, scene.size, scene.ratio, terrain.number, scene.theme.name, scene.font.key())
        if key != self._axes_key:
            self._axes_key, self._axes = key, QImage(scene.pixels(), QImage.Format.Format_ARGB32_Premultiplied)
            self._axes.setDevicePixelRatio(scene.ratio)
            self._axes.fill(Qt.GlobalColor.transparent)
            matrix = scene.projection * scene.view
            with painting(self._axes) as painter:
                axes = AxesPainter(painter, matrix, scene.size, scene.theme, scene.font)
                axes.paint(terrain, scene.camera.eye())


def in_software(name: str) -> bool:
    """Tell whether what OpenGL calls `name` draws without a graphics card."""
    return any(software in name.lower() for software in SOFTWARE_RENDERERS)
