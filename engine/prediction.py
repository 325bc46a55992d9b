"""What a model says of each row of a data set, for weights wherever racers are: for a picture of the fit."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.columns import Columns
from engine.language.reference import evaluate
from engine.loss import build_formula

Array = NDArray[np.float64]


class Prediction:
    """A formula of the weights x and y and of one row.

    Parameters
    ----------
    text : str
    columns : collection of str
        The names of the columns that it may read.

    Raises
    ------
    FormulaError
        Where the text is no formula.
    """

    def __init__(self, text: str, columns: Collection[str]) -> None:
        self._graph, self._value = build_formula(text, columns, by_row=True)

    def values(self, x: ArrayLike, y: ArrayLike, columns: Columns) -> Array:
        """Return what it says of each row, float64 (points, rows), for weights x (points,) and y (points,)."""
        weights = {"x": np.asarray(x, dtype=np.float64), "y": np.asarray(y, dtype=np.float64)}
        found = evaluate(self._graph, [self._value], {**weights, **columns})[0]
        return np.broadcast_to(found, (len(weights["x"]), columns.rows))
