"""Joins landscapes with what the engine makes of them: data sets made or read, poses, lines that are fitted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from engine.data.datasets import GENERATORS
from engine.data.rows import MadeData, TableData
from engine.data.tables.table import Table
from engine.loss.transform import Transform
from landscapes import DATA_LANDSCAPES, DataLandscape, Landscape

SomeData = MadeData | TableData
SAVED, FITTED, TYPED = "saved by you", "fitted to a file of yours", "typed"
"""Where a landscape of the user's comes from."""
LINE_COLUMNS = 2
"""What a line goes through: one column to go by, and one to predict."""


@dataclass(frozen=True)
class SavedLandscape(Landscape):
    """A formula of the user's, with what else was chosen for it.

    Attributes
    ----------
    data : MadeData, TableData or None
        The data set that the formula runs over.
    transform : Transform or None
        How the landscape lies; None where that was never chosen.
    height : str
        Of `gui.session.choices.HEIGHT_KINDS`; "" where that was never chosen.
    """

    data: SomeData | None = field(kw_only=True, default=None)
    transform: Transform | None = field(kw_only=True, default=None)
    height: str = field(kw_only=True, default="")


def data_of(landscape: Landscape) -> SomeData | None:
    """Return the data set that a landscape is fitted to, all of its settings told; None for one without."""
    if isinstance(landscape, SavedLandscape):
        return landscape.data
    if not isinstance(landscape, DataLandscape):
        return None
    return MadeData(landscape.data, {**GENERATORS[landscape.data].defaults, **landscape.settings})


def transform_of(landscape: Landscape) -> Transform:
    """Return how a landscape lies: as it was saved, or upright, to be turned about the middle of its domain."""
    chosen = landscape.transform if isinstance(landscape, SavedLandscape) else None
    (x0, x1), (y0, y1) = landscape.domain
    return chosen or Transform(pivot=(x0 / 2.0 + x1 / 2.0, y0 / 2.0 + y1 / 2.0))


def height_of(landscape: Landscape) -> str:
    """Return the kind of height that a landscape was saved with; "" where it may be shown in any."""
    return landscape.height if isinstance(landscape, SavedLandscape) else ""


def model_of(formula: str, columns: tuple[str, ...]) -> str:
    """Return what a loss says of a row of these columns, where that is known, or else the loss itself."""
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
        Where the table has no such columns, or hardly a row with both.
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


def column_names(data: SomeData | None) -> tuple[str, ...]:
    """Return the names of the columns of a data set, none for None."""
    if data is None:
        return ()
    return data.names if isinstance(data, TableData) else GENERATORS[data.name].columns


def row_count(data: SomeData) -> int:
    """Return how many rows a data set has."""
    return data.rows if isinstance(data, TableData) else len(data.rows)


def data_told(data: SomeData | None) -> str:
    """Return what a landscape is fitted to, in a sentence; "" for one without data."""
    if data is None:
        return ""
    rows = f"{row_count(data):,} rows"
    if isinstance(data, TableData):
        return f"Fitted to {rows} of {Path(data.path).name}: {', '.join(data.names)}."
    done = {"placed by hand": data.placed, "taken away": data.removed}
    by_hand = "".join(f", {len(points)} {told}" for told, points in done.items() if points)
    return f"Fitted to {rows} made to order{by_hand}. {GENERATORS[data.name].summary}"
