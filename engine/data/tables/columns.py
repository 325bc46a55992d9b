"""Gathers the columns of a table, each read with a decimal point and with a decimal comma, and decides which it has."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.tables.cells import Kind, leaves_open, read_cell
from engine.data.tables.reading import COMMA, POINT

MOST_ROWS = 10_000
"""Rows that are used: a picture of more would not follow a slider."""
HALF = 0.5
"""A column is one of numbers where this share of its values are, or more."""
LONGEST_TOLD = 24
"""Characters of a cell that a sentence shows."""
MOST_EXAMPLES = 5
MOST_AFFIXES = 4


_SAME, _EITHER = Kind.SAME, Kind.EITHER


class Column:
    """The cells of a column.

    Attributes
    ----------
    counts : Counter of Kind
    lone : Counter of str
        How many cells of `Kind.EITHER` have a lone comma, and how many a lone point.
    examples : mapping of Kind to list of (int, str)
        The first cells of a kind that is not a number in every way, with their lines.
    affixes : Counter of str
        What stands beside numbers.
    """

    def __init__(self) -> None:
        self._points, self._commas = array("d"), array("d")
        self.counts: Counter[Kind] = Counter()
        self.lone: Counter[str] = Counter()
        self.examples: defaultdict[Kind, list[tuple[int, str]]] = defaultdict(list)
        self.affixes: Counter[str] = Counter()

    def add(self, line: int, text: str) -> None:
        """Take a cell."""
        kind, point, comma, affix = read_cell(text)
        self._points.append(point)
        self._commas.append(comma)
        self.counts[kind] += 1
        if kind is not _SAME and (kind is _EITHER or len(self.examples[kind]) < MOST_EXAMPLES):
            self._note(kind, line, text)
        if affix:
            self.affixes[affix] += 1

    def witness(self, line: int, text: str) -> None:
        """Take from a cell only what it tells, and not its value."""
        kind = read_cell(text).kind
        if kind is Kind.POINT or kind is Kind.COMMA:
            self.counts[kind] += 1
            self._note(kind, line, text)

    def _note(self, kind: Kind, line: int, text: str) -> None:
        if kind is Kind.EITHER:
            self.lone[COMMA if "," in text else POINT] += 1
        examples = self.examples[kind]
        if len(examples) < MOST_EXAMPLES:
            told = " ".join(text.split())
            examples.append((line, told if len(told) <= LONGEST_TOLD else f"{told[:LONGEST_TOLD]}..."))

    def values(self, decimal: str) -> NDArray[np.float64]:
        """Return the cells with a decimal `COMMA` or `POINT`, NaN where they are no numbers, float64 (rows,)."""
        return np.array(self._commas if decimal == COMMA else self._points)

    def halve(self) -> None:
        """Keep every second value."""
        self._points, self._commas = self._points[::2], self._commas[::2]

    @property
    def decided(self) -> str | None:
        """What its numbers have, where they leave no doubt."""
        point, comma = self.counts[Kind.POINT], self.counts[Kind.COMMA]
        if (point == 0) == (comma == 0):
            return None
        return POINT if point else COMMA

    def has_numbers(self, decimal: str) -> bool:
        """Tell whether half of its cells or more are numbers, written like this."""
        counts = self.counts
        numbers = counts[Kind.SAME] + counts[Kind.EITHER] + counts[Kind.POINT if decimal == POINT else Kind.COMMA]
        return self.filled > 0 and numbers >= HALF * self.filled

    @property
    def filled(self) -> int:
        """How many cells are not missing."""
        return self.counts.total() - self.counts[Kind.MISSING]


class Sample:
    """Gathers rows: every one until there are too many, then every second, fourth, eighth ...

    Attributes
    ----------
    skip : int
        How many rows come before the next one that is wanted.
    """

    def __init__(self, width: int) -> None:
        self.columns = [Column() for _ in range(width)]
        self.lines = array("q")
        self.skip, self._stride = 0, 1

    @property
    def is_whole(self) -> bool:
        """Whether no row was passed over."""
        return self._stride == 1

    def line_numbers(self) -> NDArray[np.int64]:
        """Return the lines on which the rows begin, from 1, int64 (rows,)."""
        return np.array(self.lines, dtype=np.int64)

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Take a row that is wanted."""
        if len(self.lines) == MOST_ROWS:
            self.lines = self.lines[::2]
            self._stride *= 2
            for column in self.columns:
                column.halve()
        self.lines.append(line)
        for column, text in zip(self.columns, cells, strict=False):
            column.add(line, text)
        for column in self.columns[len(cells) :]:
            column.add(line, "")
        self.skip = self._stride - 1


class Witnesses:
    """Looks at every row for cells that tell how a column is written; their values are not gathered.

    Attributes
    ----------
    skip : int
        0: every row is wanted.
    """

    skip = 0

    def __init__(self, columns: Iterable[tuple[int, Column]]) -> None:
        self._columns = [*columns]

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Look at a row."""
        for place, column in self._columns:
            if place < len(cells) and not leaves_open(cells[place]):
                column.witness(line, cells[place])


@dataclass(frozen=True)
class Decision:
    """How a column is read: with a decimal `POINT` or `COMMA`, and whether it may as well be the other one."""

    decimal: str
    doubtful: bool


def decide(column: Column, others: Iterable[Column], separator: str | None) -> Decision:
    """Return how the numbers of a column are written, which all of its cells decide.

    Where they leave it open, a lone comma is a decimal one unless commas separate the cells; else the other columns
    decide, and where they tell nothing, a point is decimal.  It is doubtful unless the other columns tell the same.
    """
    own = column.decided
    if own is not None:
        return Decision(own, doubtful=False)
    told = {other.decided for other in others} - {None}
    of_the_file = told.pop() if len(told) == 1 else None
    points, commas = column.counts[Kind.POINT], column.counts[Kind.COMMA]
    if points:
        return Decision(COMMA if commas > points or (commas == points and separator != ",") else POINT, doubtful=True)
    if column.lone[COMMA] and separator != ",":
        return Decision(COMMA, doubtful=of_the_file != COMMA)
    return Decision(of_the_file or POINT, doubtful=column.counts[Kind.EITHER] > 0 and of_the_file is None)
