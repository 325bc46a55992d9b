"""A loss sampled on a grid, with the heights at which its samples are drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.language.errors import FormulaError
from engine.language.types import Array, Bounds
from engine.loss.heights import HeightScale, fit_scale


def check_bounds(bounds: Bounds) -> None:
    """Raise a FormulaError where a rectangle is empty or not finite."""
    for low, high in bounds:
        if not (math.isfinite(high - low) and low < high):
            raise FormulaError(f"A domain must rise from one number to another, not from {low:g} to {high:g}.")


Values: TypeAlias = Callable[[Array, Array], Array]
"""The losses at points: what a terrain is sampled with."""


@dataclass(frozen=True, eq=False)
class Terrain:
    """A sampled landscape.

    Attributes
    ----------
    number : int
        Increases with every new terrain, so that a view redraws only what has changed.
    bounds : ((xmin, xmax), (ymin, ymax))
        The rectangle, in the units of x and y.
    heights : float32 (rows, columns)
        Row 0 is ymin, column 0 is xmin; NaN is a hole.
    values : float64 (rows, columns)
        The losses themselves.
    scale : HeightScale
        The map from values to heights.
    """

    number: int
    bounds: Bounds
    heights: NDArray[np.float32]
    values: Array
    scale: HeightScale

    def scaled(self, scale: HeightScale, number: int) -> Terrain:
        """Return a terrain of the same samples with another scale."""
        heights = scale.heights(self.values)
        heights.setflags(write=False)
        return replace(self, number=number, heights=heights, scale=scale)

    def loss_near(self, x: float, y: float) -> float:
        """Return the loss at the sample nearest to a point; NaN outside the rectangle."""
        place = []
        for value, (low, high), count in zip((x, y), self.bounds, self.values.shape[::-1], strict=True):
            if not low <= value <= high:
                return float("nan")
            place.append(round((value - low) / (high - low) * (count - 1)))
        return float(self.values[place[1], place[0]])


def sample_terrain(
    value: Values, bounds: Bounds, columns: int, rows: int, number: int, scale: HeightScale | str = "log"
) -> Terrain:
    """Return a loss of this `value` sampled at the corners of a grid of `rows` by `columns` points that spans `bounds`.

    A `scale` of which only the kind is given is fitted to the samples.
    """
    *_, terrain = sample_in_parts(value, bounds, columns, rows, number, scale, rows)
    assert terrain is not None, "the last part is the terrain"
    return terrain


def sample_in_parts(
    value: Values, bounds: Bounds, columns: int, rows: int, number: int, scale: HeightScale | str, rows_a_part: int
) -> Iterator[Terrain | None]:
    """Yield None after each part of the samples but the last, and then what `sample_terrain` returns.

    For losses that take long: the caller may do something else between two parts.
    """
    (xmin, xmax), (ymin, ymax) = bounds
    x, y = np.meshgrid(np.linspace(xmin, xmax, columns), np.linspace(ymin, ymax, rows))
    values = np.empty((rows, columns))
    for begin in range(0, rows, rows_a_part):
        if begin:
            yield None
        part = slice(begin, begin + rows_a_part)
        values[part] = value(x[part], y[part])
    fitted = fit_scale(values, scale) if isinstance(scale, str) else scale
    heights = fitted.heights(values)
    for array in (values, heights):
        array.setflags(write=False)
    yield Terrain(number, bounds, heights, values, fitted)
