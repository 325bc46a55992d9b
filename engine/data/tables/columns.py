"""Collects the columns of a table, read with a decimal point and with a decimal comma, and decides between the two."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.tables.cells import NUMBERS, Kind, leaves_open, read_cell
from engine.data.tables.labels import Labels
from engine.data.tables.reading import COMMA, POINT

MOST_ROWS = 10_000
"""Rows that are used: with more, the picture would lag behind a slider."""
HALF = 0.5
"""A column is numeric if at least this share of its values are numbers."""
LONGEST_QUOTE = 24
"""Characters of a cell that a sentence quotes."""
MOST_EXAMPLES = 5
MOST_AFFIXES = 4
MOST_SHOWN = 5
"""Rows that a person sees before choosing columns."""


_SAME, _EITHER, _WORD = Kind.SAME, Kind.EITHER, Kind.WORD


class Column:
    """The cells of a column.

    Attributes
    ----------
    counts : Counter of Kind
    lone : Counter of str
        The numbers of cells of `Kind.EITHER` with a single comma, and with a single point.
    examples : mapping of Kind to list of (int, str)
        The first cells of each kind other than `Kind.SAME`, with their lines.
    affixes : Counter of str
        The currencies and percent signs beside numbers.
    labels : Labels
        The words, if there are no more than two different ones.
    """

    def __init__(self) -> None:
        self._points, self._commas = array("d"), array("d")
        self.counts: Counter[Kind] = Counter()
        self.lone: Counter[str] = Counter()
        self.examples: defaultdict[Kind, list[tuple[int, str]]] = defaultdict(list)
        self.affixes: Counter[str] = Counter()
        self.labels = Labels()

    def add(self, line: int, text: str) -> None:
        """Take a cell."""
        kind, point, comma, affix = read_cell(text)
        self._points.append(point)
        self._commas.append(comma)
        self.labels.add(text, kind is _WORD)
        self.counts[kind] += 1
        if kind is not _SAME and (kind is _EITHER or len(self.examples[kind]) < MOST_EXAMPLES):
            self._note(kind, line, text)
        if affix:
            self.affixes[affix] += 1

    def add_evidence(self, line: int, text: str) -> None:
        """Note what a cell says about the decimal sign, without its value."""
        kind = read_cell(text).kind
        if kind is Kind.POINT or kind is Kind.COMMA:
            self.counts[kind] += 1
            self._note(kind, line, text)

    def _note(self, kind: Kind, line: int, text: str) -> None:
        if kind is Kind.EITHER:
            self.lone[COMMA if "," in text else POINT] += 1
        examples = self.examples[kind]
        if len(examples) < MOST_EXAMPLES:
            quote = " ".join(text.split())
            examples.append((line, quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]}..."))

    def values(self, decimal: str) -> NDArray[np.float64]:
        """Return the cells with a decimal `COMMA` or `POINT`, NaN where they are no numbers, float64 (rows,)."""
        return np.array(self._commas if decimal == COMMA else self._points)

    def halve(self) -> None:
        """Drop every second value."""
        self._points, self._commas = self._points[::2], self._commas[::2]
        self.labels.halve()

    @property
    def decided(self) -> str | None:
        """The decimal sign of its numbers, `POINT` or `COMMA`; None where they leave a doubt."""
        point, comma = self.counts[Kind.POINT], self.counts[Kind.COMMA]
        if (point == 0) == (comma == 0):
            return None
        return POINT if point else COMMA

    def has_numbers(self, decimal: str) -> bool:
        """Return whether at least half of its cells are numbers with this decimal sign."""
        counts = self.counts
        numbers = counts[Kind.SAME] + counts[Kind.EITHER] + counts[Kind.POINT if decimal == POINT else Kind.COMMA]
        return self.filled > 0 and numbers >= HALF * self.filled

    @property
    def has_classes(self) -> bool:
        """Whether its cells are two different words, and no numbers."""
        return not any(self.counts[kind] for kind in NUMBERS) and self.labels.words is not None

    @property
    def filled(self) -> int:
        """The number of cells that are not missing."""
        return self.counts.total() - self.counts[Kind.MISSING]


class Sample:
    """Collects rows: every one until there are too many, then every second, fourth, eighth ...

    Attributes
    ----------
    skip : int
        The number of rows before the next one to collect.
    first_rows : list of tuple of str
        The cells of the first rows, as they are written.
    """

    def __init__(self, width: int) -> None:
        self.columns = [Column() for _ in range(width)]
        self.lines = array("q")
        self.first_rows: list[tuple[str, ...]] = []
        self.skip, self._stride = 0, 1

    @property
    def is_whole(self) -> bool:
        """Whether every row was collected."""
        return self._stride == 1

    def line_numbers(self) -> NDArray[np.int64]:
        """Return the lines on which the rows begin, from 1, int64 (rows,)."""
        return np.array(self.lines, dtype=np.int64)

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Collect a row."""
        if len(self.lines) == MOST_ROWS:
            self.lines = self.lines[::2]
            self._stride *= 2
            for column in self.columns:
                column.halve()
        if len(self.first_rows) < MOST_SHOWN:
            self.first_rows.append(tuple(map(str.strip, cells)))
        self.lines.append(line)
        for column, text in zip(self.columns, cells, strict=False):
            column.add(line, text)
        for column in self.columns[len(cells) :]:
            column.add(line, "")
        self.skip = self._stride - 1


class DecimalEvidence:
    """Looks through every row for cells that decide the decimal sign of a column, without collecting values.

    Attributes
    ----------
    skip : int
        0: it needs every row.
    """

    skip = 0

    def __init__(self, columns: Iterable[tuple[int, Column]]) -> None:
        self._columns = [*columns]

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Look through a row."""
        for place, column in self._columns:
            if place < len(cells) and not leaves_open(cells[place]):
                column.add_evidence(line, cells[place])


@dataclass(frozen=True)
class Decision:
    """The decimal sign of a column, `POINT` or `COMMA`, and whether it may be the other one."""

    decimal: str
    doubtful: bool


def decide(column: Column, others: Iterable[Column], separator: str | None) -> Decision:
    """Return the decimal sign of a column, by all of its cells.

    Where they leave it open, a single comma is decimal unless commas separate the cells; else the other columns decide,
    and where these do not either, a point is decimal.  It is doubtful unless the other columns agree.
    """
    own = column.decided
    if own is not None:
        return Decision(own, doubtful=False)
    signs = {other.decided for other in others} - {None}
    of_the_file = signs.pop() if len(signs) == 1 else None
    points, commas = column.counts[Kind.POINT], column.counts[Kind.COMMA]
    if points:
        return Decision(COMMA if commas > points or (commas == points and separator != ",") else POINT, doubtful=True)
    if column.lone[COMMA] and separator != ",":
        return Decision(COMMA, doubtful=of_the_file != COMMA)
    return Decision(of_the_file or POINT, doubtful=column.counts[Kind.EITHER] > 0 and of_the_file is None)
