"""A file is replaced whole or not at all: it is written beside its place first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """Give a place to write to; what was written takes the place of `path`, unless something went wrong.

    Raises
    ------
    OSError
        Where that cannot be; then the file is what it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # The name is of this process alone: two windows must not write into one another's draft.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        yield draft
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
