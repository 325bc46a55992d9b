"""Exact derivatives of a graph, as nodes of the same graph.

Differentials run forward, as in a textbook: d(u*v) = v*du + u*dv, read from the function table.  A branch that is not
chosen contributes nothing, not even a NaN: d(where(c, u, v)) = where(c, du, dv).  Sums over many weights would want the
reverse order; for two variables forward is as cheap, and common subexpressions are shared either way.
"""

from __future__ import annotations

from engine.language.functions import ARGUMENT_NAMES, CONSTANTS, FUNCTIONS
from engine.language.graph import Graph, fold_tree, parsed

Differential = int | None
"""A node, or None for a zero known from the structure, which is left out of every sum."""


def differentiate(graph: Graph, output: int, variable: str) -> int:
    """Return the node of the partial derivative of `output` by the variable, made in `graph`."""
    differentials: dict[int, Differential] = {}
    for index in graph.needed_for([output]):
        node = graph.nodes[index]
        if node.function == "name":
            differentials[index] = graph.constant(1.0) if node.payload == variable else None
        else:
            arguments = [differentials[argument] for argument in node.arguments]
            differentials[index] = _differential(graph, index, arguments)
    result = differentials[output]
    return graph.constant(0.0) if result is None else result


def _differential(graph: Graph, index: int, arguments: list[Differential]) -> Differential:
    """Return the differential of a node from those of its arguments, by its row of the table."""
    node = graph.nodes[index]
    if all(argument is None for argument in arguments) or not FUNCTIONS[node.function].differential:
        return None
    environment: dict[str, Differential] = {"r": index}
    for name, value, differential in zip(ARGUMENT_NAMES, node.arguments, arguments, strict=False):
        environment[name] = value
        environment["d" + name] = differential

    def call(function: str, *operands: Differential) -> Differential:
        return _call(graph, function, operands)

    def leaf(name: str) -> Differential:
        return graph.constant(CONSTANTS[name]) if name in CONSTANTS else environment[name]

    return fold_tree(parsed(FUNCTIONS[node.function].differential), graph.constant, leaf, call)


def _call(graph: Graph, function: str, operands: tuple[Differential, ...]) -> Differential:
    """Return the row applied to `operands`, some of which may be a structural zero."""
    known = [operand for operand in operands if operand is not None]
    if len(known) == len(operands):
        return graph.call(function, *known)
    if function in ("add", "sub") and known:
        return known[0] if operands[0] is not None or function == "add" else graph.call("neg", known[0])
    if function == "where" and (operands[1] is not None or operands[2] is not None):
        zero = graph.constant(0.0)
        return graph.call("where", *(zero if operand is None else operand for operand in operands))
    return None
