"""The landscape of the command line from a file of numbers, columns of it, and perhaps a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.data.rows import TableData, table_at
from engine.data.tables.reading import AS_THE_FILE_TELLS, COMMA, EVERY_COLUMN, POINT, Doubt, Reading
from engine.data.tables.table import Table, TableError
from engine.language.errors import FormulaError
from gui.session.saved_landscape import TYPED, SavedLandscape
from gui.session.table_models import LINE_COLUMNS, line_through
from landscapes.landscape import Point, Range

TITLES = {"yes": True, "no": False}
"""The values of --titles."""


def fitted(
    path: str,
    words: Sequence[str],
    formula: str | None,
    domain: tuple[Range, Range],
    start: Point,
    decimals: Sequence[str] = (),
    titles: bool | None = None,
) -> SavedLandscape:
    """Return the loss of a line through two columns of a file, or of a formula over any of them.

    Parameters
    ----------
    words
        Names of columns: the one to go by, then the one to predict; the first two of numbers where there are none.
    formula
        None for the line, of which the column to go by is brought to mean 0 and spread 1.
    domain, start
        For a formula; a line has those that suit it.
    decimals
        How numbers are written where a column may be read in two ways: ``comma`` or ``point``, or ``v=comma`` for one.
    titles
        Whether the first row has titles; None decides by the other rows.

    Raises
    ------
    TableError
        Where the file is no table, or has no such columns.
    FormulaError
        Where a line is asked for through more or fewer columns than two, or a decimal sign is unknown.
    """
    place = str(Path(path).absolute())
    try:
        table = table_at(place, reading=replace(AS_THE_FILE_TELLS, titles=titles))
        if decimals:
            table = table_at(place, reading=_reading(table, decimals))
        return _fitted(place, table, words, formula, domain, start)
    except TableError as error:
        raise TableError(f"{Path(path).name}: {error.message}", hint=error.hint) from None


def table_remarks(data: TableData) -> list[str]:
    """Return remarks on a file, a sentence each: what was left out of it, and what may be read otherwise.

    Raises
    ------
    TableError
        Where the file cannot be read any more.
    """
    table, name = table_at(data.path, reading=data.reading), Path(data.path).name
    doubts = [f"{doubt.message} {doubt.offer} with {_option(doubt)}." for doubt in table.doubts_of(*data.names)]
    return [f"{name}: {sentence}" for sentence in (*doubts, *table.losses(*data.names), *table.notes)]


def _option(doubt: Doubt) -> str:
    """Return the option that asks for the other reading."""
    if doubt.column:
        return f"--decimal {doubt.column}={doubt.other.decimal_of(doubt.column)}"
    return f"--titles {'yes' if doubt.other.titles else 'no'}"


def _reading(table: Table, decimals: Sequence[str]) -> Reading:
    """Return the reading of `table` with the decimal signs of the options."""
    reading = table.reading
    for text in decimals:
        word, _, decimal = text.rpartition("=")
        if decimal not in (COMMA, POINT):
            raise FormulaError(f"--decimal wants {COMMA}, {POINT} or a column such as v={COMMA}, not {text}.")
        reading = reading.with_decimal(table.name_of(word) if word else EVERY_COLUMN, decimal)
    return reading


def _fitted(
    place: str, table: Table, words: Sequence[str], formula: str | None, domain: tuple[Range, Range], start: Point
) -> SavedLandscape:
    names = tuple(table.name_of(word) for word in words) or tuple(table.values)[:LINE_COLUMNS]
    if formula is not None:
        names = _as_written(names, formula)
        data = TableData(place, names, table.row_count(*names), table.checksum(*names), table.reading)
        return SavedLandscape("", formula, domain, (), start, TYPED, data=data)
    if len(names) != LINE_COLUMNS:
        raise FormulaError("A line needs two columns.", hint="--columns wants the one to go by and the one to predict.")
    return line_through(place, table, (names[0], names[1]), standardised=True)


def _as_written(names: Sequence[str], formula: str) -> tuple[str, ...]:
    """Return names of columns, in small letters where `formula` has them so, as formulas had to be written before."""
    words = set(re.findall(r"\w+", formula))
    return tuple(name.casefold() if words.isdisjoint({name}) and name.casefold() in words else name for name in names)
