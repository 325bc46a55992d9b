"""Writes the graph of one coordinate for several coordinates: nodes that differ between them once for each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from engine.language.codegen.emitter import Emitter, WriteLoss, WriteNoise
from engine.language.codegen.loss_kernel import component_along
from engine.language.graph.graph import Graph
from engine.language.graph.node import ALTERNATE, Node


class _Coordinate(NamedTuple):
    """The operands of names and nodes for one coordinate, and the masks of comparisons."""

    lanes: Mapping[str, str]
    operands: dict[int, str]
    masks: dict[int, str]


class PerCoordinateEmitter(Emitter):
    """Writes a graph of one coordinate, node by node, for all coordinates side by side.

    Parameters
    ----------
    graph, steps, write_loss, write_noise
        As for an `Emitter`.  `write_loss` gets the operands of all coordinates of a point.
    coordinates
        For each coordinate the operands of the names that differ between instances.
    vectors
        The names that differ between coordinates too.
    """

    def __init__(
        self,
        graph: Graph,
        coordinates: Sequence[Mapping[str, str]],
        vectors: Collection[str],
        steps: Emitter,
        write_loss: WriteLoss,
        write_noise: WriteNoise,
    ) -> None:
        super().__init__(graph, coordinates[0], {}, write_loss, write_noise=write_noise, steps=steps)
        self._coordinates = [_Coordinate(lanes, {}, {}) for lanes in coordinates]
        self._vectors = vectors
        self._varies: dict[int, bool] = {}
        self._at = 0

    def emit_each(self, outputs: Sequence[int]) -> list[list[str]]:
        """Write all nodes that `outputs` depend on; return the operands of each output, one for each coordinate."""
        for index in self._graph.needed_for(outputs):
            node = self._graph.nodes[index]
            self._is_lane[index] = self._differs(node)
            self._varies[index] = self._differs_by_coordinate(node)
            if self._varies[index]:
                self._write_for_each(index, node)
            else:
                self._write_for_all(index, node)
        return [self.written(output) for output in outputs]

    def _differs_by_coordinate(self, node: Node) -> bool:
        if node.function == "name":
            return node.payload in self._vectors
        if node.function == "loss":
            return node.payload != 0
        return node.function == ALTERNATE or any(self._varies[argument] for argument in node.arguments)

    def _write_for_each(self, index: int, node: Node) -> None:
        for number in range(len(self._coordinates)):
            self._go_to(number)
            self._operands[index] = self._node(index, node)

    def _write_for_all(self, index: int, node: Node) -> None:
        self._go_to(0)
        operand = self._node(index, node)
        for _, operands, masks in self._coordinates:
            operands[index] = operand
            if index in self._masks:
                masks[index] = self._masks[index]

    def _go_to(self, number: int) -> None:
        self._at = number
        self._lanes, self._operands, self._masks = self._coordinates[number]

    def written(self, index: int) -> list[str]:
        """Return the vector operands of a node that has been written, one for each coordinate."""
        at, operands = self._at, list[str]()
        for number in range(len(self._coordinates)):
            self._go_to(number)
            operands.append(self._vector(index))
        self._go_to(at)
        return operands

    def _node(self, index: int, node: Node) -> str:
        if node.function == ALTERNATE:
            return self._vector(node.arguments[self._at % len(node.arguments)])
        return super()._node(index, node)

    def _loss(self, node: Node) -> str:
        if node.arguments not in self._losses:
            assert self._write_loss is not None, 'a rule is given "write_loss"'
            self._losses[node.arguments] = self._write_loss(self, self.written(node.arguments[0]))
        return self._losses[node.arguments][component_along(int(node.payload or 0), self._at)]
