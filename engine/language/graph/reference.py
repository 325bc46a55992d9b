"""Evaluates a graph with NumPy: the meaning of every text, and the oracle of the tests of machine code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.language.functions import FUNCTIONS, OVER_ROWS
from engine.language.graph.graph import Graph
from engine.language.graph.node import ALTERNATE

Array = NDArray[np.float64]
LossAt = Callable[[int, Sequence[Any]], Any]
"""Given a component, as a `Node` numbers them, and a point: its value."""
NoiseAt = Callable[[int], Any]
"""Given its number, a random number of each instance."""


def evaluate(
    graph: Graph,
    outputs: Sequence[int],
    values: Mapping[str, Any],
    loss_at: LossAt | None = None,
    noise_at: NoiseAt | None = None,
) -> list[Array]:
    """Return the value of each output, float64, broadcast over the arrays of `values`.

    Parameters
    ----------
    graph, outputs
        What to evaluate.
    values
        A number or array for every name; for a column an array (rows,), which the results have no axis for.
    loss_at, noise_at
        The landscape that ``loss`` nodes ask, and the numbers that ``noise`` nodes are; a formula has neither.
    """
    results: dict[int, Any] = {}

    def operand(argument: int, by_row: bool) -> Any:
        """Return a result; beside what has a value for each row it needs their axis too."""
        spread = by_row and not graph.by_row[argument]
        return results[argument][..., np.newaxis] if spread else results[argument]

    with np.errstate(all="ignore"):
        for index in graph.needed_for(outputs):
            node = graph.nodes[index]
            if node.function == "constant":
                results[index] = np.float64(node.payload)
            elif node.function == "name":
                results[index] = np.asarray(values[str(node.payload)], dtype=np.float64)
            elif node.function == "loss":
                assert loss_at is not None, "only a rule asks a landscape, and a rule is evaluated with one"
                results[index] = loss_at(int(node.payload or 0), [results[i] for i in node.arguments])
            elif node.function == "noise":
                assert noise_at is not None, "only a rule draws random numbers, and a rule is evaluated with them"
                results[index] = noise_at(int(node.payload or 0))
            elif node.function == ALTERNATE:
                results[index] = _alternated(*(results[i] for i in node.arguments))
            elif node.function == OVER_ROWS:
                results[index] = results[node.arguments[0]].mean(axis=-1)
            else:
                compute = FUNCTIONS[node.function].numpy
                assert compute is not None, f"{node.function} stands for other rows and is never a node"
                results[index] = compute(*(operand(i, graph.by_row[index]) for i in node.arguments))
    return [np.asarray(results[output], dtype=np.float64) for output in outputs]


def _alternated(first: Array, second: Array) -> Array:
    """Return `first` with every other entry along the first axis, which is that of the coordinates, from `second`."""
    result = first.copy()
    result[1::2] = second[1::2]
    return result
