"""Starts Descent Derby."""

import contextlib
import gc
import os
import sys
from typing import NoReturn

# What modules make stays, and the collector would look through it again and again: a tenth of the start.
gc.disable()

from gui.shell.command_line import main  # noqa: E402


def start() -> NoReturn:
    """Do what the command line says, and end the process."""
    gc.freeze()
    gc.enable()
    leave(main(sys.argv[1:]))


def leave(status: int) -> NoReturn:
    """End the process at once: all is saved, and Python would take what Qt made apart in no order that Qt can bear."""
    for stream in (sys.stdout, sys.stderr):
        # A program without a terminal has none, and one whose reader has left cannot write.
        with contextlib.suppress(AttributeError, OSError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    start()
