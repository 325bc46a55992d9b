"""Evaluates a graph with NumPy: the definition of what a text means, and the oracle for tests of machine code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from engine.language.functions import FUNCTIONS
from engine.language.graph.graph import Graph
from engine.language.types import Array

LossAt = Callable[[int, Sequence[Any]], Any]
"""From a component, as a `Node` numbers them, and a point to its value."""
NoiseAt = Callable[[int], Any]
"""From a number to that random number of each instance."""


def evaluate(
    graph: Graph,
    outputs: Sequence[int],
    values: Mapping[str, Any],
    loss_at: LossAt | None = None,
    noise_at: NoiseAt | None = None,
    known: Mapping[int, Any] | None = None,
) -> list[Array]:
    """Return the value of each output, float64, broadcast over the arrays of `values`.

    Parameters
    ----------
    graph, outputs
        What to evaluate.
    values
        A number or array for every name; for a column an array (rows,), which the results have no axis for.
    loss_at, noise_at
        Give the values of ``loss`` and ``noise`` nodes; a formula has neither.
    known
        The values of nodes that are not to be computed.
    """
    evaluation, known = _Evaluation(graph, values, loss_at, noise_at), known or {}
    evaluation.results.update(known)
    with np.errstate(all="ignore"):
        for index in graph.needed_for(outputs):
            if index not in known:
                evaluation.add(index)
    return [np.asarray(evaluation.results[output], dtype=np.float64) for output in outputs]


class _Evaluation:
    """The values of a graph's nodes so far."""

    def __init__(
        self, graph: Graph, values: Mapping[str, Any], loss_at: LossAt | None, noise_at: NoiseAt | None
    ) -> None:
        self.results: dict[int, Any] = {}
        self._graph = graph
        self._values = values
        self._loss_at = loss_at
        self._noise_at = noise_at

    def add(self, index: int) -> None:
        """Compute a node whose arguments are computed."""
        node = self._graph.nodes[index]
        arguments = [self.results[argument] for argument in node.arguments]
        match node.function:
            case "constant":
                self.results[index] = np.float64(node.payload)
            case "name":
                self.results[index] = np.asarray(self._values[str(node.payload)], dtype=np.float64)
            case "loss":
                assert self._loss_at is not None, "only a rule has nodes of the loss, and it is evaluated with one"
                self.results[index] = self._loss_at(int(node.payload or 0), arguments)
            case "noise":
                assert self._noise_at is not None, "only a rule draws random numbers, and is evaluated with them"
                self.results[index] = self._noise_at(int(node.payload or 0))
            case "alternate":
                self.results[index] = _alternated(*arguments)
            case "mean":
                self.results[index] = arguments[0].mean(axis=-1)
            case function:
                self.results[index] = self._applied(function, index)

    def _applied(self, function: str, index: int) -> Any:
        """Return a function of the table applied to the arguments of a node."""
        compute = FUNCTIONS[function].numpy
        assert compute is not None, f"{function} abbreviates other functions and is never a node"
        by_row = self._graph.by_row[index]
        return compute(*(self._operand(argument, by_row) for argument in self._graph.nodes[index].arguments))

    def _operand(self, argument: int, by_row: bool) -> Any:
        """Return a value, with an axis for the rows where the function that takes it has a value for each row."""
        spread = by_row and not self._graph.by_row[argument]
        return self.results[argument][..., np.newaxis] if spread else self.results[argument]


def _alternated(first: Array, second: Array) -> Array:
    """Return `first` with every other entry along the first axis, which is that of the coordinates, from `second`."""
    result = first.copy()
    result[1::2] = second[1::2]
    return result
