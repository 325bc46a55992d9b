"""Where a running program keeps its session: a second copy of the program must not write over that of the first."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile

from gui.files.folders import unsaved_folder

WRITING_S = 60.0
"""No file takes longer to be written; a draft that is older was left by a process that was killed."""
DRAFT = re.compile(r"\.json\.(\d+)\Z")
"""How `gui.files.atomic_write.atomic_write` calls the files that it writes first; the number is that of a process."""
NO_NAME = re.compile(r"[^\w .()-]")
"""What some systems do not have in the names of files."""
COPY = ".copy-"
"""In the names of the sessions of further copies of the program, before the number of the process."""


class SessionPlace:
    """The file of this process for its session, locked for as long as it runs.

    Attributes
    ----------
    path : Path
        The file.
    source : Path
        The file to begin with: that of the first copy of the program, which may be running.
    is_copy : bool
        Whether another copy of the program has the session of this user open.
    """

    def __init__(self, path: Path) -> None:
        self.path = self.source = path
        self._lock = _locked(path)
        self.is_copy = self._lock is None
        if self._lock is None:
            self.path = path.with_name(f"{path.stem}{COPY}{os.getpid()}{path.suffix}")
            self._lock = _locked(self.path)
        else:
            self._put_away_leftovers()

    def release(self, changed: bool) -> None:
        """Let another process have the file; a `changed` session of a further copy is put where it is found again."""
        if self.is_copy and changed:
            put_away(self.path)
        elif self.is_copy:
            _remove(self.path)
        if self._lock is not None:
            self._lock.unlock()

    def _put_away_leftovers(self) -> None:
        """Put away what processes left behind that were killed: sessions of further copies, and half-written files."""
        folder = self.path.parent
        for path in folder.glob(f"{self.path.stem}{COPY}*{self.path.suffix}"):
            lock = _locked(path) if ".before" not in path.name else None
            if lock is not None:
                put_away(path)
                lock.unlock()
        for path in folder.glob("*.json.*"):
            # Only the process that has the lock writes these two.
            own = path.name.startswith((f"{self.path.name}.", f"{self.path.stem}.before."))
            if DRAFT.search(path.name) and (own or _is_old(path)):
                _remove(path)


def clean_drafts(folder: Path) -> None:
    """Remove from a folder what a process that was killed had begun to write."""
    with suppress(OSError):
        for path in folder.glob("*.json.*"):
            if DRAFT.search(path.name) and _is_old(path):
                _remove(path)


def put_away(path: Path) -> None:
    """Put a session, and the one before it, among the unsaved ones that the window offers to open."""
    for each in (path, path.with_name(f"{path.stem}.before{path.suffix}")):
        with suppress(OSError):
            written = each.stat().st_mtime
            target = unsaved_path(path.parent, written)
            target.parent.mkdir(parents=True, exist_ok=True)
            each.replace(target)


def unsaved_path(folder: Path, written: float, about: str = "") -> Path:
    """Return a free place for a session that was last changed at this time, in seconds since 1970.

    Its name begins with the time, and `about` is added where it is given: the name of a landscape.
    """
    name = f"{time.strftime('%Y-%m-%d %H.%M.%S', time.localtime(written))} {NO_NAME.sub('', about)}".strip()
    tries = (unsaved_folder(folder) / f"{name}{suffix}.derby" for suffix in ("", *(f" {n}" for n in range(2, 1000))))
    return next(path for path in tries if not path.exists())


def _locked(path: Path) -> QLockFile | None:
    """Return the lock of a file, or None where another process that runs has it."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(f"{path}.lock")
    # By default Qt takes a lock from a process that has held it for half a minute, even though it runs.
    lock.setStaleLockTime(0)
    taken = lock.tryLock(0)
    # Where no lock can be written no session can: the keeper says so.
    return lock if taken or lock.error() != QLockFile.LockError.LockFailedError else None


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > WRITING_S
    except OSError:
        return False


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
