"""Exact derivatives of a graph, as nodes of the same graph.

Differentials run forward, as in a textbook: d(u*v) = v*du + u*dv, read from the function table.  A branch that is not
chosen contributes nothing, not even a NaN: d(where(c, u, v)) = where(c, du, dv); the reverse order could not promise
that.  What the reverse order would save is saved by keeping a differential as a product, the chain rule's factors apart
from what they multiply: d sin(u) = cos(u)*du has the same cos(u), computed once, for every variable.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from engine.language.folding import fold_tree
from engine.language.functions import ARGUMENT_NAMES, CONSTANTS, FUNCTIONS
from engine.language.graph import Graph, parsed


class Differential(NamedTuple):
    """The product of two nodes: `factor` collects what is the same for every variable, `moved` is the rest."""

    factor: int
    moved: int


Operand: TypeAlias = int | Differential | None
"""In a row's text: a node, a differential, or None for a zero known from the structure."""


def differentiate(graph: Graph, output: int, variable: str) -> int:
    """Return the node of the partial derivative of `output` by the variable, made in `graph`."""
    one = graph.constant(1.0)
    differentials: dict[int, Differential | None] = {}
    for index in _needed_for(graph, output):
        node = graph.nodes[index]
        if node.function == "name":
            differentials[index] = Differential(one, one) if node.payload == variable else None
        else:
            function, arguments = graph.applied(index)
            known = [differentials[argument] for argument in arguments]
            differentials[index] = _differential(graph, index, function, arguments, known)
    result = differentials[output]
    return graph.constant(0.0) if result is None else graph.call("mul", *result)


def _needed_for(graph: Graph, output: int) -> list[int]:
    """Return the nodes whose differentials that of `output` rests on, in order."""
    needed = {output}
    for index in range(output, -1, -1):
        if index in needed:
            needed.update(graph.applied(index)[1])
    return sorted(needed)


def _differential(
    graph: Graph, index: int, function: str, arguments: Sequence[int], differentials: Sequence[Differential | None]
) -> Differential | None:
    """Return the differential of a node from those of the arguments of its row."""
    if all(differential is None for differential in differentials):
        return None
    environment: dict[str, Operand] = {"r": index}
    for name, value, differential in zip(ARGUMENT_NAMES, arguments, differentials, strict=False):
        environment[name] = value
        environment["d" + name] = differential

    def leaf(name: str) -> Operand:
        return graph.constant(CONSTANTS[name]) if name in CONSTANTS else environment[name]

    def call(called: str, *operands: Operand) -> Operand:
        return _call(graph, called, operands)

    result = fold_tree(parsed(FUNCTIONS[function].differential), graph.constant, leaf, call)
    if not isinstance(result, Differential) or graph.value_of(result.factor) == 0.0:
        return None
    still = [argument for argument, moving in zip(arguments, differentials, strict=True) if moving is None]
    one = graph.constant(1.0)
    if result.moved == one or (function in ("add", "sub") and any(graph.value_of(node) is None for node in still)):
        # A sum may move with one variable by this term and with another by that: it has no factor for both.
        return Differential(one, graph.call("mul", *result))
    return result


def _call(graph: Graph, function: str, operands: Sequence[Operand]) -> Operand:
    """Return the row applied to `operands`; a differential stands in no other rows than these six."""
    nodes = [operand for operand in operands if isinstance(operand, int)]
    if len(nodes) == len(operands):
        return graph.call(function, *nodes)
    if function == "where":
        return _chosen(graph, nodes[0], operands[1], operands[2])
    moving = [operand for operand in operands if isinstance(operand, Differential)]
    if not moving or (nodes and None in operands):
        return None
    if function in ("mul", "div"):
        return Differential(graph.call(function, moving[0].factor, *nodes), moving[0].moved)
    if function == "neg" or (function == "sub" and operands[0] is None):
        return Differential(graph.call("neg", moving[0].factor), moving[0].moved)
    if len(moving) == 1:
        return moving[0]
    left, right = moving
    if left.moved == right.moved:
        return Differential(graph.call(function, left.factor, right.factor), left.moved)
    return Differential(graph.constant(1.0), graph.call(function, graph.call("mul", *left), graph.call("mul", *right)))


def _chosen(graph: Graph, condition: int, chosen: Operand, otherwise: Operand) -> Operand:
    """Return the choice between two differentials, of which a 0 is none."""
    value = graph.value_of(condition)
    if value is not None:
        return _moving(graph, chosen if value != 0.0 else otherwise)
    one, zero = graph.constant(1.0), graph.constant(0.0)
    branches = [_moving(graph, branch) for branch in (chosen, otherwise)]
    if branches == [None, None]:
        return None
    products = [zero if branch is None else graph.call("mul", *branch) for branch in branches]
    return Differential(one, graph.call("where", condition, *products))


def _moving(graph: Graph, operand: Operand) -> Differential | None:
    assert isinstance(operand, Differential) or operand is None or graph.value_of(operand) == 0.0
    return operand if isinstance(operand, Differential) else None
