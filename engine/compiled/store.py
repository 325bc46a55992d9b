"""The folder of object code: what is read from it is what was written, or it is nothing.

Object code that is damaged would end the process.  So every file begins with a check sum of the rest, and one that
does not match is as good as none.  Files appear whole, by renaming, whoever else writes at the same time.  Where the
folder cannot be written, nothing is kept, and every process compiles for itself.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import platformdirs

FOLDER = "DERBY_CACHE"
"""The environment variable that names another folder."""
SUFFIX = ".object"
CHECK_BYTES = hashlib.sha256().digest_size
STALE_DAYS = 30
"""Object code of former versions is removed once it has not been used for so long."""
SECONDS_A_DAY = 86_400


def folder() -> Path:
    """Return the folder of object code, whether it exists or not."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else platformdirs.user_cache_path("descent-derby", appauthor=False)


def kept(name: str, fingerprint: str) -> bytes | None:
    """Return the object code that was kept under a fingerprint, or None."""
    path = path_of(name, fingerprint)
    try:
        content = path.read_bytes()
    except OSError:
        return None
    check, data = content[:CHECK_BYTES], content[CHECK_BYTES:]
    if hashlib.sha256(data).digest() != check:
        return None
    with suppress(OSError):
        os.utime(path)
    return data


def keep(name: str, fingerprint: str, data: bytes) -> bool:
    """Keep object code under a fingerprint; return whether that could be done."""
    path = path_of(name, fingerprint)
    draft = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(data).digest() + data)
        os.replace(draft, path)
    except OSError:
        if draft is not None:
            with suppress(OSError):
                os.unlink(draft)
        return False
    for stale in _stale(path.parent):
        with suppress(OSError):
            stale.unlink()
    return True


def can_keep() -> bool:
    """Return whether the folder of object code can be written; it is made if need be."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder()):
            return True
    except OSError:
        return False


def kept_files() -> tuple[int, int]:
    """Return how many files of object code there are, of former versions too, and their bytes together."""
    sizes = []
    with suppress(OSError):
        for path in folder().glob(f"*{SUFFIX}"):
            with suppress(OSError):
                sizes.append(path.stat().st_size)
    return len(sizes), sum(sizes)


def path_of(name: str, fingerprint: str) -> Path:
    """Return where object code is kept under a fingerprint."""
    return folder() / f"{name}-{fingerprint}{SUFFIX}"


def _stale(parent: Path) -> Iterator[Path]:
    """Yield the files that nobody has read or written for `STALE_DAYS`."""
    oldest = time.time() - STALE_DAYS * SECONDS_A_DAY
    for path in parent.iterdir():
        with suppress(OSError):
            if path.suffix in (SUFFIX, ".draft") and path.stat().st_mtime < oldest:
                yield path
