"""The sessions that can be opened again: files that were opened or saved last, and sessions that nobody saved."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from gui.files.folders import unsaved_folder
from gui.files.record_file import RecordError, read_record, write_record
from gui.files.records import types
from gui.files.session_file import KeptSession, write_session
from gui.files.session_place import unsaved_path

KIND = "recent"
MOST_SHOWN = 10


class RecentRecord(types.Record, frozen=True):
    """The paths of files, the newest first."""

    paths: Annotated[list[types.Text], Meta(max_length=MOST_SHOWN)]


class RecentFiles:
    """The list of files, kept in a file of its own that all copies of the program read and write.

    Parameters
    ----------
    folder : Path or None
        Where it is kept, beside the session; None keeps no list.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def add(self, path: Path) -> None:
        """Put a file at the head of the list."""
        if self._folder is None or self.is_unsaved(path):
            return
        paths = [str(path), *(each for each in self._paths() if each != str(path))]
        # The list is a convenience: a person who opens a file wants to hear nothing of it.
        with suppress(OSError):
            write_record(self._folder / "recent.json", KIND, {"paths": paths[:MOST_SHOWN]})

    def put_by(self, kept: KeptSession) -> None:
        """Keep a session that nobody saved, so that it can be opened again.

        Raises
        ------
        OSError
            Where it cannot be written.
        """
        if self._folder is not None:
            about = kept.choices.landscape or "own formula"
            write_session(unsaved_path(self._folder, time.time(), about), kept)

    def is_unsaved(self, path: Path) -> bool:
        """Return whether a file is a session that nobody saved."""
        return self._folder is not None and path.parent == unsaved_folder(self._folder)

    def saved(self) -> list[Path]:
        """Return the files that are still there, the newest first."""
        return [path for path in map(Path, self._paths()) if path.is_file()]

    def unsaved(self) -> list[Path]:
        """Return all sessions that nobody saved, the newest first; each is named after the time of its last change."""
        return [] if self._folder is None else sorted(unsaved_folder(self._folder).glob("*.derby"), reverse=True)

    def _paths(self) -> list[str]:
        if self._folder is None:
            return []
        try:
            record = read_record(self._folder / "recent.json", KIND)
            return types.read_fields(record, RecentRecord).paths if record is not None else []
        except RecordError:
            return []
