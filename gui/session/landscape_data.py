"""The data set beneath a landscape: its columns and rows, what a loss predicts of them, and the loss of a line."""

from __future__ import annotations

from pathlib import Path

from engine.data.datasets import GENERATORS
from engine.data.rows import TableData
from engine.data.tables.table import Table
from gui.session.saved_landscape import FITTED, DataSet, SavedLandscape
from landscapes import DATA_LANDSCAPES

LINE_COLUMNS = 2
"""Of the data that a line is fitted to: one to predict from, and one to predict."""


def model_of(formula: str, columns: tuple[str, ...]) -> str:
    """Return the formula of what a loss predicts for a row of these columns, or the loss itself where none is known."""
    for known in DATA_LANDSCAPES.values():
        if known.prediction and formula == known.formula and columns == GENERATORS[known.data].columns:
            return known.prediction
    return formula


def line_through(path: str, table: Table, names: tuple[str, str], standardised: bool) -> SavedLandscape:
    """Return the loss of a straight line through two columns of a file.

    The first of them may be brought to mean 0 and spread 1.

    Raises
    ------
    TableError
        Where the table has no such columns, or too few rows with a number in both.
    """
    data = TableData(path, names, table.row_count(*names), table.checksum(*names), table.reading)
    bounds, start = table.line_view(*names, standardised)
    return SavedLandscape("", line_formula(*names, standardised), bounds, (), start, FITTED, data=data)


def line_formula(across: str, up: str, standardised: bool) -> str:
    """Return the loss of a straight line through two columns; the first may be brought to mean 0 and spread 1."""
    if not standardised:
        return f"mean((x*{across} + y - {up})^2)"
    centre, spread = f"{across}_mean", f"{across}_spread"
    return (
        f"{centre} = mean({across})\n{spread} = sqrt(mean(({across} - {centre})^2))\n"
        f"mean((x*({across} - {centre})/{spread} + y - {up})^2)"
    )


def column_names(data: DataSet | None) -> tuple[str, ...]:
    """Return the names of the columns of a data set, none for None."""
    if data is None:
        return ()
    return data.names if isinstance(data, TableData) else GENERATORS[data.name].columns


def row_count(data: DataSet) -> int:
    """Return how many rows a data set has."""
    return data.rows if isinstance(data, TableData) else len(data.rows)


def data_summary(data: DataSet | None) -> str:
    """Return the sentence that says what a landscape is fitted to, or "" for one without data."""
    if data is None:
        return ""
    rows = f"{row_count(data):,} rows"
    if isinstance(data, TableData):
        return f"Fitted to {rows} of {Path(data.path).name}: {', '.join(data.names)}."
    done = {"placed by hand": data.placed, "taken away": data.removed}
    by_hand = "".join(f", {len(points)} {what}" for what, points in done.items() if points)
    return f"Fitted to {rows} made to order{by_hand}. {GENERATORS[data.name].summary}"
