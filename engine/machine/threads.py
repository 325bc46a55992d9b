"""Work shared out among the processor's cores: whoever is free takes the next part.

The helpers stay, because starting a thread takes as long as working through a hundred thousand points.  Who asks works
too, and waits for nobody who has not begun: where other programs keep all other cores busy, nothing is lost.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

T = TypeVar("T")


def parallel_for(work: Callable[[T], object], parts: Sequence[T]) -> None:
    """Carry out `work` on each of `parts`, in any order, on this thread and the helpers; return when all are done."""
    waiting = deque(parts)

    def go_on() -> None:
        while True:
            try:
                part = waiting.popleft()
            except IndexError:
                return
            work(part)

    helpers = min(_cores(), len(parts)) - 1
    asked = [_helpers().submit(go_on) for _ in range(helpers)]
    try:
        go_on()
    finally:
        for helper in asked:
            if not helper.cancel():
                helper.result()


def _cores() -> int:
    return os.cpu_count() or 1


@cache
def _helpers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max(_cores() - 1, 1), "helper")
