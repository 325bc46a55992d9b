"""Which operations of a text must round as IEEE arithmetic has it, since something that jumps or ends follows.

A product and a sum joined to one operation are nearer to the real number than both apart, and so is nearly always what
follows.  But x*x - y*y is then not 0 where x is y, and the square root of a rest of -1e-17 is no number.  So sums are
left alone on which a jump, a pole or the end of a domain depends.  In a rule, where quotients by what changes only with
the step are products with its reciprocal, those are rounded quotients on which such a thing depends.
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
    """What follows asks of a number: to be near, to be near relative to its size (0 only where it is), or rounded."""

    NEAR = 0
    RELATIVE = 1
    ROUNDED = 2


@dataclass(frozen=True)
class Rounding:
    """Nodes: sums that are not to be joined with a product, and quotients that may be products with a reciprocal."""

    apart: frozenset[int] = frozenset()
    loose: frozenset[int] = frozenset()


class Graph(Protocol):
    """What is read of a graph."""

    nodes: list[Node]
    assumptions: list[int]

    def needed_for(self, outputs: Sequence[int], known: Collection[int] = ()) -> list[int]:
        """Return the nodes that `outputs` rest on, in order."""


def rounding_of(graph: Graph, outputs: Sequence[int], averages: bool = False) -> Rounding:
    """Return how the operations that `outputs` rest on may be rounded; the outputs themselves need only be near.

    Sums, but not differences, are taken for `averages` in a rule: b*v + (1 - b)*u cannot cancel while b is between 0
    and 1, which nothing in the graph tells.
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
    """Yield what a node with this `demand` asks of each of its arguments."""
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
