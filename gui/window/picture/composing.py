"""Paints a widget and everything in it into an image, with as many pixels in a unit as are wanted.

Qt paints texts and lines anew at any ratio, but copies the pixels of a 3-D view from the framebuffer that it has on the
screen; so each 3-D view is drawn again, and what lies over it is painted again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from gui.look.theme import Theme
from gui.window.picture.moment import PictureError

if TYPE_CHECKING:
    from gui.views.surface.view import SurfaceView

NO_MEMORY = "There is no memory for a picture of {:,} × {:,} pixels; choose a smaller size."
NO_OPENGL = "OpenGL draws no picture of {:,} × {:,} pixels here; choose a smaller size."


def compose(
    widget: QWidget, surfaces: Sequence[SurfaceView], theme: Theme, pixels: QSize, ratio: float
) -> QImage:  # fmt: skip
    """Return the picture of a widget.

    Parameters
    ----------
    surfaces : sequence of SurfaceView
        The 3-D views in it.
    pixels : QSize
        The size of the picture.
    ratio : float
        Its pixels in a unit of the widget.

    Raises
    ------
    PictureError
        Where it is too large for the memory or for OpenGL.
    """
    image = QImage(pixels, QImage.Format.Format_RGB32)
    if image.isNull():
        raise PictureError(NO_MEMORY.format(pixels.width(), pixels.height()))
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.window))
    widget.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    for surface in surfaces:
        if surface.isVisible():
            _draw_surface(image, widget, surface, ratio)
    return image


def _draw_surface(image: QImage, widget: QWidget, surface: SurfaceView, ratio: float) -> None:
    """Draw a 3-D view, and the controls that lie over it."""
    # Imported here, since only 3-D views that are drawn need OpenGL.
    from gui.views.surface.items.gl_objects import OpenGLError

    try:
        picture = surface.picture(ratio)
    except (OpenGLError, MemoryError):
        raise PictureError(NO_OPENGL.format(image.width(), image.height())) from None
    painter = QPainter(image)
    painter.drawImage(surface.mapTo(widget, QPoint()), picture)
    painter.end()
    parent = surface.parentWidget()
    siblings = parent.children() if parent is not None else []
    for above in siblings[siblings.index(surface) + 1 :] if parent is not None else []:
        if isinstance(above, QWidget) and above.isVisible() and above.geometry().intersects(surface.geometry()):
            above.render(image, above.mapTo(widget, QPoint()), QRegion(), QWidget.RenderFlag.DrawChildren)
