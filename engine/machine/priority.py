"""Work that can wait gives way to the threads that draw the window and run the race."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

LOWER = 10
"""On the scale of `nice`, from 0 to 19."""
USUAL = 0


def give_way() -> None:
    """Lower the priority of this thread, where a system has one for each thread."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWER)


def niceness() -> int:
    """Return the priority of this thread, on the scale of `nice`; 0 where threads have none of their own."""
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) if sys.platform == "linux" else USUAL
