"""Calls of machine code by its address: what drivers reach the code of typed texts by.

Each function here is plain Python, for a driver that is run without being compiled; `engine.compiled.intrinsics` tells
Numba what to write in its place.
"""

from __future__ import annotations

import ctypes


def call(address: int, arguments: tuple[int, ...]) -> int:
    """Call ``int64 f(int64, ...)`` at `address`; whoever passes the address keeps the code alive."""
    return int(ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_int64] * len(arguments))(address)(*arguments))


def call_for_nothing(address: int, arguments: tuple[int, ...]) -> None:
    """Call ``void f(int64, ...)`` at `address`."""
    ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * len(arguments))(address)(*arguments)
