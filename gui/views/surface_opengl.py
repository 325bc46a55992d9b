"""The OpenGL functions that the 3-D view calls; those that may take long are called without Python's lock.

Qt's own would hold up the window while they wait for the graphics card.  Without the lock for every little call,
though, each would have to wait for it anew, and a frame makes a hundred.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable

from PySide6.QtGui import QOpenGLContext

INT, NUMBER, SIZE, REAL, POINTER = ctypes.c_int, ctypes.c_uint, ctypes.c_ssize_t, ctypes.c_float, ctypes.c_void_p
TEXT, REALS = ctypes.c_char_p, ctypes.POINTER(ctypes.c_float)

SIGNATURES: dict[str, tuple[object, ...]] = {
    "ActiveTexture": (None, NUMBER),
    "AttachShader": (None, NUMBER, NUMBER),
    "BindBuffer": (None, NUMBER, NUMBER),
    "BindFramebuffer": (None, NUMBER, NUMBER),
    "BindRenderbuffer": (None, NUMBER, NUMBER),
    "BindTexture": (None, NUMBER, NUMBER),
    "BindVertexArray": (None, NUMBER),
    "BlendFuncSeparate": (None, NUMBER, NUMBER, NUMBER, NUMBER),
    "BlitFramebuffer": (None, *[INT] * 8, NUMBER, NUMBER),
    "BufferData": (None, NUMBER, SIZE, POINTER, NUMBER),
    "CheckFramebufferStatus": (NUMBER, NUMBER),
    "Clear": (None, NUMBER),
    "ClearColor": (None, REAL, REAL, REAL, REAL),
    "CompileShader": (None, NUMBER),
    "CreateProgram": (NUMBER,),
    "CreateShader": (NUMBER, NUMBER),
    "DeleteBuffers": (None, INT, POINTER),
    "DeleteFramebuffers": (None, INT, POINTER),
    "DeleteProgram": (None, NUMBER),
    "DeleteRenderbuffers": (None, INT, POINTER),
    "DeleteShader": (None, NUMBER),
    "DeleteTextures": (None, INT, POINTER),
    "DeleteVertexArrays": (None, INT, POINTER),
    "DepthFunc": (None, NUMBER),
    "DepthMask": (None, ctypes.c_ubyte),
    "Disable": (None, NUMBER),
    "DrawArraysInstanced": (None, NUMBER, INT, INT, INT),
    "DrawElements": (None, NUMBER, INT, NUMBER, POINTER),
    "Enable": (None, NUMBER),
    "EnableVertexAttribArray": (None, NUMBER),
    "Finish": (None,),
    "Flush": (None,),
    "FramebufferRenderbuffer": (None, NUMBER, NUMBER, NUMBER, NUMBER),
    "GenBuffers": (None, INT, POINTER),
    "GenFramebuffers": (None, INT, POINTER),
    "GenRenderbuffers": (None, INT, POINTER),
    "GenTextures": (None, INT, POINTER),
    "GenVertexArrays": (None, INT, POINTER),
    "GetProgramInfoLog": (None, NUMBER, INT, POINTER, POINTER),
    "GetProgramiv": (None, NUMBER, NUMBER, POINTER),
    "GetShaderInfoLog": (None, NUMBER, INT, POINTER, POINTER),
    "GetShaderiv": (None, NUMBER, NUMBER, POINTER),
    "GetString": (TEXT, NUMBER),
    "GetUniformLocation": (INT, NUMBER, TEXT),
    "LinkProgram": (None, NUMBER),
    "ReadPixels": (None, *[INT] * 4, NUMBER, NUMBER, POINTER),
    "RenderbufferStorageMultisample": (None, NUMBER, INT, NUMBER, INT, INT),
    "ShaderSource": (None, NUMBER, INT, ctypes.POINTER(TEXT), POINTER),
    "StencilFunc": (None, NUMBER, INT, NUMBER),
    "StencilMask": (None, NUMBER),
    "StencilOp": (None, NUMBER, NUMBER, NUMBER),
    "TexImage2D": (None, NUMBER, INT, INT, INT, INT, INT, NUMBER, NUMBER, POINTER),
    "TexParameteri": (None, NUMBER, NUMBER, INT),
    "Uniform1f": (None, INT, REAL),
    "Uniform1i": (None, INT, INT),
    "Uniform2fv": (None, INT, INT, REALS),
    "Uniform3fv": (None, INT, INT, REALS),
    "Uniform4fv": (None, INT, INT, REALS),
    "UniformMatrix4fv": (None, INT, INT, ctypes.c_ubyte, REALS),
    "UseProgram": (None, NUMBER),
    "VertexAttribDivisor": (None, NUMBER, NUMBER),
    "VertexAttribPointer": (None, NUMBER, INT, NUMBER, ctypes.c_ubyte, INT, POINTER),
    "Viewport": (None, INT, INT, INT, INT),
}
"""By its name without "gl": what a function returns, and what it takes."""


LONG = frozenset({
    "BlitFramebuffer", "Clear", "CompileShader", "DrawArraysInstanced", "DrawElements", "Finish", "Flush",
    "LinkProgram", "ReadPixels", "RenderbufferStorageMultisample", "TexImage2D",
})  # fmt: skip
"""What draws, moves or makes much, or waits for it."""


class OpenGL:
    """The functions of the context that is current, as `opengl.DrawArraysInstanced` and so on.

    Raises
    ------
    RuntimeError
        Where the driver lacks one.
    """

    def __init__(self, context: QOpenGLContext) -> None:
        self._functions = {name: _function(context, name, signature) for name, signature in SIGNATURES.items()}

    def __getattr__(self, name: str) -> Callable[..., object]:
        try:
            return self._functions[name]
        except KeyError:
            raise AttributeError(f"OpenGL.{name} has no row in SIGNATURES") from None

    def make(self, kind: str) -> int:
        """Return the number of a new object, such as a "Buffer"."""
        number = ctypes.c_uint()
        self._functions[f"Gen{kind}s"](1, ctypes.byref(number))
        return number.value

    def drop(self, kind: str, number: int) -> None:
        """Delete an object."""
        self._functions[f"Delete{kind}s"](1, ctypes.byref(ctypes.c_uint(number)))


def _function(context: QOpenGLContext, name: str, signature: tuple[object, ...]) -> Callable[..., object]:
    address = int(context.getProcAddress(f"gl{name}".encode()))
    if not address:
        raise RuntimeError(f"This graphics driver has no gl{name}.")
    kind = ctypes.CFUNCTYPE if name in LONG else ctypes.PYFUNCTYPE
    return kind(*signature)(address)  # type: ignore[arg-type]
