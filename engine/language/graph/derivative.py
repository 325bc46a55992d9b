"""Exact derivatives of a graph, as nodes of the same graph.

Differentials run forward, as in a textbook: d(u*v) = v*du + u*dv, read from the function table.  A branch that is not
chosen contributes nothing, not even a NaN: d(where(c, u, v)) = where(c, du, dv); the reverse order could not promise
that.  Nor does what no longer counts: d exp(u) is 0 where exp(u) is, though du be infinite.
What the reverse order would save is saved by keeping a differential as a product, the chain rule's factors apart
from what they multiply: d sin(u) = cos(u)*du has the same cos(u), computed once, for every variable.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from engine.language.functions import ARGUMENT_NAMES, CONSTANTS, FUNCTIONS, OVER_ROWS
from engine.language.graph.folding import fold
from engine.language.graph.graph import Graph, parsed
from engine.language.graph.norms import TIMES_NORM, norm_inverted_by, over


class Differential(NamedTuple):
    """A product of nodes.

    Attributes
    ----------
    factor : int
        What is the same for every variable.
    moved : int
        The rest.
    inverse : int, optional
        The guarded inverse of a norm, kept apart while a factor may follow that can be divided by that norm.
    slope : int, optional
        The product of `moved` and `inverse`, where it is computed in another way so that no part overflows.
    """

    factor: int
    moved: int
    inverse: int | None = None
    slope: int | None = None


Operand: TypeAlias = int | Differential | None
"""An operand in a text of the function table: a node, a differential, or None for a differential that is always 0."""


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
    return _node_of(graph, differentials[output])


def _needed_for(graph: Graph, output: int) -> list[int]:
    """Return the nodes whose differentials that of `output` depends on, in order."""
    needed = {output}
    for index in range(output, -1, -1):
        if index in needed:
            needed.update(graph.applied(index)[1])
    return sorted(needed)


def _node_of(graph: Graph, differential: Differential | None) -> int:
    if differential is None:
        return graph.constant(0.0)
    if differential.slope is not None:
        return graph.call("mul", differential.factor, differential.slope)
    return graph.call("mul", _whole_factor(graph, differential), differential.moved)


def _whole_factor(graph: Graph, differential: Differential) -> int:
    if differential.inverse is None:
        return differential.factor
    return graph.call("mul", differential.factor, differential.inverse)


def _differential(
    graph: Graph, index: int, function: str, arguments: Sequence[int], differentials: Sequence[Differential | None]
) -> Differential | None:
    """Return the differential of a node from those of the arguments of its function."""
    if all(differential is None for differential in differentials):
        return None
    if function == OVER_ROWS:
        return Differential(graph.constant(1.0), graph.call(OVER_ROWS, _node_of(graph, differentials[0])))
    environment: dict[str, Operand] = {"r": index}
    for name, value, differential in zip(ARGUMENT_NAMES, arguments, differentials, strict=False):
        environment[name] = value
        environment["d" + name] = differential

    def leaf(name: str) -> Operand:
        return graph.constant(CONSTANTS[name]) if name in CONSTANTS else environment[name]

    def call(called: str, *operands: Operand) -> Operand:
        return _call(graph, called, operands)

    def of_text(text: str) -> Differential | None:
        result = fold(parsed(text), graph.constant, leaf, call)
        found = isinstance(result, Differential) and graph.value_of(result.factor) != 0.0
        return result if isinstance(result, Differential) and found else None

    result = of_text(FUNCTIONS[function].differential)
    if function in TIMES_NORM and result is not None:
        return _of_norm(graph, index, result, of_text(TIMES_NORM[function]))
    if result is None:
        return None
    still = [argument for argument, moving in zip(arguments, differentials, strict=True) if moving is None]
    if function in ("add", "sub") and any(graph.value_of(node) is None for node in still):
        # Of a sum, one term may depend on one variable and another on the next: no factor is common to both.
        return _without_factor(graph, result)
    return result


def _of_norm(graph: Graph, norm: int, slope: Differential, times_norm: Differential | None) -> Differential:
    """Return the differential of a norm in a form in which a factor can be divided by it, unless it is never 0."""
    inverse = graph.call("tame_inverse", norm)
    if norm_inverted_by(graph, inverse) is None:
        return slope
    moved, other_way = _node_of(graph, times_norm), _node_of(graph, slope)
    plain = graph.call("mul", inverse, moved) == other_way
    return Differential(graph.constant(1.0), moved, inverse, None if plain else other_way)


def _without_factor(graph: Graph, differential: Differential) -> Differential:
    return Differential(graph.constant(1.0), _node_of(graph, differential))


def _call(graph: Graph, function: str, operands: Sequence[Operand]) -> Operand:
    """Return a function applied to `operands`; differentials are operands of no other functions than these eight."""
    nodes = [operand for operand in operands if isinstance(operand, int)]
    if len(nodes) == len(operands):
        return graph.call(function, *nodes)
    moving = [operand for operand in operands if isinstance(operand, Differential)]
    if function == "unless":
        return _unless(graph, nodes[0], operands[1])
    if function == "together":
        return None if operands[0] is None else Differential(graph.constant(1.0), _node_of(graph, moving[0]))
    if function == "where":
        return _chosen(graph, nodes[0], operands[1], operands[2])
    if not moving or (nodes and None in operands):
        return None
    first = moving[0]
    if function == "mul":
        return _multiplied(graph, first, nodes[0])
    if function == "div":
        return _divided(graph, first, nodes[0])
    if function == "neg" or (function == "sub" and operands[0] is None):
        return first._replace(factor=graph.call("neg", first.factor))
    return first if len(moving) == 1 else _joined(graph, function, *moving)


def _divided(graph: Graph, differential: Differential, node: int) -> Differential:
    """Return a quotient, by a reciprocal that all variables share unless the reciprocal may overflow."""
    one = graph.constant(1.0)
    if graph.ranges[node].has_finite_inverse:
        return _multiplied(graph, differential, graph.call("div", one, node))
    return Differential(one, graph.call("div", _node_of(graph, differential), node))


def _multiplied(graph: Graph, differential: Differential, node: int) -> Differential:
    one, inverted = graph.constant(1.0), _inverted_by(graph, node)
    if inverted is not None and not graph.ranges[inverted].has_finite_inverse:
        quotient = _node_of(graph, _divided(graph, differential, inverted))
        zero = graph.constant(0.0)
        return Differential(one, graph.call("where", graph.call("eq", inverted, zero), zero, quotient))
    if inverted is not None and not graph.ranges[inverted].squared.has_finite_inverse:
        # The square of the inverse may overflow, where the inverse times the rest of the product does not.
        return Differential(node, _node_of(graph, differential))
    norm = None if differential.inverse is None else norm_inverted_by(graph, differential.inverse)
    divided = None if norm is None else over(graph, node, norm)
    if divided is not None:
        return Differential(graph.call("mul", differential.factor, divided), differential.moved)
    if differential.moved == one and differential.inverse is None:
        return Differential(one, graph.call("mul", differential.factor, node))
    return differential._replace(factor=graph.call("mul", differential.factor, node))


def _joined(graph: Graph, function: str, left: Differential, right: Differential) -> Differential:
    """Return the sum or difference of two differentials."""
    if left.moved == right.moved and (left.inverse, left.slope) == (right.inverse, right.slope):
        return left._replace(factor=graph.call(function, left.factor, right.factor))
    return Differential(graph.constant(1.0), graph.call(function, _node_of(graph, left), _node_of(graph, right)))


def _inverted_by(graph: Graph, node: int) -> int | None:
    """Return the node that a guarded inverse is the inverse of, or None."""
    function, arguments = graph.applied(node)
    return arguments[0] if function == "tame_inverse" and graph.nodes[node].function == "where" else None


def _unless(graph: Graph, condition: int, operand: Operand) -> Operand:
    """Return a differential that is 0 where the condition holds.

    Where it holds, the differential is a product with a factor of 0: if the rest is finite, no guard is needed.
    """
    value = graph.value_of(condition)
    if not isinstance(operand, Differential) or (value is not None and value != 0.0):
        return None
    if value is not None or _is_finite(graph, operand):
        return operand
    return _chosen(graph, condition, None, operand)


def _is_finite(graph: Graph, differential: Differential) -> bool:
    """Return whether no part of a product is infinite."""
    if differential.inverse is not None:
        norm = norm_inverted_by(graph, differential.inverse)
        if norm is None or not graph.ranges[norm].has_finite_inverse:
            return False
    return graph.ranges[differential.factor].is_finite and graph.ranges[differential.moved].is_finite


def _chosen(graph: Graph, condition: int, chosen: Operand, otherwise: Operand) -> Operand:
    """Return the choice between two differentials; a number, which is 0 there, counts as None."""
    branches = [branch if isinstance(branch, Differential) else None for branch in (chosen, otherwise)]
    value = graph.value_of(condition)
    if value is not None:
        return branches[0] if value != 0.0 else branches[1]
    if branches == [None, None]:
        return None
    nodes = [_node_of(graph, branch) for branch in branches]
    return Differential(graph.constant(1.0), graph.call("where", condition, *nodes))
