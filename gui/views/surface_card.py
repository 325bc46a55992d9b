"""What the 3-D view keeps on the graphics card: programs, buffers and textures, through Qt's own OpenGL functions.

Its end is told explicitly: Python would drop these objects at any moment, and without their context that ends the
process.  Qt's functions follow whatever platform Qt runs on; a second OpenGL binding would have to guess it.
"""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtGui import QOffscreenSurface, QOpenGLContext, QOpenGLExtraFunctions
from PySide6.QtOpenGL import (
    QOpenGLBuffer,
    QOpenGLShader,
    QOpenGLShaderProgram,
    QOpenGLTexture,
    QOpenGLVertexArrayObject,
)
from shiboken6 import VoidPtr

Part = TypeVar("Part")

FLOAT, UNSIGNED_INT = 0x1406, 0x1405
TRIANGLES, TRIANGLE_STRIP = 0x0004, 0x0005
FLOAT_BYTES = 4


class ShaderError(RuntimeError):
    """A shader that this graphics card's driver refuses."""


class Holding:
    """Everything that was made in one context, dropped before that context ends, or the program."""

    def __init__(self, context: QOpenGLContext) -> None:
        self._context: QOpenGLContext | None = context
        self._parts: list[object] = []
        # The widget that the context belongs to may be half gone by then: a surface of our own.
        self._surface = QOffscreenSurface()
        self._surface.setFormat(context.format())
        self._surface.create()
        # Not the bound method, which the signal would hold weakly: this object may outlive the view.
        context.aboutToBeDestroyed.connect(lambda: self.release())
        atexit.register(self.release)

    @property
    def functions(self) -> QOpenGLExtraFunctions:
        """The OpenGL functions of the context that is current.

        Not to be kept: they die with the context, and Python would then take what follows at their address for them.
        """
        return QOpenGLContext.currentContext().extraFunctions()

    def keep(self, part: Part) -> Part:
        """Return `part`, an object of Qt's, after noting that it is dropped with the others."""
        self._parts.append(part)
        return part

    def drop(self, part: object) -> None:
        """Drop one part now, with the context current."""
        self._parts.remove(part)
        shiboken6.delete(part)

    def release(self) -> None:
        """Drop everything; a second time does nothing."""
        atexit.unregister(self.release)
        (parts, self._parts), (context, self._context) = (self._parts, []), (self._context, None)
        if context is None or not shiboken6.isValid(context):
            return
        current = QOpenGLContext.currentContext()
        before = current.surface() if current is not None else None
        if context.makeCurrent(self._surface):
            for part in parts:
                shiboken6.delete(part)
            context.doneCurrent()
        if current is not None:
            current.makeCurrent(before)


class Program:
    """A vertex and a fragment shader, and where their uniforms are."""

    def __init__(self, holding: Holding, vertex: str, fragment: str) -> None:
        self._program = holding.keep(QOpenGLShaderProgram())
        parts = ((QOpenGLShader.ShaderTypeBit.Vertex, vertex), (QOpenGLShader.ShaderTypeBit.Fragment, fragment))
        for kind, text in parts:
            if not self._program.addShaderFromSourceCode(kind, text):
                raise ShaderError(self._program.log())
        if not self._program.link():
            raise ShaderError(self._program.log())
        self._places: dict[str, int] = {}

    def bind(self) -> None:
        """Draw with this program from now on."""
        self._program.bind()

    def set(self, **values: object) -> None:
        """Set uniforms of the bound program; names that its shaders do not use are passed over."""
        for name, value in values.items():
            place = self._places.get(name)
            if place is None:
                place = self._places[name] = self._program.uniformLocation(name)
            if place < 0:
                continue
            if isinstance(value, float):
                self._program.setUniformValue1f(place, value)
            elif isinstance(value, int):
                self._program.setUniformValue1i(place, value)
            else:
                self._program.setUniformValue(place, value)


class Instances:
    """A growing array of float rows, one a segment or a mark, each drawn as a square of four corners."""

    def __init__(self, holding: Holding, widths: Sequence[int]) -> None:
        functions = holding.functions
        self._bytes = FLOAT_BYTES * sum(widths)
        self._capacity = 0
        self.count = 0
        self._buffer = holding.keep(QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer))
        self._buffer.create()
        self._buffer.setUsagePattern(QOpenGLBuffer.UsagePattern.DynamicDraw)
        self._array = holding.keep(QOpenGLVertexArrayObject())
        self._array.create()
        self._array.bind()
        self._buffer.bind()
        offset = 0
        for place, width in enumerate(widths):
            functions.glEnableVertexAttribArray(place)
            functions.glVertexAttribPointer(place, width, FLOAT, 0, self._bytes, VoidPtr(offset))
            functions.glVertexAttribDivisor(place, 1)
            offset += FLOAT_BYTES * width
        self._array.release()
        self._buffer.release()

    def upload(self, rows: NDArray[np.float32], unchanged: int = 0) -> None:
        """Take over rows, float32 (n, sum of widths), the first `unchanged` of which are there already."""
        self.count = len(rows)
        self._buffer.bind()
        if self.count > self._capacity:
            self._capacity, unchanged = 2 * self.count, 0
            self._buffer.allocate(self._capacity * self._bytes)
        if self.count > unchanged:
            fresh = np.ascontiguousarray(rows[unchanged:])
            self._buffer.write(unchanged * self._bytes, fresh, fresh.nbytes)
        self._buffer.release()

    def draw(self, functions: QOpenGLExtraFunctions) -> None:
        """Draw all of them with the bound program."""
        if self.count:
            self._array.bind()
            functions.glDrawArraysInstanced(TRIANGLE_STRIP, 0, 4, self.count)
            self._array.release()


class Mesh:
    """Triangles that never change."""

    def __init__(self, holding: Holding, corners: NDArray[np.float32], triangles: NDArray[np.uint32]) -> None:
        functions = holding.functions
        self._array = holding.keep(QOpenGLVertexArrayObject())
        self._array.create()
        self._array.bind()
        self._corners = holding.keep(QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer))
        self._triangles = holding.keep(QOpenGLBuffer(QOpenGLBuffer.Type.IndexBuffer))
        for buffer, data in ((self._corners, corners), (self._triangles, triangles)):
            buffer.create()
            buffer.bind()
            buffer.allocate(np.ascontiguousarray(data), data.nbytes)
        functions.glEnableVertexAttribArray(0)
        functions.glVertexAttribPointer(0, corners.shape[1], FLOAT, 0, FLOAT_BYTES * corners.shape[1], VoidPtr(0))
        self._array.release()

    def draw(self, functions: QOpenGLExtraFunctions, first: int, count: int) -> None:
        """Draw `count` corners of triangles from number `first` on."""
        self._array.bind()
        functions.glDrawElements(TRIANGLES, count, UNSIGNED_INT, VoidPtr(FLOAT_BYTES * first))
        self._array.release()


class FloatTexture:
    """Four floats a texel, interpolated in between, repeated beyond the edges."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        self._texture: QOpenGLTexture | None = None
        self._shape: tuple[int, ...] = ()

    def upload(self, data: NDArray[np.float32]) -> None:
        """Take over float32 (rows, columns, 4)."""
        if self._texture is None or data.shape != self._shape:
            self._texture = self._make(data.shape[1], data.shape[0])
            self._shape = data.shape
        pixels = np.ascontiguousarray(data)
        address = VoidPtr(pixels.ctypes.data)
        self._texture.setData(QOpenGLTexture.PixelFormat.RGBA, QOpenGLTexture.PixelType.Float32, address)

    def bind(self, unit: int) -> None:
        """Let shaders read it as texture `unit`."""
        if self._texture is not None:
            self._texture.bind(unit)

    def _make(self, columns: int, rows: int) -> QOpenGLTexture:
        if self._texture is not None:
            self._holding.drop(self._texture)
        texture = self._holding.keep(QOpenGLTexture(QOpenGLTexture.Target.Target2D))
        texture.setFormat(QOpenGLTexture.TextureFormat.RGBA32F)
        texture.setSize(columns, rows)
        texture.setMipLevels(1)
        texture.allocateStorage(QOpenGLTexture.PixelFormat.RGBA, QOpenGLTexture.PixelType.Float32)
        texture.setMinMagFilters(QOpenGLTexture.Filter.Linear, QOpenGLTexture.Filter.Linear)
        texture.setWrapMode(QOpenGLTexture.WrapMode.ClampToEdge)
        return texture
