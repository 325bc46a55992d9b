"""A formula as a graph in which every common subexpression exists once.

A graph is a list of nodes; a node's arguments stand before it, so every pass over a graph is a plain loop.
Nodes are made only by `Graph`, which returns the existing one where there is one (hash-consing), computes what is
constant, and applies the identities of `simplify`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, reduce

from engine.language.errors import FormulaError
from engine.language.functions import ARGUMENT_NAMES, CONSTANTS, FUNCTIONS, OVER_ROWS, Function
from engine.language.graph.assumptions import FINITE, NOT_NEGATIVE, assumptions_of_call, assumptions_of_number
from engine.language.graph.folding import fold, parts_first
from engine.language.graph.node import ALTERNATE, Node
from engine.language.graph.ranges import ANY, NAME, UNIT, Range, joined, range_of_call, range_of_number
from engine.language.graph.rounding import Rounding
from engine.language.graph.simplify import simpler
from engine.language.syntax.parser import parse_formula
from engine.language.syntax.tree import Expression

COMMUTATIVE = frozenset({"add", "mul", "eq", "ne", "hypot"})
"""Functions whose arguments may change places: not min and max, whose slope is that of the first of equals."""
MOST_NODES = 50_000
"""Nodes of a formula and its slopes: machine code for more would not be ready within a second or two."""


class Graph:
    """A growing list of nodes, addressed by index.

    Parameters
    ----------
    columns
        The names that have a value for each row of a data set.

    Attributes
    ----------
    nodes : list of Node
        The nodes.
    assumptions : list of int
        The assumptions about each, as flags.
    ranges : list of Range
        The range of doubles in which each lies.
    by_row : list of bool
        Whether each has a value for each row; a mean over the rows has one value.
    stands_for : dict
        To a node that was built by a row's `meaning`: the spec and its arguments, if the spec has a `differential` too.
    rounding : Rounding
        Which operations machine code may join or replace, once it is known what the graph is for.
    """

    def __init__(self, columns: Collection[str] = ()) -> None:
        self.nodes: list[Node] = []
        self.assumptions: list[int] = []
        self.ranges: list[Range] = []
        self.by_row: list[bool] = []
        self.columns = frozenset(columns)
        self.rounding = Rounding()
        self.stands_for: dict[int, tuple[str, tuple[int, ...]]] = {}
        self._index: dict[tuple[object, ...], int] = {}
        # For each call without a node of its own, the node that equals it: finding that again takes long.
        self._equal: dict[tuple[object, ...], int] = {}
        self._leaves = 0

    def constant(self, value: float) -> int:
        """Return the node of a number."""
        # Adding 0.0 turns -0.0 into 0.0, the one zero; repr gives every NaN the same key.
        number = float(value) + 0.0
        key = "constant", repr(number)
        known = self._index.get(key)
        return known if known is not None else self._constant(number, key)

    def _constant(self, number: float, key: tuple[object, ...]) -> int:
        return self._intern(Node("constant", (), number), key, assumptions_of_number(number), range_of_number(number))

    def name(self, name: str) -> int:
        """Return the node of a variable or parameter."""
        return self._intern(Node("name", (), name), ("name", name), FINITE, NAME)

    def loss(self, component: int, point: Sequence[int]) -> int:
        """Return the node of the loss or a derivative at `point`; `Node` numbers the components."""
        node = Node("loss", tuple(point), component)
        return self._intern(node, ("loss", *point, component), 0, ANY)

    def noise(self, number: int) -> int:
        """Return the node of a random number between 0 and 1."""
        return self._intern(Node("noise", (), number), ("noise", number), NOT_NEGATIVE | FINITE, UNIT)

    def alternate(self, first: int, second: int) -> int:
        """Return the node that is `first` for one coordinate and `second` for the next, in turn."""
        assumptions = self.assumptions[first] & self.assumptions[second]
        either = joined(self.ranges[first], self.ranges[second])
        return self._intern(Node(ALTERNATE, (first, second)), (ALTERNATE, first, second), assumptions, either)

    def call(self, function: str, *arguments: int) -> int:
        """Return the node of a function of the table applied to `arguments`."""
        key = function, *arguments
        known = self._index.get(key, self._equal.get(key))
        if known is None:
            known = self._make(function, arguments)
            if key not in self._index:
                self._equal[key] = known
        return known

    def _make(self, function: str, arguments: tuple[int, ...]) -> int:
        """Return the node of a call that was not asked for before: its own, or one that equals it."""
        spec = FUNCTIONS[function]
        if spec.most is None and len(arguments) != 2:
            return self._fold(spec, arguments)
        if spec.special:
            special = dict(spec.special).get(self.value_of(arguments[-1]) or 0.0)
            if special is not None:
                return self.call(special, *arguments[:-1])
        if spec.meaning:
            return self._built(spec, arguments)
        equal = simpler(self, function, arguments)
        if equal is not None:
            return equal
        if function in COMMUTATIVE:
            arguments = tuple(sorted(arguments))
        assumptions = assumptions_of_call(function, arguments, [self.assumptions[argument] for argument in arguments])
        range_ = range_of_call(function, arguments, [self.ranges[argument] for argument in arguments])
        return self._intern(Node(function, arguments), (function, *arguments), assumptions, range_)

    def find(self, function: str, *arguments: int) -> int | None:
        """Return the node of a function applied to `arguments` as they stand, if there is one already."""
        ordered = sorted(arguments) if function in COMMUTATIVE else arguments
        return self._index.get((function, *ordered))

    def build(self, text: str, environment: Mapping[str, int]) -> int:
        """Return the node of a `meaning` or other text of the function table, or of any that is one line without sums.

        Other names than those of `environment` are constants or free.
        """
        return fold(parsed(text), self.constant, lambda name: self.leaf(name, environment), self.call)

    def leaf(self, name: str, environment: Mapping[str, int]) -> int:
        """Return the node of a name of `environment`, of a constant, or of a variable or parameter."""
        if name in environment:
            return environment[name]
        return self.constant(CONSTANTS[name]) if name in CONSTANTS else self.name(name)

    def applied(self, index: int) -> tuple[str, tuple[int, ...]]:
        """Return the function that a node stands for, or is, and its arguments."""
        node = self.nodes[index]
        return self.stands_for.get(index, (node.function, node.arguments))

    def value_of(self, index: int) -> float | None:
        """Return the number that a node stands for, or None where it is not constant."""
        node = self.nodes[index]
        return float(node.payload) if node.function == "constant" and node.payload is not None else None

    def needed_for(self, outputs: Iterable[int], known: Collection[int] = ()) -> list[int]:
        """Return the nodes that `outputs` depend on, in order, without those that only `known` nodes depend on."""
        needed = set(outputs)
        for index in range(max(needed, default=-1), -1, -1):
            if index in needed and index not in known:
                needed.update(self.nodes[index].arguments)
        return sorted(needed)

    def names_in(self, outputs: Iterable[int]) -> list[str]:
        """Return the names that `outputs` depend on, in the order in which they were met."""
        return [str(self.nodes[i].payload) for i in self.needed_for(outputs) if self.nodes[i].function == "name"]

    def check_size(self, start: int, end: int, most: int = MOST_NODES, copies: int = 1) -> None:
        """Raise a FormulaError with this place where the graph is too large for machine code to be ready soon.

        `copies` says how often each node with arguments is written.
        """
        size = self._leaves + copies * (len(self.nodes) - self._leaves)
        if size > most:
            message = f"This is too much to compile: {size:,} operations, where {most:,} are the most."
            raise FormulaError(message, start, end, "Make it shorter.")

    def _built(self, spec: Function, arguments: tuple[int, ...]) -> int:
        """Return the node of a function's meaning; where it has a differential, note that the node stands for it."""
        node = self.build(spec.meaning, _named(arguments))
        if spec.differential and node > max(arguments):
            self.stands_for.setdefault(node, (spec.name, arguments))
        return node

    def _fold(self, spec: Function, arguments: Sequence[int]) -> int:
        """Return the node of a function of any number of arguments, applied to one or to more than two."""
        if len(arguments) == 1:
            return self.build(spec.alone, _named(arguments))
        return reduce(lambda left, right: self.call(spec.name, left, right), arguments)

    def _intern(self, node: Node, key: tuple[object, ...], assumptions: int, range_: Range) -> int:
        if key not in self._index:
            self._index[key] = len(self.nodes)
            self._leaves += not node.arguments
            self.nodes.append(node)
            self.assumptions.append(assumptions)
            self.ranges.append(range_)
            self.by_row.append(self._differs_by_row(node))
        return self._index[key]

    def _differs_by_row(self, node: Node) -> bool:
        if node.function == "name":
            return node.payload in self.columns
        return node.function != OVER_ROWS and any(self.by_row[argument] for argument in node.arguments)


def _named(arguments: Sequence[int]) -> dict[str, int]:
    """Return arguments by the names that the texts of the function table have for them."""
    return dict(zip(ARGUMENT_NAMES, arguments, strict=False))


@cache
def parsed(text: str) -> tuple[Expression, ...]:
    """Return the tree of a text of one line, such as those of the function table, as `fold` takes it."""
    return parts_first(parse_formula(text).result)
