"""A thread in which LLVM may compile: it needs more than the 512 KiB of stack that macOS gives a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

STACK_BYTES = 16 * 2**20


def start_deep_thread(work: Callable[[], object], name: str) -> threading.Thread:
    """Start `work` on a thread of its own that ends with the program, and return it."""
    before = threading.stack_size(STACK_BYTES)
    try:
        thread = threading.Thread(target=work, name=name, daemon=True)
        thread.start()
    finally:
        threading.stack_size(before)
    return thread
