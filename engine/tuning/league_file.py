"""The file of a league: a table with a line for each row, to which rows are added as they are done."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from engine.language.types import Point
from engine.tuning.row import COLUMNS, FORMAT, LeagueRow

TITLES = (",".join(COLUMNS) + "\n").encode()


class LeagueFileError(Exception):
    """A mistake about a league's file, as one sentence."""


class LeagueFile:
    """A file that is there or will be; whole lines alone are added to it.

    Parameters
    ----------
    path : Path

    Attributes
    ----------
    name : str
    rows : list of LeagueRow
        Those that the file had.  Half a line at its end, where a program was ended while it wrote, is no row.

    Raises
    ------
    LeagueFileError
        Where the file cannot be read, or was not written by this version; it stays as it is.
    """

    def __init__(self, path: Path) -> None:
        self._path, self.name = path, path.name
        found = self._bytes()
        whole = found[: found.rfind(b"\n") + 1]
        if found and not whole and not TITLES.startswith(found):
            raise LeagueFileError(f"{path.name} is no table of a league.")
        self._length = len(whole)
        self.rows = self._read(whole) if whole else []

    def add(self, row: LeagueRow) -> None:
        """Add a row, and the titles before the first one.

        Raises
        ------
        LeagueFileError
            Where it cannot be written: then the file has the rows that it had.
        """
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow([WRITERS[name](getattr(row, name)) for name in COLUMNS])
        line = table.getvalue().encode()
        self._append(line if self._length else TITLES + line)

    def _append(self, line: bytes) -> None:
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as error:
            raise LeagueFileError(f"{self._path.name} cannot be written: {error.strerror}.") from None
        try:
            os.ftruncate(handle, self._length)
            os.lseek(handle, self._length, os.SEEK_SET)
            written = 0
            while written < len(line):
                written += os.write(handle, line[written:])
            self._length += len(line)
        except OSError as error:
            os.ftruncate(handle, self._length)
            what = f"{self._path.name} cannot be written any more: {error.strerror}."
            raise LeagueFileError(f"{what} The rows in it are whole, and the league goes on from them.") from None
        finally:
            os.close(handle)

    def _bytes(self) -> bytes:
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise LeagueFileError(f"{self._path.name} cannot be read: {error.strerror}.") from None

    def _read(self, whole: bytes) -> list[LeagueRow]:
        try:
            text = whole.decode()
        except UnicodeDecodeError:
            raise LeagueFileError(f"{self._path.name} is no table of a league.") from None
        titles, *lines = csv.reader(io.StringIO(text, newline=""))
        if titles[:1] != ["format"]:
            raise LeagueFileError(f"{self._path.name} is no table of a league.")
        versions = {line[0] for line in lines if line}
        if titles != list(COLUMNS) or versions - {str(FORMAT)}:
            raise LeagueFileError(
                f"{self._path.name} was written by another version of this program. Give another file."
            )
        return [self._row(number, line) for number, line in enumerate(lines, start=2)]

    def _row(self, number: int, line: list[str]) -> LeagueRow:
        try:
            read = {name: READERS[name](text) for name, text in zip(COLUMNS, line, strict=True)}
            return LeagueRow(**read)
        except ValueError:
            raise LeagueFileError(f"{self._path.name} cannot be read: line {number} is no row of a league.") from None


def _written_text(text: str) -> str:
    """Return a text on one line."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _read_text(text: str) -> str:
    return "\\".join(part.replace("\\n", "\n") for part in text.split("\\\\"))


def _written_numbers(numbers: tuple[float, ...]) -> str:
    return ";".join(map(repr, numbers))


def _written_points(points: tuple[Point, ...]) -> str:
    return ";".join(f"{x!r} {y!r}" for x, y in points)


def _read_points(text: str) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y in (point.split(" ") for point in _parts(text)))


def _written_values(values: Mapping[str, float]) -> str:
    return ";".join(f"{name}={value!r}" for name, value in values.items())


def _read_values(text: str) -> dict[str, float]:
    return {name: float(value) for name, value in (part.split("=") for part in _parts(text))}


def _read_integers(text: str) -> tuple[int, ...]:
    return tuple(map(int, _parts(text)))


def _read_numbers(text: str) -> tuple[float, ...]:
    return tuple(map(float, _parts(text)))


def _parts(text: str) -> list[str]:
    return text.split(";") if text else []


KINDS: Mapping[str, tuple[Callable[[Any], str], Callable[[str], object]]] = {
    "int": (str, int),
    "float": (repr, float),
    "str": (_written_text, _read_text),
    "Mapping[str, float]": (_written_values, _read_values),
    "tuple[Point, ...]": (_written_points, _read_points),
    "tuple[int, ...]": (_written_numbers, _read_integers),
    "tuple[float, ...]": (_written_numbers, _read_numbers),
}
"""For each type of a field how it is written in a cell of the table, and read."""
WRITERS = {name: KINDS[LeagueRow.__annotations__[name]][0] for name in COLUMNS}
READERS: dict[str, Callable[[str], Any]] = {name: KINDS[LeagueRow.__annotations__[name]][1] for name in COLUMNS}
