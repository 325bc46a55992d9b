"""The predictions of a model for each row of a data set, at the weights of racers: for a picture of the fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from engine.data.columns import Columns
from engine.language.errors import FormulaError
from engine.language.graph.derivative import differentiate
from engine.language.graph.graph import Graph
from engine.language.graph.reference import evaluate
from engine.language.syntax.names import VARIABLES
from engine.language.types import Array
from engine.loss.formula import build_formula


class Prediction:
    """The model within a loss: the part that is subtracted from the last column, v in `mean((x*u + y - v)^2)`.

    Parameters
    ----------
    text : str
        A loss; or a formula that has a value for each row, which then is the model itself.
    columns : sequence of str
        The names of the columns that it may read.

    Attributes
    ----------
    reads : frozenset of str
        The columns that the model reads, other than the last.

    Raises
    ------
    FormulaError
        Where the text is no formula, or nothing in it is a difference from the last column.
    """

    def __init__(self, text: str, columns: Sequence[str]) -> None:
        self._graph, value = build_formula(text, columns, by_row=True)
        model = value if self._graph.by_row[value] else _model_in(self._graph, value, columns[-1])
        if model is None:
            raise FormulaError(f'Nothing here is a difference from "{columns[-1]}".')
        self._model = model
        self.reads = frozenset(self._graph.names_in([model])) & frozenset(columns[:-1])

    def values(self, x: ArrayLike, y: ArrayLike, columns: Columns, parameters: Mapping[str, float]) -> Array:
        """Return the prediction for each row, float64 (points, rows), at the weights x (points,) and y (points,)."""
        weights = {"x": np.asarray(x, dtype=np.float64), "y": np.asarray(y, dtype=np.float64)}
        found = evaluate(self._graph, [self._model], {**parameters, **weights, **columns})[0]
        return np.broadcast_to(found, (len(weights["x"]), columns.rows))


def _model_in(graph: Graph, value: int, target: str) -> int | None:
    """Return the node of the model m, from the largest part that is target - m or m - target; None without one."""
    column = graph.name(target)
    for index in reversed(graph.needed_for([value])):
        if graph.by_row[index] and index != column and set(VARIABLES) & set(graph.names_in([index])):
            slope = graph.value_of(differentiate(graph, index, target))
            if slope == 1.0:
                return graph.call("sub", column, index)
            if slope == -1.0:
                return graph.call("add", index, column)
    return None
