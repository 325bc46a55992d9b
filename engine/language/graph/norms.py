"""Divides a node by a norm r that vanishes where the node does: sin(r)/r has a value at r = 0, where 1/r has none.

With r = sqrt(x^2 + y^2) the slope of cos(r) is -sin(r) times that of r, which is that of (x^2 + y^2)/2 over r: if
sin(r) is divided, cos(r) has its slope and its curvature at the origin, where r itself has neither.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.language.functions import FUNCTIONS
from engine.language.graph.graph import Graph

TIMES_NORM: Mapping[str, str] = {"sqrt": "0.5*du", "hypot": "u*du + v*dv"}
"""For each function that is a norm r, the differential r*dr, which is smooth where r is 0."""
DEEPEST = 12
"""How many levels of factors within factors are searched for one to divide."""


def norm_inverted_by(graph: Graph, index: int) -> int | None:
    """Return the norm r if a node is 1/r with a guard against r = 0, else None."""
    function, arguments = graph.applied(index)
    guarded = function == "tame_inverse" and graph.nodes[index].function == "where"
    return arguments[0] if guarded and graph.nodes[arguments[0]].function in TIMES_NORM else None


def over(graph: Graph, index: int, norm: int, depth: int = 0) -> int | None:
    """Return a node divided by a norm, with its value where the norm is zero; None where nothing gives it."""
    if index == norm:
        return graph.constant(1.0)
    node = graph.nodes[index]
    spec = FUNCTIONS.get(node.function)
    factors = node.function in ("mul", "neg", "div")
    if spec is None or not (factors or spec.over) or depth == DEEPEST:
        return None
    for position, argument in enumerate(node.arguments[: 2 if node.function == "mul" else 1]):
        quotient = over(graph, argument, norm, depth + 1)
        if quotient is not None and factors:
            others = [quotient if at == position else other for at, other in enumerate(node.arguments)]
            return graph.call(node.function, *others)
        if quotient is not None:
            return graph.call("mul", quotient, graph.build(spec.over, {"u": argument, "r": index}))
    return None
