"""The choice of a data set: a generator with its settings and changes by hand, or columns of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.data.columns import Columns
from engine.data.datasets import GENERATORS, MOST_POINTS, generate
from engine.data.tables.reading import AS_THE_FILE_TELLS, Reading
from engine.data.tables.table import FEWEST_ROWS, Table, TableError
from engine.language.errors import FormulaError
from engine.language.types import Array


@dataclass(frozen=True)
class MadeData:
    """A data set of a generator, with the rows that a person has changed.

    Attributes
    ----------
    name : str
        The name of its generator.
    settings : mapping
        The settings that are not at their defaults.
    placed : tuple of (row, across, up)
        Rows that a person has moved, and, with numbers from `MOST_POINTS` up, rows that a person has added: each with
        its values in the first and in the last column.
    removed : tuple of int
        Generated rows that a person has removed.
    """

    name: str
    settings: Mapping[str, float] = field(default_factory=dict)
    placed: tuple[tuple[int, float, float], ...] = ()
    removed: tuple[int, ...] = ()

    @property
    def points(self) -> int:
        """The number of generated rows."""
        return round(self.settings.get("points", GENERATORS[self.name].defaults["points"]))

    @property
    def added(self) -> list[int]:
        """The numbers of the rows that a person has added."""
        return [row for row, _, _ in self.placed if row >= MOST_POINTS]

    @property
    def rows(self) -> NDArray[np.int64]:
        """The numbers of its rows, in the order of its columns, int64 (rows,)."""
        made = np.arange(self.points)
        kept = np.setdiff1d(made, self.removed)
        # With fewer points, so many may be removed that no model can be fitted: then none is.
        enough = len(kept) + len(self.added) >= FEWEST_ROWS
        return np.concatenate([kept if enough else made, np.array(self.added, dtype=np.int64)])

    def with_point(self, place: int, across: float, up: float) -> MadeData:
        """Return the data set with the row at index `place` of its columns moved; an index past the last adds a row."""
        rows, new = self.rows, max((MOST_POINTS - 1, *self.added)) + 1
        number = int(rows[place]) if place < len(rows) else new
        return replace(self, placed=tuple(sorted((*self._placed_but(number), (number, across, up)))))

    def without_point(self, place: int) -> MadeData:
        """Return the data set without the row at index `place` of its columns.

        Raises
        ------
        FormulaError
            Where too few rows would be left.
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
            # A moved row that is not among fewer points is there again with more.
            if number in places:
                grown[first][places[number]], grown[last][places[number]] = across, up
        return grown


@dataclass(frozen=True)
class TableData:
    """Columns of a file, by their names in formulas.

    `rows` is the number of rows when the columns were chosen, and `checksum` that of `Table.checksum`, 0 if it is not
    known.  `reading` has the choices where the file may be read in more than one way.
    """

    path: str
    names: tuple[str, ...]
    rows: int
    checksum: int = 0
    reading: Reading = AS_THE_FILE_TELLS


Data = MadeData | TableData | Mapping[str, Array]
"""A data set to be generated or read, or its columns."""
TABLES_KEPT = 2
"""Files whose numbers are cached, since every keystroke in a formula asks for them."""


def columns_of(data: Data | None, notify: Callable[[float], bool] | None = None) -> Columns | None:
    """Return the columns of a data set, generated or read if need be; `notify` is that of `read_table`.

    Raises
    ------
    FormulaError
        Where it cannot be generated, or is no data set.
    """
    if data is None or isinstance(data, Columns):
        return data
    if isinstance(data, TableData):
        return _read(data, notify)
    return Columns(data.columns() if isinstance(data, MadeData) else data)


def _read(data: TableData, notify: Callable[[float], bool] | None) -> Columns:
    try:
        table = table_at(data.path, notify, data.reading)
        return Columns(table.chosen(*data.names), table.words_of(*data.names))
    except TableError as error:
        # The person may have opened a landscape or a session, and does not know which file is meant.
        raise TableError(f"{Path(data.path).name}: {error.message}", hint=error.hint) from None


def table_at(path: str, notify: Callable[[float], bool] | None = None, reading: Reading = AS_THE_FILE_TELLS) -> Table:
    """Return the numbers of a file, which is read again only if it has changed; see `read_table`.

    Raises
    ------
    TableError
        As `engine.data.tables.file.read_table` does.
    """
    try:
        written = Path(path).stat().st_mtime_ns
    except (OSError, ValueError):
        written = 0
    listener = _Listener(notify)
    try:
        return _table(_File(path, written, reading, listener))
    finally:
        # The cache keeps its keys: a window that listened would live as long, and end on whichever thread reads then.
        listener.notify = None


@dataclass
class _Listener:
    """Who is told how much of a file is read, while it is read."""

    notify: Callable[[float], bool] | None


@dataclass(frozen=True)
class _File:
    """A file with its time of modification, and how to read it: the key of the cache."""

    path: str
    written: int
    reading: Reading
    listener: _Listener = field(compare=False)


@lru_cache(TABLES_KEPT)
def _table(file: _File) -> Table:
    from engine.data.tables.file import read_table

    return read_table(file.path, file.listener.notify, file.reading)
