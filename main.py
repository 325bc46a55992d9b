"""Starts Descent Derby."""

import contextlib
import os
import sys

from gui.shell.command_line import main


def leave(status: int) -> None:
    """End the process at once: all is saved, and Python would take what Qt made apart in no order that Qt can bear."""
    for stream in (sys.stdout, sys.stderr):
        # A program without a terminal has none, and one whose reader has left cannot write.
        with contextlib.suppress(AttributeError, OSError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
