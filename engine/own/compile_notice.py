"""Notifies a person who waits at a keyboard that Numba is compiling their function."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SILENT_S = 1.0
"""Shorter waits are not mentioned."""


@contextmanager
def notify_if_slow(name: str) -> Iterator[None]:
    """Print on stderr that the function `name` is being compiled, if that takes longer than `SILENT_S`.

    Nothing is printed where nobody would read it.
    """
    if not _is_watched():
        yield
        return
    timer = threading.Timer(SILENT_S, _print, [name])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _is_watched() -> bool:
    """Return whether a person waits for this thread: the main one of a notebook, a shell or a program in a terminal.

    The window compiles on other threads, and shows that in its status line.
    """
    at_a_prompt = hasattr(sys, "ps1")
    in_a_terminal = sys.stderr is not None and sys.stderr.isatty()
    return threading.current_thread() is threading.main_thread() and (at_a_prompt or in_a_terminal)


def _print(name: str) -> None:
    print(f'Numba is compiling "{name}". This can take a while ...', file=sys.stderr, flush=True)
