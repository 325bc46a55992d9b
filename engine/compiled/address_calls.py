"""Calls of machine code by its address: so drivers call the code of typed texts.

These functions are plain Python, for a driver that runs uncompiled; `engine.compiled.intrinsics` gives Numba the code
that it compiles instead.
"""

from __future__ import annotations

import ctypes


def call_integer(address: int, arguments: tuple[int, ...]) -> int:
    """Call ``int64 f(int64, ...)`` at `address`; the caller must keep the code alive."""
    return int(ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_int64] * len(arguments))(address)(*arguments))


def call_void(address: int, arguments: tuple[int, ...]) -> None:
    """Call ``void f(int64, ...)`` at `address`."""
    ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * len(arguments))(address)(*arguments)
