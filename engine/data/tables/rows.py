"""Makes rows of cells from lines: a quoted cell may have separators and line breaks, and a stray mark loses no row."""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.data.tables.account import Account
from engine.data.tables.cells import MISSING, Kind, is_number, read_cell

QUOTE = '"'
STAND_IN = "\ufdd0"
"""A character that no text has, for a quotation mark that opens no cell."""
MARKS = ("#", "%", "!", ";", "//")
"""What a line of remarks begins with, unless it separates cells."""
MOST_LINES_IN_CELL = 100
"""Lines within which a quoted cell ends: a mark without its pair must not take in the rest of a file."""


@dataclass(frozen=True)
class Shape:
    """How the lines of a table are written.

    Attributes
    ----------
    sign : str or None
        What separates cells; None for any number of spaces.
    width : int
        How many cells most rows have.
    numeric : frozenset of int
        Which of them are numbers, counted from 0.
    has_remarks : bool
        Whether lines that begin with a mark are remarks.
    """

    sign: str | None
    width: int
    numeric: frozenset[int] = frozenset()
    has_remarks: bool = True

    @property
    def marks(self) -> tuple[str, ...]:
        """What remarks begin with, none where there are none."""
        return tuple(mark for mark in MARKS if mark != self.sign) if self.has_remarks else ()

    def is_remark(self, line: str) -> bool:
        """Tell whether a line is a remark; one that begins with a missing value such as #N/A is none."""
        bare = line.lstrip(' \t"\ufeff')
        return bare.startswith(self.marks) and bare.split(self.sign, 1)[0].strip().strip(QUOTE).lower() not in MISSING


class Record(NamedTuple):
    """Cells that belong together, the number of the line on which they begin, from 1, and on how many they stand."""

    line: int
    lines: int
    cells: list[str]


class Splitter:
    """Splits lines into cells."""

    def __init__(self, sign: str | None) -> None:
        self.sign = sign
        self._waiting: list[str] = []
        delimiter = " " if sign is None else sign
        # Blanks behind a quoted cell, which the reader does not know.
        self._blanks = re.compile(rf"{QUOTE}[ \t]+(?={re.escape(delimiter)}|[\r\n]|\Z)")
        # It asks for lines that are not there yet, and the empty list answers with an IndexError.
        waiting = iter(self._waiting.pop, None)
        self._reader = csv.reader(waiting, delimiter=delimiter, skipinitialspace=True, strict=True)

    def parsed(self, lines: Sequence[str]) -> list[str] | None:
        """Return the cells of lines whose quotation marks come in pairs, None where the last mark opens a cell.

        Raises
        ------
        csv.Error
            Where a mark stands in the midst of a cell: no further line can mend that.
        """
        try:
            return self._next(lines)
        except csv.Error:
            tidied = [self._blanks.sub(QUOTE, line) for line in lines]
            if tidied == [*lines]:
                raise
            return self._next(tidied)

    def parsed_block(self, lines: Sequence[str]) -> list[list[str]] | None:
        """Return the cells of each line, in little time; None where a quotation mark has not its pair on its line."""
        if self.sign is None:
            return None
        try:
            rows = [*csv.reader(lines, delimiter=self.sign, skipinitialspace=True, strict=True)]
        except csv.Error:
            return None
        return rows if len(rows) == len(lines) else None

    def alone(self, line: str) -> list[str]:
        """Return the cells of a line by itself; a quotation mark without its pair is an ordinary character."""
        if QUOTE not in line:
            return self.plain(line)
        opened = line.rfind(QUOTE)
        for written in (line, line[:opened] + STAND_IN + line[opened + 1 :]):
            with contextlib.suppress(csv.Error):
                cells = self.parsed([written])
                if cells is not None:
                    return [cell.replace(STAND_IN, QUOTE) for cell in cells]
        return self.plain(line)

    def plain(self, line: str) -> list[str]:
        """Return the cells of a line in which a quotation mark is an ordinary character."""
        return line.rstrip("\r\n").split(self.sign)

    def _next(self, lines: Sequence[str]) -> list[str] | None:
        written = lines if self.sign is not None else [line.replace("\t", " ").rstrip() for line in lines]
        self._waiting[:] = reversed(written)
        try:
            return next(self._reader)
        except IndexError:
            return None


class Assembler:
    """Makes records of lines that are given one after the other, and counts those that are none.

    Attributes
    ----------
    open : list of (int, str)
        The lines of a quoted cell that has not ended, with their numbers.
    """

    def __init__(self, shape: Shape, account: Account) -> None:
        self._shape, self._account = shape, account
        self.splitter = Splitter(shape.sign)
        self.open: list[tuple[int, str]] = []

    def feed(self, number: int, line: str) -> list[Record]:
        """Take a line; return the records that are complete now, mostly one."""
        if self.open:
            return self._go_on(number, line)
        if not line.strip():
            self._account.blank += 1
            return []
        if self._shape.is_remark(line):
            self._account.remarks += 1
            return []
        try:
            cells = self.splitter.parsed([line]) if QUOTE in line else self.splitter.plain(line)
        except csv.Error:
            cells = self.splitter.alone(line)
        if cells is None:
            self.open.append((number, line))
            return []
        return self._record(number, 1, cells)

    def end(self) -> list[Record]:
        """Return the records of what is still open: cells that never end."""
        found = []
        while self.open:
            found += self._take_apart()
        return found

    def _go_on(self, number: int, line: str) -> list[Record]:
        """Take a line while a quoted cell is open."""
        self.open.append((number, line))
        lines = [each for _, each in self.open]
        try:
            cells = self.splitter.parsed(lines) if QUOTE in line else None
        except csv.Error:
            return self._take_apart()
        if cells is None:
            return self._take_apart() if len(lines) >= MOST_LINES_IN_CELL else []
        if not self._belong_together(lines, cells):
            return self._take_apart()
        first, count = self.open[0][0], len(lines)
        self.open.clear()
        return self._record(first, count, cells)

    def _belong_together(self, lines: Sequence[str], cells: Sequence[str]) -> bool:
        """Tell whether lines between quotation marks are one row, rather than rows with a stray mark here and there."""
        fits = len(cells) >= self._shape.width and not any(map(str.strip, cells[self._shape.width :]))
        return fits and not all(self._is_row(line.replace(QUOTE, "")) for line in lines)

    def _is_row(self, line: str) -> bool:
        cells = self.splitter.plain(line)
        if len(cells) != self._shape.width or not self._shape.numeric:
            return False
        read = [read_cell(cells[place]) for place in self._shape.numeric]
        return any(map(is_number, read)) and all(cell.kind is not Kind.WORD for cell in read)

    def _take_apart(self) -> list[Record]:
        """Make a record of the first open line by itself, and of the others whatever they are."""
        (number, line), *others = self.open
        self.open.clear()
        found = self._record(number, 1, self.splitter.alone(line))
        for later, other in others:
            found += self.feed(later, other)
        return found

    def _record(self, number: int, count: int, cells: list[str]) -> list[Record]:
        if any(map(str.strip, cells)):
            return [Record(number, count, cells)]
        self._account.blank += count
        return []
