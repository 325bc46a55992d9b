"""Splits lines into rows of cells; a quoted cell may have separators and line breaks, and a stray mark loses no row."""

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
"""A noncharacter of Unicode, in place of a quotation mark that opens no cell."""
MARKS = ("#", "%", "!", ";", "//")
"""The beginnings of remarks; one that separates cells is none."""
MOST_LINES_IN_CELL = 100
"""The lines of the longest quoted cell: a mark without its pair must not consume the rest of a file."""


@dataclass(frozen=True)
class Shape:
    """How the lines of a table are written.

    Attributes
    ----------
    sign : str or None
        The separator; None for any number of spaces.
    width : int
        The number of cells of most rows.
    numeric : frozenset of int
        The numeric columns, counted from 0.
    has_remarks : bool
        Whether lines that begin with a mark are remarks.
    joined : bool
        Whether the rows show that quoted cells go over several lines.
    """

    sign: str | None
    width: int
    numeric: frozenset[int] = frozenset()
    has_remarks: bool = True
    joined: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        """The beginnings of remarks; empty where there are none."""
        return tuple(mark for mark in MARKS if mark != self.sign) if self.has_remarks else ()

    def is_remark(self, line: str) -> bool:
        """Return whether a line is a remark; one that begins with a missing value such as #N/A is none."""
        bare = line.lstrip(' \t"\ufeff')
        return bare.startswith(self.marks) and bare.split(self.sign, 1)[0].strip().strip(QUOTE).lower() not in MISSING


class Record(NamedTuple):
    """The cells of a row, the number of the line on which they begin, from 1, and the number of their lines."""

    line: int
    lines: int
    cells: list[str]


class Splitter:
    """Splits lines into cells."""

    def __init__(self, sign: str | None) -> None:
        self.sign = sign
        self._waiting: list[str] = []
        delimiter = " " if sign is None else sign
        # Blanks after a quoted cell, which `csv` refuses.
        self._blanks = re.compile(rf"{QUOTE}[ \t]+(?={re.escape(delimiter)}|[\r\n]|\Z)")
        # The reader takes its lines from a list; where it needs one more, popping the empty list raises an IndexError.
        waiting = iter(self._waiting.pop, None)
        self._reader = csv.reader(waiting, delimiter=delimiter, skipinitialspace=True, strict=True)

    def parsed(self, lines: Sequence[str]) -> list[str] | None:
        """Return the cells of lines whose quotation marks come in pairs, None where the last mark opens a cell.

        Raises
        ------
        csv.Error
            Where a mark is inside a cell, so that no further line can complete it.
        """
        try:
            return self._next(lines)
        except csv.Error:
            tidied = [self._blanks.sub(QUOTE, line) for line in lines]
            if tidied == [*lines]:
                raise
            return self._next(tidied)

    def parsed_block(self, lines: Sequence[str]) -> list[list[str]] | None:
        """Return the cells of each line, quickly; None where a quotation mark has no pair on its line."""
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

    def joined(self, lines: Sequence[str]) -> list[Record]:
        """Return the rows of lines, counted from 1; a quoted cell may go over several of them."""
        found: list[Record] = []
        open_lines: list[str] = []

        def close(rows: Sequence[tuple[int, list[str]]]) -> None:
            for count, cells in rows:
                found.append(Record(found[-1].line + found[-1].lines if found else 1, count, cells))
            open_lines.clear()

        for line in lines:
            open_lines.append(line)
            with contextlib.suppress(csv.Error):
                cells = self.parsed(open_lines)
                if cells is not None:
                    close([(len(open_lines), cells)])
                elif len(open_lines) < MOST_LINES_IN_CELL:
                    continue
            close([(1, self.alone(each)) for each in open_lines])
        close([(1, self.alone(each)) for each in open_lines])
        return found

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
    """Assembles records from lines in their order, and counts the lines that belong to none.

    Attributes
    ----------
    open : list of (int, str)
        The lines of a quoted cell that has not ended yet, with their numbers.
    """

    def __init__(self, shape: Shape, account: Account) -> None:
        self._shape, self._account = shape, account
        self.splitter = Splitter(shape.sign)
        self.open: list[tuple[int, str]] = []

    def feed(self, number: int, line: str) -> list[Record]:
        """Add a line; return the records that are complete now, mostly one."""
        if self.open:
            return self._add_to_open(number, line)
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
        """Return the records of the lines that are still open, whose cells never end."""
        found = []
        while self.open:
            found += self._take_apart()
        return found

    def _add_to_open(self, number: int, line: str) -> list[Record]:
        """Add a line while a quoted cell is open."""
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
        """Return whether lines between quotation marks are one row, and not several rows with stray marks."""
        fits = len(cells) >= self._shape.width and not any(map(str.strip, cells[self._shape.width :]))
        return fits and (self._shape.joined or not all(self._is_row(line.replace(QUOTE, "")) for line in lines))

    def _is_row(self, line: str) -> bool:
        cells = self.splitter.plain(line)
        if len(cells) != self._shape.width or not self._shape.numeric:
            return False
        read = [read_cell(cells[place]) for place in self._shape.numeric]
        return any(map(is_number, read)) and all(cell.kind is not Kind.WORD for cell in read)

    def _take_apart(self) -> list[Record]:
        """Make a record of the first open line alone, and add the other lines again."""
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
