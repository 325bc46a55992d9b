"""Keeps memory that nobody needs small: few heaps, of which what is free goes back to the system from time to time."""

from __future__ import annotations

import ctypes
import gc
import sys

from PySide6.QtCore import QObject, QTimer

from gui.background.free_memory import trim_heap

M_ARENA_MAX = -8
"""The number of a setting in glibc's <malloc.h>."""
ARENAS = 2
"""Heaps, of which each keeps free blocks of its own; by default glibc makes one for nearly every thread."""
TRIM_INTERVAL_MS = 10_000
"""The time between two returns of free memory.  To return large blocks as soon as they are freed would be dear: the
pages of an image of the contour view, of which there are many a second, take 1 ms to come back."""


def limit_heaps() -> bool:
    """Limit how many heaps the C library has; return whether it has such a setting.

    Must be called before threads start.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    # Other C libraries have no such function, or one without effect.
    return mallopt is not None and bool(mallopt(M_ARENA_MAX, ARENAS))


class HeapTrimmer(QTimer):
    """Gives free memory back to the system every `TRIM_INTERVAL_MS`.

    Without it the process keeps a quarter of a gigabyte after two minutes of use.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, interval=TRIM_INTERVAL_MS)
        self.timeout.connect(self._give_back)
        self.start()

    def _give_back(self) -> None:
        # Thirty views that were closed minutes ago hold tens of megabytes in cycles of old objects, for which nobody
        # else looks before some hundred thousand objects have been made.
        gc.collect()
        trim_heap()
