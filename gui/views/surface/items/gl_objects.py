"""Objects on the graphics card that the items of a scene use: programs, buffers, framebuffers and textures.

Python may delete these objects at any time, in any order and without a current context: Qt frees the OpenGL objects
that they wrap the next time a context of the same group is current, or with the group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QMatrix4x4,
    QOpenGLContext,
    QOpenGLExtraFunctions,
    QVector2D,
    QVector3D,
    QVector4D,
)
from PySide6.QtOpenGL import (
    QOpenGLBuffer,
    QOpenGLFramebufferObject,
    QOpenGLFramebufferObjectFormat,
    QOpenGLShader,
    QOpenGLShaderProgram,
    QOpenGLVertexArrayObject,
)
from shiboken6 import VoidPtr

FLOAT, UNSIGNED_INT = 0x1406, 0x1405
TRIANGLES, TRIANGLE_STRIP = 0x0004, 0x0005
FLOAT_BYTES = 4
CORNERS, SQUARE = 4, np.array([0, 1, 2, 2, 1, 3], np.uint32)
"""Corners of a square, and the two triangles that make it."""
TEXTURE, FIRST_TEXTURE, RGBA, RGBA8, RGBA32F, UNSIGNED_BYTE = 0x0DE1, 0x84C0, 0x1908, 0x8058, 0x8814, 0x1401
SMALL_FILTER, LARGE_FILTER, WRAP_ACROSS, WRAP_UP, LINEAR, CLAMP = 0x2801, 0x2800, 0x2802, 0x2803, 0x2601, 0x812F
FRAMEBUFFER, FRAMEBUFFER_BINDING = 0x8D40, 0x8CA6
REFUSED_SIZE = "a picture of {} x {} pixels is refused."
SHADERS = (QOpenGLShader.ShaderTypeBit.Vertex, QOpenGLShader.ShaderTypeBit.Fragment)


Uniform: TypeAlias = int | float | QMatrix4x4 | QVector2D | QVector3D | QVector4D


class OpenGLError(RuntimeError):
    """The graphics driver refuses a shader or a framebuffer."""


def functions() -> QOpenGLExtraFunctions:
    """Return the OpenGL functions of the current context."""
    return QOpenGLContext.currentContext().extraFunctions()


def pointer(target: int | memoryview) -> Any:
    """Return an offset or an address in the form that PySide6's OpenGL functions accept.

    PySide6 declares these arguments as int, but glDrawElements refuses 0 and only a `VoidPtr` is taken everywhere.
    """
    return VoidPtr(cast(int, target))


class Program:
    """A program of a vertex and a fragment shader.

    Raises
    ------
    OpenGLError
        If the driver refuses a shader; the message is the driver's.
    """

    def __init__(self, vertex: str, fragment: str) -> None:
        self._program = QOpenGLShaderProgram()
        added = all(
            self._program.addShaderFromSourceCode(kind, text)
            for kind, text in zip(SHADERS, (vertex, fragment), strict=True)
        )
        if not (added and self._program.link()):
            raise OpenGLError(self._program.log().strip() or "its shaders are refused.")
        self._places: dict[str, int] = {}
        self._known: dict[str, Any] = {}

    def bind(self) -> None:
        """Make this the program that draws."""
        self._program.bind()

    def release(self) -> None:
        """End drawing with this program."""
        self._program.release()

    def set(self, **values: Uniform) -> None:
        """Set uniforms of the program, which must be bound; names that its shaders do not use are ignored."""
        for name, value in values.items():
            if self._known.get(name) == value:
                continue
            self._known[name] = value
            place = self._places.get(name)
            if place is None:
                place = self._places[name] = self._program.uniformLocation(name)
            if place >= 0:
                self._set(place, value)

    def _set(self, place: int, value: Uniform) -> None:
        if isinstance(value, int):
            self._program.setUniformValue1i(place, value)
        elif isinstance(value, float):
            self._program.setUniformValue1f(place, value)
        else:
            self._program.setUniformValue(place, value)


class Instances:
    """An array of float rows, one for each stroke or mark; each row is drawn as a square of four corners.

    `widths` are the numbers of floats of the shader's inputs, which a row holds one after the other.
    """

    def __init__(self, widths: Sequence[int]) -> None:
        self.count = 0
        self._buffer, self._array = QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer), QOpenGLVertexArrayObject()
        self._buffer.setUsagePattern(QOpenGLBuffer.UsagePattern.DynamicDraw)
        _make(self._array, self._buffer)
        _describe(widths)
        for place in range(len(widths)):
            functions().glVertexAttribDivisor(place, 1)
        self._array.release()

    def upload(self, rows: NDArray[np.float32]) -> None:
        """Replace the rows by these, float32 (n, sum of widths)."""
        self.count = len(rows)
        if self.count:
            self._buffer.bind()
            _fill(self._buffer, rows)

    def draw(self) -> None:
        """Draw the rows with the bound program."""
        if self.count:
            self._array.bind()
            functions().glDrawArraysInstanced(TRIANGLE_STRIP, 0, 4, self.count)
            self._array.release()


class Squares:
    """Float rows that seldom change, each drawn as a square of four corners; `widths` are as in `Instances`.

    A renderer without a graphics card takes instances one by one, which costs several times as much as these squares in
    one piece; but their upload costs four times as much, so what changes in every frame is better off as instances.
    """

    def __init__(self, widths: Sequence[int]) -> None:
        self.count = 0
        self._array = QOpenGLVertexArrayObject()
        self._corners = QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer)
        self._triangles = QOpenGLBuffer(QOpenGLBuffer.Type.IndexBuffer)
        _make(self._array, self._corners, self._triangles)
        _describe(widths)
        self._array.release()

    def upload(self, rows: NDArray[np.float32]) -> None:
        """Replace the rows by these, float32 (n, sum of widths)."""
        self.count = len(rows)
        if self.count:
            self._array.bind()
            self._corners.bind()
            _fill(self._corners, np.repeat(rows, CORNERS, axis=0))
            _fill(self._triangles, np.arange(self.count, dtype=np.uint32)[:, None] * np.uint32(CORNERS) + SQUARE)
            self._array.release()

    def draw(self) -> None:
        """Draw the rows with the bound program."""
        if self.count:
            self._array.bind()
            functions().glDrawElements(TRIANGLES, SQUARE.size * self.count, UNSIGNED_INT, pointer(0))
            self._array.release()


class Mesh:
    """A mesh of triangles that never changes: corners float32 (n, width), three corner numbers for each triangle."""

    def __init__(self, corners: NDArray[np.float32], triangles: NDArray[np.uint32]) -> None:
        self._array = QOpenGLVertexArrayObject()
        self._corners = QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer)
        self._triangles = QOpenGLBuffer(QOpenGLBuffer.Type.IndexBuffer)
        _make(self._array, self._corners, self._triangles)
        _fill(self._corners, corners)
        _fill(self._triangles, triangles)
        _describe([corners.shape[1]])
        self._array.release()

    def draw(self, first: int, count: int) -> None:
        """Draw triangles: `count` of the corner numbers, from number `first` on."""
        self._array.bind()
        functions().glDrawElements(TRIANGLES, count, UNSIGNED_INT, pointer(FLOAT_BYTES * first))
        self._array.release()


class FullScreenTriangle:
    """One triangle that covers the whole picture; its corners are in the shader."""

    def __init__(self) -> None:
        self._array = QOpenGLVertexArrayObject()
        self._array.create()

    def draw(self) -> None:
        """Draw the triangle with the bound program."""
        self._array.bind()
        functions().glDrawArrays(TRIANGLES, 0, 3)
        self._array.release()


def framebuffer(pixels: tuple[int, int], samples: int) -> QOpenGLFramebufferObject:
    """Return a framebuffer with depth and stencil, of `pixels` (width, height), with `samples` samples for each pixel.

    Raises
    ------
    OpenGLError
        If the driver refuses this size.
    """
    form = QOpenGLFramebufferObjectFormat()
    form.setAttachment(QOpenGLFramebufferObject.Attachment.CombinedDepthStencil)
    form.setSamples(samples)
    buffer = QOpenGLFramebufferObject(QSize(*pixels), form)
    if not buffer.isValid():
        raise OpenGLError(REFUSED_SIZE.format(*pixels))
    return buffer


class RenderTarget:
    """A framebuffer with depth and stencil that items draw on instead of the view's."""

    def __init__(self) -> None:
        self._buffer: QOpenGLFramebufferObject | None = None

    @property
    def handle(self) -> int:
        """The framebuffer's name in OpenGL, 0 before there is one."""
        return self._buffer.handle() if self._buffer is not None else 0

    def bind(self, pixels: tuple[int, int], samples: int) -> bool:
        """Bind a framebuffer of this size, creating it if the size has changed; return whether it is a new one.

        Raises
        ------
        OpenGLError
            If the driver refuses this size.
        """
        new = self._buffer is None or self._buffer.size().toTuple() != pixels
        if new:
            # The old one is freed first, because there may be no memory for two.
            self._buffer = None
            self._buffer = framebuffer(pixels, samples)
        if self._buffer is None or not self._buffer.bind():
            raise OpenGLError(REFUSED_SIZE.format(*pixels))
        functions().glViewport(0, 0, *pixels)
        return new


class Texture:
    """A texture of four floats or bytes for each texel, with linear interpolation; beyond its edges it is constant."""

    def __init__(self) -> None:
        # A framebuffer object, because it is the only class of Qt with a texture that may be deleted in any context or
        # without one.
        self._buffer: QOpenGLFramebufferObject | None = None

    def upload(self, data: NDArray[np.float32] | NDArray[np.uint8]) -> None:
        """Replace the texels by these, float32 or uint8 (rows, columns, 4)."""
        texels = np.ascontiguousarray(data)
        rows, columns = texels.shape[:2]
        kept, given = (RGBA32F, FLOAT) if texels.dtype == np.float32 else (RGBA8, UNSIGNED_BYTE)
        if self._buffer is None or self._buffer.size().toTuple() != (columns, rows):
            self._buffer = self._made(columns, rows, kept)
        self.bind(0)
        functions().glTexSubImage2D(TEXTURE, 0, 0, 0, columns, rows, RGBA, given, pointer(texels.data))

    def bind(self, unit: int) -> None:
        """Bind the texture to texture unit `unit`, from which shaders read it."""
        functions().glActiveTexture(FIRST_TEXTURE + unit)
        functions().glBindTexture(TEXTURE, self._buffer.texture() if self._buffer is not None else 0)

    def _made(self, columns: int, rows: int, kept: int) -> QOpenGLFramebufferObject:
        form, opengl = QOpenGLFramebufferObjectFormat(), functions()
        form.setInternalTextureFormat(kept)
        bound = opengl.glGetIntegerv(FRAMEBUFFER_BINDING)
        assert isinstance(bound, int), "it is one number"
        buffer = QOpenGLFramebufferObject(QSize(columns, rows), form)
        opengl.glBindFramebuffer(FRAMEBUFFER, bound)
        opengl.glBindTexture(TEXTURE, buffer.texture())
        for setting in (SMALL_FILTER, LARGE_FILTER):
            opengl.glTexParameteri(TEXTURE, setting, LINEAR)
        for setting in (WRAP_ACROSS, WRAP_UP):
            opengl.glTexParameteri(TEXTURE, setting, CLAMP)
        return buffer


def _make(array: QOpenGLVertexArrayObject, *buffers: QOpenGLBuffer) -> None:
    """Create a vertex array and its buffers, and bind them."""
    array.create()
    array.bind()
    for buffer in buffers:
        buffer.create()
        buffer.bind()


def _describe(widths: Sequence[int]) -> None:
    """Have the bound vertex array read rows of the bound buffer, with so many floats for each input of a shader."""
    opengl, offset = functions(), 0
    for place, width in enumerate(widths):
        opengl.glEnableVertexAttribArray(place)
        opengl.glVertexAttribPointer(place, width, FLOAT, 0, FLOAT_BYTES * sum(widths), pointer(offset))
        offset += FLOAT_BYTES * width


def _fill(buffer: QOpenGLBuffer, rows: NDArray[np.float32] | NDArray[np.uint32]) -> None:
    packed = np.ascontiguousarray(rows)
    buffer.allocate(pointer(packed.data), packed.nbytes)
