"""Which lessons a person has done, and whether they are still offered: kept beside the session, and never in it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

from msgspec import Meta, field

from gui.files.record_file import RecordError, read_record, write_record
from gui.files.records import types

KIND, FILE = "lessons", "lessons.json"
MOST_NAMES = 10_000


class ProgressRecord(types.Record, frozen=True):
    """The names of lessons in the order in which they were first answered, and whether the offer was declined."""

    done: Annotated[list[types.Text], Meta(max_length=MOST_NAMES)] = field(default_factory=list)
    declined: bool = False


class LessonProgress:
    """The progress that is kept in a folder; without one it lasts as long as the program runs.

    A file that cannot be read or written is no matter to tell: lessons can be played all the same.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / FILE if folder is not None else None
        self._record = self._read()

    @property
    def is_done(self) -> frozenset[str]:
        """The names of the lessons in which the race has answered."""
        return frozenset(self._record.done)

    @property
    def may_offer(self) -> bool:
        """Whether lessons may be offered to a person who has neither declined nor begun any."""
        return self._path is not None and not (self._record.declined or self._record.done)

    def add(self, name: str) -> None:
        """Keep that a lesson is done."""
        done = self._read().done
        if name not in done:
            self._write(ProgressRecord([*done, name][-MOST_NAMES:], declined=True))

    def decline(self) -> None:
        """Offer no lessons any more."""
        self._write(ProgressRecord(self._read().done, declined=True))

    def _read(self) -> ProgressRecord:
        """Return what the file holds: another window may have written it."""
        if self._path is None:
            return getattr(self, "_record", ProgressRecord())
        with suppress(RecordError):
            entries = read_record(self._path, KIND)
            if entries is not None:
                return types.read_fields(entries, ProgressRecord)
        return ProgressRecord()

    def _write(self, record: ProgressRecord) -> None:
        self._record = record
        if self._path is not None:
            with suppress(OSError):
                write_record(self._path, KIND, record)
