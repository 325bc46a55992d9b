"""The landscape that a shell asks for by a file of numbers, columns of it, and perhaps a formula."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine import FormulaError
from engine.rows import TableData, table_at
from engine.table import Table, TableError
from gui.landscape_data import LINE_COLUMNS, TYPED, OwnLandscape, line_through
from landscapes.landscape import Point, Range


def fitted(
    path: str, words: Sequence[str], formula: str | None, domain: tuple[Range, Range], start: Point
) -> OwnLandscape:
    """Return the loss of a line through two columns of a file, or of a formula over any of them.

    Parameters
    ----------
    words
        What the shell calls the columns: the one to go by, then the one to predict; the first two of numbers for none.
    formula
        None for the line, of which the column to go by is brought to mean 0 and spread 1.
    domain, start
        For a formula; a line has those that suit it.

    Raises
    ------
    TableError
        Where the file is no table, or has no such columns.
    FormulaError
        Where a line is asked for through more or fewer columns than two.
    """
    place = str(Path(path).absolute())
    try:
        return _fitted(place, table_at(place), words, formula, domain, start)
    except TableError as error:
        raise TableError(f"{Path(path).name}: {error.message}", hint=error.hint) from None


def _fitted(
    place: str, table: Table, words: Sequence[str], formula: str | None, domain: tuple[Range, Range], start: Point
) -> OwnLandscape:
    names = tuple(table.name_of(word) for word in words) or tuple(table.values)[:LINE_COLUMNS]
    if formula is not None:
        data = TableData(place, names, table.row_count(*names), table.checksum(*names))
        return OwnLandscape("", formula, domain, (), start, TYPED, data=data)
    if len(names) != LINE_COLUMNS:
        raise FormulaError("A line needs two columns.", hint="--columns wants the one to go by and the one to predict.")
    return line_through(place, table, (names[0], names[1]), standardised=True)
