"""What the user saved, as a file of named entries: a broken entry is left out and reported, all others are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Generic, Protocol, TypeVar

from gui.files.record_file import RecordError, read_record, set_aside, write_record
from gui.files.records.types import MOST_ENTRIES, matching

LONGEST_NAME = 60
NAME = re.compile(rf"\S(?:.{{0,{LONGEST_NAME - 2}}}\S)?")
"""What an entry can be called."""
Name = Annotated[str, matching(NAME.pattern)]


class Named(Protocol):
    """An entry, which is found by its name."""

    @property
    def name(self) -> str:
        """Its name."""


T = TypeVar("T", bound=Named)


@dataclass(frozen=True)
class EntryKind(Generic[T]):
    """A kind of entries that can be saved.

    Attributes
    ----------
    kind : str
        What its file and the sentences call the entries, in the plural.
    to_record : callable
        Returns the record of an entry in the file.
    from_record : callable
        Returns the entry that a record describes, or None where the record is broken.
    """

    kind: str
    to_record: Callable[[T], Mapping[str, object]]
    from_record: Callable[[object], T | None]

    @property
    def file(self) -> str:
        """The name of their file."""
        return f"{self.kind}.json"


class SavedEntries(Generic[T]):
    """Entries of one kind in the file at `path`; without one they last as long as the program runs.

    Parameters
    ----------
    notify : callable
        Is given, in one sentence, why something could not be written.
    """

    def __init__(self, kind: EntryKind[T], path: Path | None, notify: Callable[[str], object]) -> None:
        self._kind, self._path, self._notify = kind, path, notify
        self.entries: list[T] = []

    def open(self) -> str:
        """Read the entries; return what went wrong, or ""."""
        self.entries, trouble = self._read()
        if trouble:
            self._write()
        return trouble

    def find(self, name: str) -> T | None:
        """Return the entry of this name, in any case, or None."""
        return next((entry for entry in self.entries if entry.name.lower() == name.lower()), None)

    def change(self, changed: Callable[[list[T]], list[T]]) -> None:
        """Put what `changed` makes of the entries in their place."""
        # Another window may have saved an entry meanwhile.
        fresh, trouble = self._read()
        self.entries = changed(self.entries if trouble else fresh)
        self._write()

    def take_out(self, name: str) -> Callable[[], None]:
        """Take the entry of this name out; return what puts it back where it was.

        Where there is another entry of its name by then, or as many entries as there can be, it stays out.
        """
        at = next(number for number, entry in enumerate(self.entries) if entry.name == name)
        taken = self.entries[at]
        self.change(lambda entries: without(entries, name))

        def put_back() -> None:
            if self.find(name) is None and len(self.entries) < MOST_ENTRIES:
                self.change(lambda entries: [*entries[:at], taken, *entries[at:]])

        return put_back

    def _read(self) -> tuple[list[T], str]:
        """Return what the file holds, and in a sentence what is wrong with it, or "".

        A file that is broken in any part is renamed, so that nothing of it is lost when the rest is written anew.
        """
        if self._path is None:
            return self.entries, ""
        try:
            found = _read_entries(self._kind, self._path)
        except RecordError as error:
            return [], f"Your own {self._kind.kind} cannot be read. {error} {_set_aside(self._path)}"
        sound = _sound(found)
        if len(sound) == len(found):
            return sound, ""
        broken = f"{len(found) - len(sound)} of your own {self._kind.kind} cannot be read."
        return sound, f"{broken} {_set_aside(self._path)}"

    def _write(self) -> None:
        if self._path is None:
            return
        try:
            write_record(self._path, self._kind.kind, [self._kind.to_record(entry) for entry in self.entries])
        except OSError as error:
            self._notify(f"Your {self._kind.kind} cannot be kept in {self._path.parent}: {error.strerror}.")


def sound_entries(kind: EntryKind[T], folder: Path) -> list[T]:
    """Return the entries of a kind that can be read in `folder`; the file stays as it is."""
    try:
        return _sound(_read_entries(kind, folder / kind.file))
    except RecordError:
        return []


def _read_entries(kind: EntryKind[T], path: Path) -> list[T | None]:
    """Return the entries of a file, None for each that is broken.

    Raises
    ------
    RecordError
        Where the file is broken as a whole, or has too many entries.
    """
    records = read_record(path, kind.kind)
    if records is None:
        return []
    if not isinstance(records, list):
        raise RecordError("The file is not what this program writes.")
    if len(records) > MOST_ENTRIES:
        raise RecordError(f"It holds more than {MOST_ENTRIES} {kind.kind}.")
    return [kind.from_record(record) for record in records]


def _sound(found: Sequence[T | None]) -> list[T]:
    """Return the entries that are not broken, of each name the last."""
    return list({entry.name.lower(): entry for entry in found if entry is not None}.values())


def without(entries: Sequence[T], name: str) -> list[T]:
    """Return `entries` without the one of this name."""
    return [entry for entry in entries if entry.name != name]


def _set_aside(path: Path) -> str:
    try:
        return f"The file is kept as {set_aside(path).name}."
    except OSError:
        return "The file stays as it is."
