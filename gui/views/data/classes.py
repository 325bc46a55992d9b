"""What each racer says of two classes: its boundary between the points of two columns, or a curve over one column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.data.columns import Columns
from engine.language.errors import FormulaError
from engine.language.types import Array, Point
from engine.loss.classification import Classification
from landscapes.landscape import Range

CLASSES = 2
CELLS = 48
"""Cells of the grid along each side, through which a boundary goes straight; that of a linear model is exact so."""
VERTICES = 160
"""Of a curve over one column."""
KEPT = 4
"""Size of the cache: a race needs the classification of the same model twenty times a second."""


@dataclass(frozen=True)
class Classes:
    """What the last column of a data set has two values of, and what a loss says of them.

    Attributes
    ----------
    model : Classification
    values : (float, float)
        The two values, the lower one first.
    """

    model: Classification
    values: tuple[float, float]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that tell them apart: one or two."""
        return self.model.reads

    def curves(
        self, columns: Columns, across: Range, weights: Sequence[Point], parameters: Mapping[str, float]
    ) -> tuple[Array, Array]:
        """Return values of the one column, (vertices,), and the last column as expected there, (racers, vertices)."""
        places = np.linspace(*across, VERTICES)
        low, high = self.values
        odds = self._odds(columns, {self.columns[0]: places}, weights, parameters)
        return places, low + (high - low) / (1.0 + np.exp(-np.clip(odds, -700.0, 700.0)))

    def boundaries(
        self, columns: Columns, across: Range, up: Range, weights: Sequence[Point], parameters: Mapping[str, float]
    ) -> list[NDArray[np.float64]]:
        """Return each racer's boundary as lines between points of both columns, (lines, 2 ends, 2)."""
        x, y = np.linspace(*across, CELLS + 1), np.linspace(*up, CELLS + 1)
        names, grid = self.columns, np.meshgrid(x, y)
        places = {name: side.ravel() for name, side in zip(names, grid, strict=True)}
        odds = self._odds(columns, places, weights, parameters)
        return [lines_of_zero(x, y, values.reshape(CELLS + 1, CELLS + 1)) for values in odds]

    def _odds(
        self, columns: Columns, places: Mapping[str, Array], weights: Sequence[Point], parameters: Mapping[str, float]
    ) -> Array:
        x, y = np.array(weights, dtype=np.float64).reshape(-1, 2).T
        return self.model.odds(x, y, columns, places, self.values, parameters)


def classes_in(model: str, columns: Columns) -> Classes | None:
    """Return what a loss says of two classes; None where the last column has not two values, or the loss no classes."""
    values = np.unique(list(columns.values())[-1])
    if len(values) != CLASSES:
        return None
    found = _classification(model, tuple(columns))
    if found is None or not 1 <= len(found.reads) <= CLASSES:
        return None
    return Classes(found, (float(values[0]), float(values[1])))


@lru_cache(KEPT)
def _classification(model: str, names: tuple[str, ...]) -> Classification | None:
    try:
        return Classification(model, names)
    except FormulaError:
        return None


def lines_of_zero(x: Array, y: Array, values: Array) -> NDArray[np.float64]:
    """Return the lines on which values on a grid (y, x) are zero, (lines, 2 ends, 2): straight within each cell.

    Marching squares: a line joins the two sides of a cell on which the sign changes; where it changes on all four, the
    lines join the lower side to the right one, and the left one to the upper.
    """
    sides = [_crossings(x, y, values, *ends) for ends in SIDES]
    points = np.stack([point for point, _ in sides], axis=2)
    crossed = np.stack([there for _, there in sides], axis=2)
    count, lines = crossed.sum(axis=2), []
    for wanted, pairs in ((2, 1), (4, 2)):
        cells = points[count == wanted], crossed[count == wanted]
        chosen = cells[0][cells[1]].reshape(-1, wanted, 2)
        lines += [chosen[:, 2 * pair : 2 * pair + 2] for pair in range(pairs)]
    return np.concatenate(lines)


SIDES = (((0, 0), (0, 1)), ((0, 1), (1, 1)), ((0, 0), (1, 0)), ((1, 0), (1, 1)))
"""The corners at the ends of a cell's lower, right, left and upper side, as steps along y and x."""


def _crossings(
    x: Array, y: Array, values: Array, first: tuple[int, int], second: tuple[int, int]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return where each cell's side has its zero, (cells, cells, 2), and whether the sign changes on it."""
    (a, b) = (_corner(values, *corner) for corner in (first, second))
    with np.errstate(invalid="ignore", divide="ignore"):
        crossed = np.isfinite(a) & np.isfinite(b) & ((a < 0.0) != (b < 0.0))
        share = np.where(crossed, a / (a - b), 0.0)
    grid = np.stack(np.meshgrid(x, y), axis=2)
    start, end = (_corner(grid, *corner) for corner in (first, second))
    return start + share[..., np.newaxis] * (end - start), crossed


def _corner(values: Array, up: int, right: int) -> Array:
    rows, columns = values.shape[:2]
    return values[up : rows - 1 + up, right : columns - 1 + right]
