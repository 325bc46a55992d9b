"""Joins a landscape that names a data set with the engine, which makes it."""

from __future__ import annotations

from engine.datasets import GENERATORS, MadeData
from landscapes import DataLandscape, Landscape


def data_of(landscape: Landscape) -> MadeData | None:
    """Return the data set that a landscape is fitted to, all of its settings told; None for one without."""
    if not isinstance(landscape, DataLandscape):
        return None
    return MadeData(landscape.data, {**GENERATORS[landscape.data].defaults, **landscape.settings})


def prediction_of(landscape: Landscape | None) -> str:
    """Return what the model of a landscape says of a row, as a formula; "" where that is no line or not known."""
    return landscape.prediction if isinstance(landscape, DataLandscape) else ""


def column_names(data: MadeData | None) -> tuple[str, ...]:
    """Return the names of the columns of a data set, none for None."""
    return () if data is None else GENERATORS[data.name].columns
