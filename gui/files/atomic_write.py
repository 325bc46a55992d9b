"""A file is replaced whole or not at all: its new content is first written to a second file beside it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def atomic_write(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file at `path`; make its folder where there is none.

    Raises
    ------
    OSError
        Where that cannot be done; the file at `path` is then what it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # The number of the process keeps two programs from writing into the same temporary file.
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            # Some file systems carry out the renaming below before they store the content: after a loss of power the
            # old content would be gone, and the new file empty.
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
