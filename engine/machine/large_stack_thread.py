"""Threads with a stack large enough for LLVM's compiler, which overflows the 512 KiB that macOS gives a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

STACK_BYTES = 16 * 2**20


def start_large_stack_thread(work: Callable[[], object], name: str) -> threading.Thread:
    """Start `work` on a daemon thread, which ends with the program, and return the thread."""
    before = threading.stack_size(STACK_BYTES)
    try:
        thread = threading.Thread(target=work, name=name, daemon=True)
        thread.start()
    finally:
        threading.stack_size(before)
    return thread
