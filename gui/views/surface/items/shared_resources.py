"""The objects that many 3-D views share: compiled shader programs, the texels of their terrain, and their cameras."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property

import shiboken6
from PySide6.QtGui import QOpenGLContext, QOpenGLContextGroup

from gui.views.opengl import SAMPLES, in_software, renderer_name
from gui.views.surface.camera import Camera
from gui.views.surface.items.gl_objects import Program
from gui.views.surface.items.ground_mesh import Texels, texels

MOST_CAMERAS = 8
"""So many are remembered: views side by side ask for the home camera and for that of now, of one size or two."""


class SharedResources:
    """Shader programs, texels and cameras that are found once for all views.

    A driver compiles a program when it first draws with it; in software that takes longer than drawing many pictures.
    """

    def __init__(self) -> None:
        self._group: QOpenGLContextGroup | None = None
        self._programs: dict[tuple[str, str], Program] = {}
        self._users = 0
        self._heights: Texels | None = None
        self._texels: Texels | None = None
        self._cameras: dict[Hashable, Camera] = {}

    @cached_property
    def in_software(self) -> bool:
        """Whether OpenGL runs without a graphics card; cached, since the query takes as long as several pictures."""
        return in_software(renderer_name())

    @property
    def samples(self) -> int:
        """Samples for each pixel: several on a graphics card, none in software."""
        return 0 if self.in_software else SAMPLES

    def join(self) -> None:
        """Register a view."""
        self._users += 1

    def leave(self) -> None:
        """Unregister a view; the last one frees the programs, so its context must be current."""
        self._users -= 1
        if not self._users:
            self._forget()

    def program(self, vertex: str, fragment: str) -> Program:
        """Return the program of two shaders, for all contexts that share objects with the current one.

        Raises
        ------
        OpenGLError
            If the driver refuses a shader.
        """
        group = QOpenGLContext.currentContext().shareGroup()
        if not _is_same(self._group, group):
            self._group, self._programs = group, {}
        if (vertex, fragment) not in self._programs:
            self._programs[vertex, fragment] = Program(vertex, fragment)
        return self._programs[vertex, fragment]

    def texels_of(self, heights: Texels) -> Texels:
        """Return the texels of heights; the last result is cached, because all views show the same terrain."""
        if self._texels is None or heights is not self._heights:
            self._heights, self._texels = heights, texels(heights)
        return self._texels

    def camera_of(self, key: Hashable, find: Callable[[], Camera]) -> Camera:
        """Return what `find` returns; the last results are remembered, because all views ask for the same."""
        if key not in self._cameras:
            if len(self._cameras) == MOST_CAMERAS:
                del self._cameras[next(iter(self._cameras))]
            self._cameras[key] = find()
        return self._cameras[key]

    def _forget(self) -> None:
        self._group, self._programs = None, {}


def _is_same(known: QOpenGLContextGroup | None, group: QOpenGLContextGroup) -> bool:
    """Return whether the stored group of contexts still exists and is `group`."""
    if known is None or not shiboken6.isValid(known):
        return False
    return shiboken6.getCppPointer(known) == shiboken6.getCppPointer(group)
