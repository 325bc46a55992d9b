"""Runs a function over parts on all cores: each thread that is free takes the next part.

The worker threads stay alive, because starting a thread takes as long as evaluating a hundred thousand points.  The
calling thread works too, and cancels workers that have not begun: so where other programs keep the other cores busy, a
call takes no longer than on one thread.  The workers of a thread that gives way give way too.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from engine.machine.priority import niceness

T = TypeVar("T")


def parallel_for(work: Callable[[T], object], parts: Sequence[T]) -> None:
    """Call `work` on each of `parts`, in any order, on this thread and the workers; return when all calls are done."""
    waiting = deque(parts)

    def take_parts() -> None:
        while True:
            try:
                part = waiting.popleft()
            except IndexError:
                return
            work(part)

    workers = min(_cores(), len(parts)) - 1
    pool = _pool(niceness())
    submitted = [pool.submit(take_parts) for _ in range(workers)]
    try:
        take_parts()
    finally:
        for future in submitted:
            if not future.cancel():
                future.result()


@cache
def _cores() -> int:
    # Cached, since the system is asked in a file, which takes as long as stepping a thousand members.
    return os.cpu_count() or 1


@cache
def _pool(niceness: int) -> ThreadPoolExecutor:
    """Return the workers of the threads with a priority: each has that of the thread that starts it."""
    return ThreadPoolExecutor(max(_cores() - 1, 1), "worker")
