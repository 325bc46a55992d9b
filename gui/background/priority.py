"""A worker whose work can wait gives way to the threads that draw the window and run the race."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

LOWER = 10
"""On the scale of `nice`, from 0 to 19."""


def give_way() -> None:
    """Lower the priority of this thread, where a system has one for each thread."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWER)
