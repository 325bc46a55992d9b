"""Which operations must round as IEEE arithmetic does, because a jump, a pole or the end of a domain depends on them.

A product and a sum fused into one operation round once, so the result is nearly always nearer to the real number.  But
x*x - y*y is then not 0 where x is y, and the square root of a remainder of -1e-17 is NaN.  So no sum is fused on which
a jump, a pole or the end of a domain depends.  In a rule, a quotient by what changes only with the step is a product
with the reciprocal, unless such a thing depends on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from engine.language.functions import FUNCTIONS
from engine.language.graph.assumptions import NOT_NEGATIVE
from engine.language.graph.node import Node


class Demand(IntEnum):
    """How exact a number must be for what uses it: near, near relative to its size (0 only if it is 0), or rounded."""

    NEAR = 0
    RELATIVE = 1
    ROUNDED = 2


@dataclass(frozen=True)
class Rounding:
    """Nodes: sums that must not be fused with a product, and quotients that may be products with a reciprocal."""

    apart: frozenset[int] = frozenset()
    loose: frozenset[int] = frozenset()


class Graph(Protocol):
    """The part of a graph that this file reads."""

    nodes: list[Node]
    assumptions: list[int]

    def needed_for(self, outputs: Sequence[int], known: Collection[int] = ()) -> list[int]:
        """Return the nodes that `outputs` depend on, in order."""


def rounding_of(graph: Graph, outputs: Sequence[int], averages: bool = False) -> Rounding:
    """Return how the operations that `outputs` depend on may be rounded; the outputs themselves need only be near.

    With `averages`, as in a rule, sums but not differences count as averages, which cannot cancel: b*v + (1 - b)*u does
    not while b is between 0 and 1, and the graph does not know the range of b.
    """
    demands: dict[int, Demand] = defaultdict(lambda: Demand.NEAR)
    apart, loose = set[int](), set[int]()
    for index in reversed(graph.needed_for(outputs)):
        node, demand = graph.nodes[index], demands[index]
        alone = node.function in ("add", "sub") and (
            demand == Demand.ROUNDED or (demand == Demand.RELATIVE and not _cannot_cancel(graph, node, averages))
        )
        if alone:
            apart.add(index)
        if node.function == "div" and demand < Demand.ROUNDED:
            loose.add(index)
        passed = [Demand.ROUNDED] * len(node.arguments) if alone else _passed(node, demand)
        for argument, asked in zip(node.arguments, passed, strict=True):
            demands[argument] = max(demands[argument], asked)
    return Rounding(frozenset(apart), frozenset(loose))


def _cannot_cancel(graph: Graph, node: Node, averages: bool) -> bool:
    one_sign = averages or all(graph.assumptions[argument] & NOT_NEGATIVE for argument in node.arguments)
    return node.function == "add" and one_sign


def _passed(node: Node, demand: Demand) -> Iterator[Demand]:
    """Yield the demand that a node with this `demand` makes on each of its arguments."""
    near, relative, rounded = Demand
    spec = FUNCTIONS.get(node.function)
    count = len(node.arguments)
    match node.function:
        case "add" | "sub" | "mul" | "neg" | "abs" | "min" | "max" | "hypot" | "alternate" | "mean":
            yield from [demand] * count
        case "div":
            yield from (demand, max(demand, relative))
        case "sqrt" | "cbrt":
            yield max(demand, relative)
        case "log" | "log2" | "log10":
            yield relative if demand == near else rounded
        case "pow":
            yield from (relative if demand == near else rounded, rounded)
        case "where":
            yield from (rounded, demand, demand)
        case "loss":
            yield from [near] * count
        case _:
            continuous = spec is not None and spec.native.startswith("call") and spec.most == 1
            smooth = continuous and spec is not None and "partial" not in spec.traits
            yield from [near if smooth and demand == near else rounded] * count
