"""Joins a landscape that names a data set, or a file, with the engine, which makes or reads it."""

from __future__ import annotations

from engine.datasets import GENERATORS, MadeData, TableData
from landscapes import DataLandscape, Landscape

SomeData = MadeData | TableData


def data_of(landscape: Landscape) -> MadeData | None:
    """Return the data set that a landscape is fitted to, all of its settings told; None for one without."""
    if not isinstance(landscape, DataLandscape):
        return None
    return MadeData(landscape.data, {**GENERATORS[landscape.data].defaults, **landscape.settings})


def prediction_of(landscape: Landscape | None, data: SomeData | None, formula: str) -> str:
    """Return what a model says of a row, as a formula; "" where that is no line or not known."""
    if isinstance(landscape, DataLandscape):
        return landscape.prediction
    if isinstance(data, TableData):
        across, up = data.names
        for standardised in (False, True):
            if formula == line_formula(across, up, standardised):
                return line_text(across, standardised)
    return ""


def line_formula(across: str, up: str, standardised: bool) -> str:
    """Return the loss of a straight line through two columns."""
    *before, line = line_text(across, standardised).split("\n")
    return "\n".join([*before, f"mean(({line} - {up})^2)"])


def line_text(across: str, standardised: bool) -> str:
    """Return the formula of a straight line over a column, which may be brought to mean 0 and spread 1."""
    if not standardised:
        return f"x*{across} + y"
    centre, spread = f"{across}_mean", f"{across}_spread"
    return (
        f"{centre} = mean({across})\n{spread} = sqrt(mean(({across} - {centre})^2))\n"
        f"x*({across} - {centre})/{spread} + y"
    )


def column_names(data: SomeData | None) -> tuple[str, ...]:
    """Return the names of the columns of a data set, none for None."""
    if data is None:
        return ()
    return data.names if isinstance(data, TableData) else GENERATORS[data.name].columns


def row_count(data: SomeData) -> int:
    """Return how many rows a data set has."""
    return data.rows if isinstance(data, TableData) else data.points + len(data.added)
