"""The graph of one update of a rule: of all its numbers, or of one coordinate where that stands for any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from engine.language.codegen.loss_kernel import DIMENSIONS, FIRST_ORDER
from engine.language.graph.graph import Graph
from engine.language.graph.node import Node


class Quantity(NamedTuple):
    """A number or a vector, as nodes of a graph.

    Attributes
    ----------
    nodes : tuple of int
        One for a number.  For a vector one for each coordinate, or a single one that stands for any coordinate.
    is_vector : bool
    """

    nodes: tuple[int, ...]
    is_vector: bool


@dataclass(frozen=True)
class StepGraph:
    """The graph of one update.

    Attributes
    ----------
    graph : Graph
        ``t`` is the step; all names but those of rows or, in a graph of one coordinate, of `results` are
        hyperparameters.
    loss : int
        The node of the loss before the update.
    results : mapping of str to Quantity
        The new values of the position ``w`` and then of each state.
    per_coordinate : bool
        Whether a vector has one node, which stands for any coordinate, and one name.
    hyperparameters : sequence of str
    """

    graph: Graph
    loss: int
    results: Mapping[str, Quantity]
    per_coordinate: bool
    hyperparameters: Sequence[str]

    @property
    def vectors(self) -> list[str]:
        """The names of position and states that are vectors."""
        return [name for name, quantity in self.results.items() if quantity.is_vector]

    @property
    def rows(self) -> list[str]:
        """The rows of a race's block: one for each number of position and states."""
        return [row for name, quantity in self.results.items() for row in row_names(name, quantity.is_vector)]

    @property
    def places(self) -> dict[str, slice]:
        """Which rows of a block are those of the position and of each state."""
        sizes = [len(row_names(name, quantity.is_vector)) for name, quantity in self.results.items()]
        ends = zip(self.results, sizes, accumulate(sizes), strict=True)
        return {name: slice(end - size, end) for name, size, end in ends}

    @property
    def changed(self) -> list[int]:
        """The nodes of the new position and the new states."""
        return [node for quantity in self.results.values() for node in quantity.nodes]

    @property
    def decays(self) -> dict[int, int]:
        """The products of a coordinate and a hyperparameter, such as ``weight_decay*w``, and the factor of each."""
        rows = ["w"] if self.per_coordinate else row_names("w", is_vector=True)
        products = dict[int, int]()
        for index in self.graph.needed_for(self.changed):
            node = self.graph.nodes[index]
            if node.function == "mul":
                names = {str(self.graph.nodes[argument].payload): argument for argument in node.arguments}
                factor = next((names[name] for name in names if name in self.hyperparameters), None)
                if factor is not None and any(name in rows for name in names):
                    products[index] = factor
        return products

    @property
    def asked(self) -> list[Node]:
        """The nodes of the loss and its derivatives, that of the loss before the update too."""
        nodes = [self.graph.nodes[index] for index in self.graph.needed_for([self.loss, *self.changed])]
        return [node for node in nodes if node.function == "loss"]

    @property
    def points(self) -> list[tuple[int, ...]]:
        """The points, each by its coordinates, at which it needs the loss: where the step begins, then all others."""
        return list(dict.fromkeys(node.arguments for node in self.asked))

    @property
    def reads(self) -> list[set[int]]:
        """For each of `points` the components that an update reads there, as a `Node` numbers them."""
        nodes = [self.graph.nodes[index] for index in self.graph.needed_for(self.changed)]
        asked = [(node.arguments, int(node.payload or 0)) for node in nodes if node.function == "loss"]
        return [{component for place, component in asked if place == point} for point in self.points]

    @property
    def rounds(self) -> list[int]:
        """For each of `points` how many evaluations of the loss beside the first must come before it, one by one."""
        begin, depths = self.graph.nodes[self.loss].arguments, dict[int, int]()
        for index in self.graph.needed_for([self.loss, *self.changed]):
            node = self.graph.nodes[index]
            depths[index] = max((depths[argument] for argument in node.arguments), default=0)
            depths[index] += node.function == "loss" and node.arguments != begin
        return [max(depths[coordinate] for coordinate in point) for point in self.points]

    @property
    def curved(self) -> bool:
        """Whether it needs second derivatives."""
        return any(int(node.payload or 0) >= FIRST_ORDER for node in self.asked)


def row_names(name: str, is_vector: bool) -> list[str]:
    """Return the rows of a block that hold a position or a state."""
    return [f"{name}[{number}]" for number in range(DIMENSIONS)] if is_vector else [name]
