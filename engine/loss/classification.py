"""What a loss says of the two classes of its last column: the probability of the higher one, for a picture of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from engine.data.columns import Columns
from engine.language.errors import FormulaError
from engine.language.graph.graph import Graph
from engine.language.graph.reference import evaluate
from engine.language.syntax.names import VARIABLES
from engine.language.types import Array
from engine.loss.formula import build_formula


class Classification:
    """The part of a loss that is averaged over the rows, asked what it would be with either class in the last column.

    The class with the lower loss is the one that a model takes; the difference of both losses is the logarithm of the
    odds, exactly so for the logistic loss in any of its forms.

    Parameters
    ----------
    text : str
        A loss.
    columns : sequence of str
        The names of the columns that it may read.

    Attributes
    ----------
    reads : tuple of str
        The columns other than the last that it reads, in their order.

    Raises
    ------
    FormulaError
        Where the text is no loss, or no mean in it depends on both the weights and the last column.
    """

    def __init__(self, text: str, columns: Sequence[str]) -> None:
        self._graph, value = build_formula(text, columns)
        mean = _mean_in(self._graph, value, columns[-1])
        if mean is None:
            raise FormulaError(f'No mean here weighs the classes of "{columns[-1]}".')
        self._value, self._mean, self._label = value, mean, columns[-1]
        self._averaged = averaged = self._graph.nodes[mean].arguments[0]
        # A mean within, such as that of a column, stays what it is over all rows, wherever the loss is asked.
        needed = self._graph.needed_for([averaged])
        self._means = [index for index in needed if self._graph.nodes[index].function == "mean"]
        names = set(self._graph.names_in([averaged]))
        self.reads = tuple(name for name in columns[:-1] if name in names)

    def odds(
        self,
        x: ArrayLike,
        y: ArrayLike,
        columns: Columns,
        places: Mapping[str, ArrayLike],
        classes: tuple[float, float],
        parameters: Mapping[str, float],
    ) -> Array:
        """Return the logarithm of the odds of the higher class, float64 (points, places).

        Parameters
        ----------
        x, y : float64 (points,)
            The weights.
        columns : Columns
            The rows of the data set.
        places : mapping of str to float64 (places,)
            Values of the columns that the loss reads.
        classes : (float, float)
            The values of the last column, the lower one first.
        parameters : mapping
        """
        weights = {"x": np.asarray(x, dtype=np.float64), "y": np.asarray(y, dtype=np.float64)}
        given: dict[str, ArrayLike] = {**parameters, **weights, **columns}
        known = dict(zip(self._means, evaluate(self._graph, self._means, given), strict=True))
        count = len(np.asarray(next(iter(places.values())))) if places else 1
        shape = len(weights["x"]), count
        low, high = (
            self._loss_with(np.full(count, label), {**parameters, **weights, **places}, known) for label in classes
        )
        with np.errstate(invalid="ignore"):
            return np.broadcast_to(self._factor(given)[..., np.newaxis] * (low - high), shape)

    def _factor(self, given: Mapping[str, ArrayLike]) -> Array:
        """Return by how much the loss rises with its mean, which may stand in it with a minus, () or (points,)."""
        mean = evaluate(self._graph, [self._mean], given)[0]
        here, there = (
            evaluate(self._graph, [self._value], given, known={self._mean: mean + by})[0] for by in (0.0, 1.0)
        )
        return there - here

    def _loss_with(self, label: Array, values: Mapping[str, ArrayLike], known: Mapping[int, Array]) -> Array:
        missing = dict.fromkeys(self._graph.columns - values.keys(), np.zeros_like(label))
        return evaluate(self._graph, [self._averaged], {**missing, **values, self._label: label}, known=known)[0]


def _mean_in(graph: Graph, value: int, label: str) -> int | None:
    """Return the outermost mean over weights and labels, or None where there is none."""
    for index in reversed(graph.needed_for([value])):
        node = graph.nodes[index]
        if node.function == "mean":
            names = set(graph.names_in([node.arguments[0]]))
            if label in names and names & set(VARIABLES):
                return index
    return None
