"""A sentence for whoever sits and waits until Numba has compiled a function of theirs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SILENT_S = 1.0
"""A wait that needs no word."""


@contextmanager
def told_if_long(name: str) -> Iterator[None]:
    """Say on stderr that the function `name` is being compiled, once that takes longer than `SILENT_S`.

    Nothing is said where nobody would read it.
    """
    if not _is_read():
        yield
        return
    timer = threading.Timer(SILENT_S, _tell, [name])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _is_read() -> bool:
    """Tell whether a person waits for this thread: the main one of a notebook, a shell or a program in a terminal.

    The window compiles on other threads, and tells of it itself.
    """
    at_a_prompt = hasattr(sys, "ps1")
    in_a_terminal = sys.stderr is not None and sys.stderr.isatty()
    return threading.current_thread() is threading.main_thread() and (at_a_prompt or in_a_terminal)


def _tell(name: str) -> None:
    print(f"Numba is compiling `{name}`. This can take a while ...", file=sys.stderr, flush=True)
