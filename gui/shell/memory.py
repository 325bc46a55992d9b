"""Keeps the C library from holding on to memory that the program has given back."""

from __future__ import annotations

import ctypes
import sys

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""How <malloc.h> of glibc numbers the two settings."""
LARGE_BYTES = 2**20
"""Pieces from this size on are given back to the system at once: samples and pictures of a landscape are such pieces.
By itself glibc raises this limit to the largest piece that was ever given back, and keeps all smaller ones."""
ARENAS = 2
"""Heaps, of which each keeps its own free pieces; by itself glibc makes one for nearly every thread."""


def give_back_soon() -> bool:
    """Set how much free memory this process keeps; tell whether the C library can be told.

    Must come before there are threads.  Without it two minutes of use hold a quarter of a gigabyte that nobody needs.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    # Other C libraries than glibc have no such function, or one that takes no notice.
    return mallopt is not None and bool(mallopt(M_MMAP_THRESHOLD, LARGE_BYTES) and mallopt(M_ARENA_MAX, ARENAS))
