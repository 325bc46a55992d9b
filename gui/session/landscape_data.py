"""The data set beneath a landscape: its columns and rows, and what a loss predicts of them."""

from __future__ import annotations

from pathlib import Path

from engine.data.datasets import GENERATORS
from engine.data.rows import TableData
from gui.session.saved_landscape import DataSet
from landscapes import DATA_LANDSCAPES


def model_of(formula: str, columns: tuple[str, ...]) -> str:
    """Return the formula of what a loss predicts for a row of these columns, or the loss itself where none is known."""
    for known in DATA_LANDSCAPES.values():
        if known.prediction and formula == known.formula and columns == GENERATORS[known.data].columns:
            return known.prediction
    return formula


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
