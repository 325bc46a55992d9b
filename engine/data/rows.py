"""The rows that a loss runs over, as they were chosen: made to order and changed by hand, or columns of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.data.columns import Columns
from engine.data.datasets import GENERATORS, MOST_POINTS, generate
from engine.data.tables.file import read_table
from engine.data.tables.reading import AS_THE_FILE_TELLS, Reading
from engine.data.tables.table import FEWEST_ROWS, Table, TableError
from engine.language.errors import FormulaError
from engine.types import Array


@dataclass(frozen=True)
class MadeData:
    """A data set made to order.

    Attributes
    ----------
    name : str
        Of its generator.
    settings : mapping
        Values of settings that are not the defaults.
    placed : tuple of (row, across, up)
        Rows that lie elsewhere than they were made, by hand, and from number `MOST_POINTS` on rows that were added:
        each with the values of the first and of the last column.
    removed : tuple of int
        Rows that are made and were taken away by hand.
    """

    name: str
    settings: Mapping[str, float] = field(default_factory=dict)
    placed: tuple[tuple[int, float, float], ...] = ()
    removed: tuple[int, ...] = ()

    @property
    def points(self) -> int:
        """How many rows are made."""
        return round(self.settings.get("points", GENERATORS[self.name].defaults["points"]))

    @property
    def added(self) -> list[int]:
        """The numbers of the rows that were added by hand."""
        return [row for row, _, _ in self.placed if row >= MOST_POINTS]

    @property
    def rows(self) -> NDArray[np.int64]:
        """The numbers of its rows, in the order of its columns, int64 (rows,)."""
        made = np.arange(self.points)
        kept = np.setdiff1d(made, self.removed)
        # Where fewer points are made, those that were taken away come back rather than leave a model with nothing.
        enough = len(kept) + len(self.added) >= FEWEST_ROWS
        return np.concatenate([kept if enough else made, np.array(self.added, dtype=np.int64)])

    def with_point(self, place: int, across: float, up: float) -> MadeData:
        """Return the data set with a row placed by hand, counted as in its columns; a row beyond the last is added."""
        rows, new = self.rows, max((MOST_POINTS - 1, *self.added)) + 1
        number = int(rows[place]) if place < len(rows) else new
        return replace(self, placed=tuple(sorted((*self._placed_but(number), (number, across, up)))))

    def without_point(self, place: int) -> MadeData:
        """Return the data set without a row, counted as in its columns.

        Raises
        ------
        FormulaError
            Where too few would be left.
        """
        if len(self.rows) <= FEWEST_ROWS:
            raise FormulaError(f"{FEWEST_ROWS} points stay: there is nothing to fit to fewer.")
        number = int(self.rows[place])
        removed = self.removed if number >= MOST_POINTS else tuple(sorted((*self.removed, number)))
        return replace(self, placed=self._placed_but(number), removed=removed)

    def _placed_but(self, number: int) -> tuple[tuple[int, float, float], ...]:
        return tuple(entry for entry in self.placed if entry[0] != number)

    def columns(self) -> dict[str, Array]:
        """Return its columns, float64 (rows,) each.

        Raises
        ------
        FormulaError
            As `generate` does.
        """
        columns = generate(self.name, **self.settings)
        rows, added = self.rows, len(self.added)
        first, *_, last = columns
        made = rows[: len(rows) - added]
        grown = {name: np.append(values[made], np.zeros(added)) for name, values in columns.items()}
        places = {number: place for place, number in enumerate(rows.tolist())}
        for number, across, up in self.placed:
            # A row that was placed and is not made now waits for more points.
            if number in places:
                grown[first][places[number]], grown[last][places[number]] = across, up
        return grown


@dataclass(frozen=True)
class TableData:
    """Columns of a file, by the names that formulas have for them.

    `rows` is how many there were when they were chosen, and `checksum` that of `Table.checksum`, 0 where nobody knows.
    `reading` is what was chosen where the file may be read in more ways than one.
    """

    path: str
    names: tuple[str, ...]
    rows: int
    checksum: int = 0
    reading: Reading = AS_THE_FILE_TELLS


Data = MadeData | TableData | Mapping[str, Array]
"""A data set to be made or read, or its columns."""
TABLES_KEPT = 2
"""Files whose numbers are kept: a formula that is typed asks for them at every key."""


def columns_of(data: Data | None, tell: Callable[[float], bool] | None = None) -> Columns | None:
    """Return the columns of a data set, made or read if need be; `tell` is that of `read_table`.

    Raises
    ------
    FormulaError
        Where it cannot be made, or is no data set.
    """
    if data is None or isinstance(data, Columns):
        return data
    if isinstance(data, TableData):
        return _read(data, tell)
    return Columns(data.columns() if isinstance(data, MadeData) else data)


def _read(data: TableData, tell: Callable[[float], bool] | None) -> Columns:
    try:
        return Columns(table_at(data.path, tell, data.reading).chosen(*data.names))
    except TableError as error:
        # Who is told of it did not open a file, but a landscape or a session.
        raise TableError(f"{Path(data.path).name}: {error.message}", hint=error.hint) from None


def table_at(path: str, tell: Callable[[float], bool] | None = None, reading: Reading = AS_THE_FILE_TELLS) -> Table:
    """Return the numbers of a file, read anew only where it has changed; the rest is as for `read_table`.

    Raises
    ------
    TableError
        As `engine.data.tables.file.read_table` does.
    """
    try:
        written = Path(path).stat().st_mtime_ns
    except (OSError, ValueError):
        written = 0
    return _table(_File(path, written, reading, tell))


@dataclass(frozen=True)
class _File:
    """A file as it was written at some moment, and how it is read."""

    path: str
    written: int
    reading: Reading
    tell: Callable[[float], bool] | None = field(compare=False)


@lru_cache(TABLES_KEPT)
def _table(file: _File) -> Table:
    return read_table(file.path, file.tell, file.reading)
