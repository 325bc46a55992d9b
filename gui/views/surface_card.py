"""What the 3-D view keeps on the graphics card: programs, buffers, textures and the canvas that is drawn on."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QMatrix4x4, QVector2D, QVector3D, QVector4D

from gui.views.surface_opengl import OpenGL

FLOAT, UNSIGNED_INT = 0x1406, 0x1405
TRIANGLES, TRIANGLE_STRIP = 0x0004, 0x0005
FLOAT_BYTES = 4
VERTEX_SHADER, FRAGMENT_SHADER, COMPILED, LINKED = 0x8B31, 0x8B30, 0x8B81, 0x8B82
ARRAY_BUFFER, ELEMENT_BUFFER, STATIC_DRAW, DYNAMIC_DRAW = 0x8892, 0x8893, 0x88E4, 0x88E8
TEXTURE, FIRST_TEXTURE, RGBA, RGBA32F = 0x0DE1, 0x84C0, 0x1908, 0x8814
SMALL_FILTER, LARGE_FILTER, WRAP_ACROSS, WRAP_UP, LINEAR, CLAMP = 0x2801, 0x2800, 0x2802, 0x2803, 0x2601, 0x812F
FRAMEBUFFER, READ_FROM, DRAW_TO, RENDERBUFFER, COMPLETE = 0x8D40, 0x8CA8, 0x8CA9, 0x8D41, 0x8CD5
COLOUR_PLACE, DEPTH_STENCIL_PLACE, RGBA8, DEPTH24_STENCIL8 = 0x8CE0, 0x821A, 0x8058, 0x88F0
COLOUR_BIT, NEAREST = 0x4000, 0x2600
BGRA, REVERSED_BYTES = 0x80E1, 0x8367
"""How OpenGL names the order in which Qt keeps a pixel."""
LOG_BYTES = 4096


class OpenGLError(RuntimeError):
    """What this graphics card's driver refuses."""


class Program:
    """A vertex and a fragment shader, and where their uniforms are."""

    def __init__(self, opengl: OpenGL, vertex: str, fragment: str) -> None:
        self._opengl = opengl
        self._program = opengl.CreateProgram()
        for kind, text in ((VERTEX_SHADER, vertex), (FRAGMENT_SHADER, fragment)):
            shader = opengl.CreateShader(kind)
            opengl.ShaderSource(shader, 1, ctypes.byref(ctypes.c_char_p(text.encode())), None)
            opengl.CompileShader(shader)
            self._check("Shader", shader, COMPILED)
            opengl.AttachShader(self._program, shader)
            opengl.DeleteShader(shader)
        opengl.LinkProgram(self._program)
        self._check("Program", self._program, LINKED)
        self._places: dict[str, int] = {}
        self._known: dict[str, object] = {}

    def bind(self) -> None:
        """Draw with this program from now on."""
        self._opengl.UseProgram(self._program)

    def set(self, **values: object) -> None:
        """Set uniforms of the bound program; names that its shaders do not use are passed over."""
        for name, value in values.items():
            if self._known.get(name) == value:
                continue
            self._known[name] = value
            place = self._places.get(name)
            if place is None:
                place = self._places[name] = self._opengl.GetUniformLocation(self._program, name.encode())
            if place >= 0:
                self._set(place, value)

    def drop(self) -> None:
        """Delete it."""
        self._opengl.DeleteProgram(self._program)

    def _set(self, place: int, value: object) -> None:
        opengl = self._opengl
        if isinstance(value, int):
            opengl.Uniform1i(place, value)
        elif isinstance(value, float):
            opengl.Uniform1f(place, value)
        elif isinstance(value, QMatrix4x4):
            opengl.UniformMatrix4fv(place, 1, 0, _reals(value.data()))
        elif isinstance(value, QVector2D | QVector3D | QVector4D):
            numbers = value.toTuple()
            getattr(opengl, f"Uniform{len(numbers)}fv")(place, 1, _reals(numbers))
        else:
            raise TypeError(f"no uniform is made of {value!r}")

    def _check(self, kind: str, number: int, question: int) -> None:
        answer, log = ctypes.c_int(), ctypes.create_string_buffer(LOG_BYTES)
        getattr(self._opengl, f"Get{kind}iv")(number, question, ctypes.byref(answer))
        if not answer.value:
            getattr(self._opengl, f"Get{kind}InfoLog")(number, LOG_BYTES, None, log)
            raise OpenGLError(log.value.decode(errors="replace"))


class Instances:
    """An array of float rows, one a stroke or a mark, each drawn as a square of four corners."""

    def __init__(self, opengl: OpenGL, widths: Sequence[int]) -> None:
        self._opengl = opengl
        self.count = 0
        self._buffer, self._array = opengl.make("Buffer"), opengl.make("VertexArray")
        opengl.BindVertexArray(self._array)
        opengl.BindBuffer(ARRAY_BUFFER, self._buffer)
        offset = 0
        for place, width in enumerate(widths):
            opengl.EnableVertexAttribArray(place)
            opengl.VertexAttribDivisor(place, 1)
            opengl.VertexAttribPointer(place, width, FLOAT, 0, FLOAT_BYTES * sum(widths), offset)
            offset += FLOAT_BYTES * width
        opengl.BindVertexArray(0)

    def upload(self, rows: NDArray[np.float32]) -> None:
        """Take over rows, float32 (n, sum of widths)."""
        self.count = len(rows)
        if not self.count:
            return
        packed = np.ascontiguousarray(rows)
        self._opengl.BindBuffer(ARRAY_BUFFER, self._buffer)
        self._opengl.BufferData(ARRAY_BUFFER, packed.nbytes, packed.ctypes.data, DYNAMIC_DRAW)

    def draw(self) -> None:
        """Draw them with the bound program."""
        if self.count:
            self._opengl.BindVertexArray(self._array)
            self._opengl.DrawArraysInstanced(TRIANGLE_STRIP, 0, 4, self.count)

    def drop(self) -> None:
        """Delete them."""
        self._opengl.drop("VertexArray", self._array)
        self._opengl.drop("Buffer", self._buffer)


class Mesh:
    """Triangles that never change."""

    def __init__(self, opengl: OpenGL, corners: NDArray[np.float32], triangles: NDArray[np.uint32]) -> None:
        self._opengl = opengl
        self._array = opengl.make("VertexArray")
        self._buffers = [opengl.make("Buffer") for _ in range(2)]
        opengl.BindVertexArray(self._array)
        for kind, buffer, data in zip((ARRAY_BUFFER, ELEMENT_BUFFER), self._buffers, (corners, triangles), strict=True):
            rows = np.ascontiguousarray(data)
            opengl.BindBuffer(kind, buffer)
            opengl.BufferData(kind, rows.nbytes, rows.ctypes.data, STATIC_DRAW)
        opengl.EnableVertexAttribArray(0)
        opengl.VertexAttribPointer(0, corners.shape[1], FLOAT, 0, FLOAT_BYTES * corners.shape[1], 0)
        opengl.BindVertexArray(0)

    def draw(self, first: int, count: int) -> None:
        """Draw `count` corners of triangles from number `first` on."""
        self._opengl.BindVertexArray(self._array)
        self._opengl.DrawElements(TRIANGLES, count, UNSIGNED_INT, FLOAT_BYTES * first)

    def drop(self) -> None:
        """Delete it."""
        self._opengl.drop("VertexArray", self._array)
        for buffer in self._buffers:
            self._opengl.drop("Buffer", buffer)


class FloatTexture:
    """Four floats a texel, interpolated in between, repeated beyond the edges."""

    def __init__(self, opengl: OpenGL) -> None:
        self._opengl = opengl
        self._texture = opengl.make("Texture")
        opengl.BindTexture(TEXTURE, self._texture)
        for setting in (SMALL_FILTER, LARGE_FILTER):
            opengl.TexParameteri(TEXTURE, setting, LINEAR)
        for setting in (WRAP_ACROSS, WRAP_UP):
            opengl.TexParameteri(TEXTURE, setting, CLAMP)

    def upload(self, data: NDArray[np.float32]) -> None:
        """Take over float32 (rows, columns, 4)."""
        texels = np.ascontiguousarray(data)
        rows, columns = texels.shape[:2]
        self._opengl.BindTexture(TEXTURE, self._texture)
        self._opengl.TexImage2D(TEXTURE, 0, RGBA32F, columns, rows, 0, RGBA, FLOAT, texels.ctypes.data)

    def bind(self, unit: int) -> None:
        """Let shaders read it as texture `unit`."""
        self._opengl.ActiveTexture(FIRST_TEXTURE + unit)
        self._opengl.BindTexture(TEXTURE, self._texture)

    def drop(self) -> None:
        """Delete it."""
        self._opengl.drop("Texture", self._texture)


class Canvas:
    """A picture to draw on, with depth and stencil, and with so many samples a pixel.

    What is drawn on its lower layer stays from frame to frame; `bind` lays a copy of it down for what is drawn on top.
    """

    def __init__(self, opengl: OpenGL, columns: int, rows: int, samples: int) -> None:
        self._opengl, self.size = opengl, (columns, rows)
        self._kept = _Framebuffer(opengl, columns, rows, samples)
        self._drawn = _Framebuffer(opengl, columns, rows, samples, self._kept.depth)
        self._read = _Framebuffer(opengl, columns, rows, 0) if samples else self._drawn

    def bind_kept(self) -> None:
        """Draw on the lower layer from now on."""
        self._opengl.BindFramebuffer(FRAMEBUFFER, self._kept.number)
        self._opengl.Viewport(0, 0, *self.size)

    def bind(self) -> None:
        """Draw on top of a copy of the lower layer from now on; depth and stencil are the same ones."""
        self._copy(self._kept, self._drawn)
        self._opengl.BindFramebuffer(FRAMEBUFFER, self._drawn.number)
        self._opengl.Viewport(0, 0, *self.size)

    def pixels(self) -> NDArray[np.uint32]:
        """Return what was drawn, bottom row first: uint32 (rows, columns), 0xAARRGGBB."""
        opengl, (columns, rows) = self._opengl, self.size
        if self._read is not self._drawn:
            self._copy(self._drawn, self._read)
            opengl.BindFramebuffer(FRAMEBUFFER, self._read.number)
        pixels = np.empty((rows, columns), np.uint32)
        opengl.Finish()
        opengl.ReadPixels(0, 0, columns, rows, BGRA, REVERSED_BYTES, pixels.ctypes.data)
        return pixels

    def drop(self) -> None:
        """Delete it."""
        for buffer in {self._kept, self._drawn, self._read}:
            buffer.drop()

    def _copy(self, source: _Framebuffer, target: _Framebuffer) -> None:
        opengl, (columns, rows) = self._opengl, self.size
        opengl.BindFramebuffer(READ_FROM, source.number)
        opengl.BindFramebuffer(DRAW_TO, target.number)
        opengl.BlitFramebuffer(0, 0, columns, rows, 0, 0, columns, rows, COLOUR_BIT, NEAREST)


class _Framebuffer:
    """Colour, and depth and stencil, its own or another's."""

    def __init__(self, opengl: OpenGL, columns: int, rows: int, samples: int, depth: int | None = None) -> None:
        self._opengl = opengl
        self.number = opengl.make("Framebuffer")
        opengl.BindFramebuffer(FRAMEBUFFER, self.number)
        self._owned: list[int] = []
        self._attach(COLOUR_PLACE, self._make(columns, rows, samples, RGBA8))
        self.depth = depth if depth is not None else self._make(columns, rows, samples, DEPTH24_STENCIL8)
        self._attach(DEPTH_STENCIL_PLACE, self.depth)
        if opengl.CheckFramebufferStatus(FRAMEBUFFER) != COMPLETE:
            raise OpenGLError(f"a picture of {columns} x {rows} pixels is refused")

    def drop(self) -> None:
        self._opengl.drop("Framebuffer", self.number)
        for part in self._owned:
            self._opengl.drop("Renderbuffer", part)

    def _make(self, columns: int, rows: int, samples: int, form: int) -> int:
        part = self._opengl.make("Renderbuffer")
        self._owned.append(part)
        self._opengl.BindRenderbuffer(RENDERBUFFER, part)
        self._opengl.RenderbufferStorageMultisample(RENDERBUFFER, samples, form, columns, rows)
        return part

    def _attach(self, place: int, part: int) -> None:
        self._opengl.FramebufferRenderbuffer(FRAMEBUFFER, place, RENDERBUFFER, part)


def _reals(values: Sequence[float]) -> ctypes.Array[ctypes.c_float]:
    return (ctypes.c_float * len(values))(*values)
