"""What a person saved, as a file: what is broken in it is left out and told, all else is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from gui.files import record_checks as check
from gui.files.record_file import RecordError, read_record, set_aside, write_record

LONGEST_NAME = 60
NAME = re.compile(rf"\S(?:.{{0,{LONGEST_NAME - 2}}}\S)?")
"""What a thing can be called."""


class Named(Protocol):
    """A thing with a name, by which it is found."""

    @property
    def name(self) -> str:
        """Its name."""


T = TypeVar("T", bound=Named)


@dataclass(frozen=True)
class Sort(Generic[T]):
    """A sort of things that can be saved.

    Attributes
    ----------
    kind : str
        What its file and the sentences call it, in the plural.
    record : callable
        Returns the entry of a thing in the file.
    thing : callable
        Returns the thing that an entry describes, or None where it is broken.
    """

    kind: str
    record: Callable[[T], Mapping[str, object]]
    thing: Callable[[object], T | None]

    @property
    def file(self) -> str:
        """The name of their file."""
        return f"{self.kind}.json"


class SavedEntries(Generic[T]):
    """Things of one sort in the file at `path`; without one they last as long as the program runs.

    Parameters
    ----------
    tell : callable
        Is given, in one sentence, why something could not be written.
    """

    def __init__(self, sort: Sort[T], path: Path | None, tell: Callable[[str], object]) -> None:
        self._sort, self._path, self._tell = sort, path, tell
        self.things: list[T] = []

    def open(self) -> str:
        """Read them; return what went wrong, or ""."""
        self.things, trouble = self._read()
        if trouble:
            self._write()
        return trouble

    def find(self, name: str) -> T | None:
        """Return the one of this name, in any case, or None."""
        return next((thing for thing in self.things if thing.name.lower() == name.lower()), None)

    def change(self, changed: Callable[[list[T]], list[T]]) -> None:
        """Put what `changed` makes of them in their place."""
        # Another window may have saved one of its own meanwhile.
        fresh, trouble = self._read()
        self.things = changed(self.things if trouble else fresh)
        self._write()

    def take_out(self, name: str) -> Callable[[], None]:
        """Take the one of this name out; return what puts it back where it was.

        Where there is another of its name by then, or as many as there can be, it stays out.
        """
        at = next(number for number, thing in enumerate(self.things) if thing.name == name)
        taken = self.things[at]
        self.change(lambda own: without(own, name))

        def put_back() -> None:
            if self.find(name) is None and len(self.things) < check.MOST_ENTRIES:
                self.change(lambda own: [*own[:at], taken, *own[at:]])

        return put_back

    def _read(self) -> tuple[list[T], str]:
        """Return what the file holds, and in a sentence what is wrong with it, or "".

        A file that is broken in any part is renamed, so that nothing of it is lost when the rest is written anew.
        """
        if self._path is None:
            return self.things, ""
        called = f"Your own {self._sort.kind} cannot be read"
        try:
            found = _entries(self._sort, self._path)
        except RecordError as error:
            return [], f"{called}. {error} {_put_aside(self._path)}"
        except ValueError:
            return [], f"{called}: there are too many. {_put_aside(self._path)}"
        sound = _sound(found)
        if len(sound) == len(found):
            return sound, ""
        broken = f"{len(found) - len(sound)} of your own {self._sort.kind} cannot be read."
        return sound, f"{broken} {_put_aside(self._path)}"

    def _write(self) -> None:
        if self._path is None:
            return
        try:
            write_record(self._path, self._sort.kind, [self._sort.record(thing) for thing in self.things])
        except OSError as error:
            self._tell(f"Your {self._sort.kind} cannot be kept in {self._path.parent}: {error.strerror}.")


def sound_entries(sort: Sort[T], folder: Path) -> list[T]:
    """Return those of a sort that can be read in `folder`; the file stays as it is."""
    try:
        return _sound(_entries(sort, folder / sort.file))
    except (RecordError, ValueError):
        return []


def _entries(sort: Sort[T], path: Path) -> list[T | None]:
    """Return what each entry of a file describes, None for one that is broken.

    Raises
    ------
    RecordError, ValueError
        Where the file is broken as a whole, or there are too many entries.
    """
    records = read_record(path, sort.kind)
    return [sort.thing(record) for record in check.entries([] if records is None else records)]


def _sound(found: Sequence[T | None]) -> list[T]:
    """Return those that are not broken, of each name the last."""
    return list({thing.name.lower(): thing for thing in found if thing is not None}.values())


def without(things: Sequence[T], name: str) -> list[T]:
    """Return `things` without the one of this name."""
    return [thing for thing in things if thing.name != name]


def _put_aside(path: Path) -> str:
    try:
        return f"The file is kept as {set_aside(path).name}."
    except OSError:
        return "The file stays as it is."
