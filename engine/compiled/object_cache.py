"""The cache of object code: a folder from which either exactly what was saved is loaded, or nothing.

Running damaged object code would end the process.  So every file begins with a checksum of the rest, and a file whose
checksum does not match counts as missing.  A file is written under another name and then renamed, so nobody reads it
half-written, even where several processes write at the same time.  Where the folder cannot be written, nothing is
saved, and every process compiles for itself.
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

FOLDER_VARIABLE = "DERBY_CACHE"
"""The environment variable with which a person chooses another folder."""
SUFFIX = ".object"
CHECK_BYTES = hashlib.sha256().digest_size
STALE_DAYS = 30
"""A file that was not used for so long is removed: it is mostly of a former version."""
SECONDS_A_DAY = 86_400


def folder() -> Path:
    """Return the folder, whether it exists or not."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else platformdirs.user_cache_path("descent-derby", appauthor=False)


def load(name: str, fingerprint: str) -> bytes | None:
    """Return the object code that was saved under a fingerprint, or None."""
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


def save(name: str, fingerprint: str, data: bytes) -> bool:
    """Save object code under a fingerprint; return whether that was possible."""
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


def is_writable() -> bool:
    """Return whether the folder can be written; it is created if it does not exist."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder()):
            return True
    except OSError:
        return False


def count_and_bytes() -> tuple[int, int]:
    """Return the number of files, those of former versions too, and their size in bytes."""
    sizes = []
    with suppress(OSError):
        for path in folder().glob(f"*{SUFFIX}"):
            with suppress(OSError):
                sizes.append(path.stat().st_size)
    return len(sizes), sum(sizes)


def path_of(name: str, fingerprint: str) -> Path:
    """Return the path of the object code under a fingerprint."""
    return folder() / f"{name}-{fingerprint}{SUFFIX}"


def _stale(parent: Path) -> Iterator[Path]:
    """Yield the files that were neither read nor written for `STALE_DAYS`."""
    oldest = time.time() - STALE_DAYS * SECONDS_A_DAY
    for path in parent.iterdir():
        with suppress(OSError):
            if path.suffix in (SUFFIX, ".draft") and path.stat().st_mtime < oldest:
                yield path
