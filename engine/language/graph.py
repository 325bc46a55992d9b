"""A formula as a graph in which every common subexpression exists once.

A graph is a list of nodes; a node's arguments stand before it, so every pass over a graph is a plain loop.
Nodes are made only by `Graph`, which returns the existing one where there is one (hash-consing), computes what is
constant, and applies the few identities that hold for every number, infinities and NaN included.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from typing import TypeVar

import numpy as np

from engine.language.errors import FormulaError
from engine.language.functions import ARGUMENT_NAMES, CONSTANTS, FUNCTIONS, Function
from engine.language.parser import parse_formula
from engine.language.tree import Call, Expression, Name, Number

T = TypeVar("T")

COMMUTATIVE = frozenset({"add", "mul", "eq", "ne", "min", "max"})
LARGEST_UNROLLED_POWER = 64
"""Whole powers up to this are products: exact to a few ulp, and many times faster than the library's pow."""

MOST_NODES = 5_000
"""Nodes of a formula and its slopes, or of a rule: machine code for more would not be ready within a second."""


@dataclass(frozen=True, slots=True)
class Node:
    """A constant (`payload` its value), a name (`payload` the name), or a row applied to arguments (indices of nodes).

    The function ``loss`` asks the landscape at a point; its `payload` says for what: 0 the loss, 1 and 2 its slopes.
    """

    function: str
    arguments: tuple[int, ...] = ()
    payload: float | str | int | None = None


class Graph:
    """A growing list of `Node`, addressed by index."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._index: dict[tuple[object, ...], int] = {}

    def constant(self, value: float) -> int:
        """Return the node of a number."""
        # repr tells 0.0 from -0.0 and makes one NaN of all.
        return self._intern(Node("constant", (), float(value)), ("constant", repr(float(value))))

    def name(self, name: str) -> int:
        """Return the node of a variable or parameter."""
        return self._intern(Node("name", (), name), ("name", name))

    def loss(self, component: int, point: Sequence[int]) -> int:
        """Return the node that asks the landscape at `point`: component 0 the loss, 1 and 2 its slopes."""
        node = Node("loss", tuple(point), component)
        return self._intern(node, ("loss", *point, component))

    def call(self, function: str, *arguments: int) -> int:
        """Return the node of a row of the function table applied to `arguments`."""
        row = FUNCTIONS[function]
        if row.most is None and len(arguments) != 2:
            return self._fold(row, arguments)
        if row.meaning:
            return self.build(parsed(row.meaning), dict(zip(ARGUMENT_NAMES, arguments, strict=False)))
        simpler = self._simplify(function, arguments)
        if simpler is not None:
            return simpler
        if function in COMMUTATIVE:
            arguments = tuple(sorted(arguments))
        return self._intern(Node(function, arguments), (function, *arguments))

    def build(self, tree: Expression, environment: Mapping[str, int]) -> int:
        """Return the node of `tree`; other names than those of `environment` are constants or free."""

        def leaf(name: str) -> int:
            if name in environment:
                return environment[name]
            return self.constant(CONSTANTS[name]) if name in CONSTANTS else self.name(name)

        return fold_tree(tree, self.constant, leaf, self.call)

    def value_of(self, index: int) -> float | None:
        """Return the number that a node stands for, or None where it is not constant."""
        node = self.nodes[index]
        return float(node.payload) if node.function == "constant" and node.payload is not None else None

    def needed_for(self, outputs: Iterable[int]) -> list[int]:
        """Return the nodes that `outputs` rest on, in order."""
        needed = set(outputs)
        for index in range(max(needed, default=-1), -1, -1):
            if index in needed:
                needed.update(self.nodes[index].arguments)
        return sorted(needed)

    def names_in(self, outputs: Iterable[int]) -> list[str]:
        """Return the names that `outputs` rest on, in the order in which they were met."""
        return [str(self.nodes[i].payload) for i in self.needed_for(outputs) if self.nodes[i].function == "name"]

    def check_size(self, start: int, end: int) -> None:
        """Raise a FormulaError with this place where the graph is too large for machine code to be ready soon."""
        if len(self.nodes) > MOST_NODES:
            message = f"This is too much to compile: {len(self.nodes):,} operations, where {MOST_NODES:,} are the most."
            raise FormulaError(message, start, end, "Make it shorter.")

    def _fold(self, row: Function, arguments: Sequence[int]) -> int:
        """Return the node of a row of any number of arguments, applied to one or to more than two."""
        if len(arguments) == 1:
            return self.build(parsed(row.alone), dict(zip(ARGUMENT_NAMES, arguments, strict=False)))
        return reduce(lambda left, right: self.call(row.name, left, right), arguments)

    def _intern(self, node: Node, key: tuple[object, ...]) -> int:
        if key not in self._index:
            self._index[key] = len(self.nodes)
            self.nodes.append(node)
        return self._index[key]

    def _simplify(self, function: str, arguments: tuple[int, ...]) -> int | None:
        """Return an equal node that exists or is cheaper, or None."""
        values = [self.value_of(argument) for argument in arguments]
        compute = FUNCTIONS[function].numpy
        if compute is not None and arguments and all(value is not None for value in values):
            with np.errstate(all="ignore"):
                return self.constant(float(compute(*(np.float64(value) for value in values if value is not None))))
        first, second = arguments[0], arguments[1] if len(arguments) > 1 else -1
        if function == "where" and values[0] is not None:
            return arguments[1] if values[0] != 0.0 else arguments[2]
        if (function, values[-1]) in (("add", 0.0), ("sub", 0.0), ("mul", 1.0), ("div", 1.0), ("pow", 1.0)):
            return first
        if (function, values[0]) in (("add", 0.0), ("mul", 1.0)):
            return second
        if function == "neg" and self.nodes[first].function == "neg":
            return self.nodes[first].arguments[0]
        if function == "pow":
            return self._simplify_power(first, values[1])
        return None

    def _simplify_power(self, base: int, exponent: float | None) -> int | None:
        if exponent == 0.5:
            return self.call("sqrt", base)
        if exponent is not None and exponent.is_integer() and abs(exponent) <= LARGEST_UNROLLED_POWER:
            product = self._whole_power(base, abs(int(exponent)))
            return product if exponent >= 0 else self.call("div", self.constant(1.0), product)
        return None

    def _whole_power(self, base: int, exponent: int) -> int:
        """Return `base` to a whole power by repeated squaring."""
        if exponent == 0:
            return self.constant(1.0)
        half = self._whole_power(base, exponent // 2)
        square = self.call("mul", half, half) if exponent > 1 else half
        return self.call("mul", square, base) if exponent % 2 else square


@cache
def parsed(text: str) -> Expression:
    """Return the tree of a `meaning` or `differential` of the function table."""
    return parse_formula(text).result


def fold_tree(tree: Expression, number: Callable[[float], T], name: Callable[[str], T], call: Callable[..., T]) -> T:
    """Return `tree` folded from the leaves up, without recursion: texts may be nested deeper than Python's stack."""
    results: list[T] = []
    pending: list[tuple[Expression, bool]] = [(tree, False)]
    while pending:
        node, arguments_done = pending.pop()
        if isinstance(node, Number):
            results.append(number(node.value))
        elif isinstance(node, Name):
            results.append(name(node.name))
        elif isinstance(node, Call) and arguments_done:
            count = len(node.arguments)
            arguments = results[len(results) - count :]
            del results[len(results) - count :]
            results.append(call(node.function, *arguments))
        elif isinstance(node, Call):
            pending.append((node, True))
            pending.extend((argument, False) for argument in reversed(node.arguments))
    return results[0]


def is_power_of_two(value: float) -> bool:
    """Tell whether the reciprocal of `value` is exact."""
    return math.isfinite(value) and abs(math.frexp(value)[0]) == 0.5
