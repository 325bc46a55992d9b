"""What the lines of a rule work with: numbers and vectors, as the nodes of a graph, coordinate by coordinate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import count
from typing import TypeAlias

from engine.language.errors import FormulaError
from engine.language.folding import Unrolling
from engine.language.graph import Graph
from engine.language.loss_kernel import FIRST_ORDER
from engine.language.tree import Assignment, Call, Expression, FunctionDefinition, all_parts_of

DIMENSIONS = 2
MOST_NODES = 5_000
"""Nodes of a rule: its machine code is made with care, and for more would not be ready within a second."""
MIXING = frozenset({"sum", "mean", "norm", "dot"})
"""Functions that make one number of all coordinates, beside `min` and `max` of one vector."""
PICKING = frozenset({"coordinate", "vector"})
"""Functions that treat one coordinate otherwise than another."""
OF_VECTORS = frozenset({"grad", "loss", "hess", "coordinate"})
"""Functions that a number says nothing to."""
NUMBERS = range(1, DIMENSIONS + 1)
"""How a text counts the coordinates."""

Quantity: TypeAlias = tuple[int, ...]
"""The nodes of a quantity's coordinates: one for a scalar, `DIMENSIONS` for a vector."""


class Quantities(Unrolling[Quantity]):
    """Builds the lines of one rule in a graph.

    Parameters
    ----------
    graph
        Where the nodes are made.
    environment
        What names stand for; a line may change it for those that follow.
    functions
        The functions that the rule defines.
    settled
        Whether it is known which names are vectors; until it is, what seems to be a number may turn out to be one.
    """

    def __init__(
        self,
        graph: Graph,
        environment: Mapping[str, Quantity],
        functions: Iterable[FunctionDefinition],
        settled: bool = True,
    ) -> None:
        self._settled = settled
        self._graph = graph
        self._environment = environment
        # Where the step begins: what a rule assigns to `w` later is not where `g` was measured.
        self._position = environment["w"]
        self._draws = count()
        self._special: Mapping[str, Callable[..., Quantity]] = {
            "grad": self._gradient,
            "loss": lambda point: (graph.loss(0, point),),
            "hess": self._hessian_times,
            "hessdiag": self._hessian_diagonal,
            "coordinate": self._coordinate,
            "vector": lambda *numbers: tuple(number[0] for number in numbers),
            "rand": self._uniform,
            "randn": self._normal,
        }
        check = partial(graph.check_size, most=MOST_NODES)
        super().__init__(self._number_built, self._name_built, self._row_built, self._value_known, check, functions)

    def built(self, line: Assignment) -> Quantity:
        """Return the nodes of a line."""
        try:
            return self.line(line.value, line.start, line.value.end)
        except _MisfitError as misfit:
            argument = self._misfit_in(line.value)
            raise FormulaError(str(misfit), argument.start, argument.end) from None

    def _number_built(self, value: float) -> Quantity:
        return (self._graph.constant(value),)

    def _name_built(self, name: str) -> Quantity:
        return self._environment[name] if name in self._environment else (self._graph.leaf(name, {}),)

    def _value_known(self, quantity: Quantity) -> float | None:
        return self._graph.value_of(quantity[0]) if len(quantity) == 1 else None

    def _row_built(self, function: str, *arguments: Quantity) -> Quantity:
        if self._settled:
            self._refuse_misfits(function, arguments)
        elif function in OF_VECTORS:
            arguments = (widened(arguments[0], DIMENSIONS), *arguments[1:])
        if function in self._special:
            return self._special[function](*arguments)
        if function in MIXING or _is_extreme_coordinate(function, arguments):
            return (_reduced(self._graph, function, arguments),)
        size = max(len(argument) for argument in arguments)
        spread = [widened(argument, size) for argument in arguments]
        return tuple(self._graph.call(function, *operands) for operands in zip(*spread, strict=True))

    def _refuse_misfits(self, function: str, arguments: Sequence[Quantity]) -> None:
        """Refuse what a function of vectors cannot work with."""
        if function in OF_VECTORS and len(arguments[0]) != DIMENSIONS:
            raise _MisfitError(0, f"`{function}` works on a vector, and this is a number.")
        if function == "coordinate" and self._value_known(arguments[1]) not in NUMBERS:
            raise _MisfitError(1, f"The coordinates are numbered from {NUMBERS[0]} to {NUMBERS[-1]}.")
        for number, argument in enumerate(arguments):
            if function == "vector" and len(argument) != 1:
                raise _MisfitError(number, "A `vector` is made of numbers, and this is a vector.")

    def _coordinate(self, vector: Quantity, number: Quantity) -> Quantity:
        # Until all is settled the number may be any; it is looked at then.
        at = self._value_known(number)
        return (vector[int(at) - NUMBERS[0] if at is not None and at in NUMBERS else 0],)

    def _gradient(self, point: Quantity) -> Quantity:
        return tuple(self._graph.loss(1 + number, point) for number in range(DIMENSIONS))

    def _hessian(self) -> list[Quantity]:
        """Return the rows of the Hessian, whose entries a loss tells from the diagonal rightwards, row by row."""
        upper, entries = count(FIRST_ORDER), dict[tuple[int, int], int]()
        for row in range(DIMENSIONS):
            for column in range(row, DIMENSIONS):
                entries[row, column] = entries[column, row] = self._graph.loss(next(upper), self._position)
        return [tuple(entries[row, column] for column in range(DIMENSIONS)) for row in range(DIMENSIONS)]

    def _hessian_times(self, vector: Quantity) -> Quantity:
        return tuple(_reduced(self._graph, "dot", (row, vector)) for row in self._hessian())

    def _hessian_diagonal(self) -> Quantity:
        return tuple(row[number] for number, row in enumerate(self._hessian()))

    def _uniform(self) -> Quantity:
        return tuple(self._graph.noise(next(self._draws)) for _ in range(DIMENSIONS))

    def _normal(self) -> Quantity:
        """Return normal numbers, by the transformation of Box and Muller: two of them from two uniform ones."""
        numbers: list[int] = []
        while len(numbers) < DIMENSIONS:
            parts = {name: self._graph.noise(next(self._draws)) for name in ("u", "v")}
            numbers += [self._graph.build(text, parts) for text in NORMAL_PAIR]
        return tuple(numbers[:DIMENSIONS])

    def _misfit_in(self, tree: Expression) -> Expression:
        """Return the argument in `tree` that its function refuses; `tree` where a function of the text has it."""
        for node in reversed(all_parts_of(tree)):
            if isinstance(node, Call) and node.function in OF_VECTORS | PICKING:
                try:
                    arguments = [self.line(part, part.start, part.end) for part in node.arguments]
                except _MisfitError:
                    break
                try:
                    self._refuse_misfits(node.function, arguments)
                except _MisfitError as misfit:
                    return node.arguments[misfit.number]
        return tree


NORMAL_PAIR = "sqrt(-2log(1 - u))*cos(2pi*v)", "sqrt(-2log(1 - u))*sin(2pi*v)"
"""Two independent normal numbers from two uniform ones, of which the first may be 0 but not 1."""


class _MisfitError(Exception):
    """A function got an argument that it cannot work with: its number among them, from 0, and a sentence."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message)
        self.number = number


def mixes_coordinates(tree: Expression) -> bool:
    """Return whether a part of `tree` makes one number of all coordinates, or knows which is which."""
    calls = [node for node in all_parts_of(tree) if isinstance(node, Call)]
    return any(
        call.function in MIXING | PICKING or _is_extreme_coordinate(call.function, call.arguments) for call in calls
    )


def widened(quantity: Quantity, size: int) -> Quantity:
    """Return a scalar as a vector whose coordinates are all that scalar."""
    return quantity * size if len(quantity) == 1 else quantity


def _is_extreme_coordinate(function: str, arguments: Sequence[object]) -> bool:
    """Return whether this is the extreme coordinate of one vector; of several vectors, each coordinate has its own."""
    return function in ("min", "max") and len(arguments) == 1


def _reduced(graph: Graph, function: str, arguments: Sequence[Quantity]) -> int:
    """Return the node of what is one number for all coordinates; a length counts those of all its arguments."""
    vectors = [widened(argument, DIMENSIONS) for argument in arguments]
    if function in ("min", "max"):
        return graph.call(function, *vectors[0])
    if function == "norm":
        terms = [graph.call("mul", u, u) for vector in vectors for u in vector]
    elif function == "dot":
        terms = [graph.call("mul", u, v) for u, v in zip(*vectors, strict=True)]
    else:
        terms = list(vectors[0])
    total = terms[0]
    for term in terms[1:]:
        total = graph.call("add", total, term)
    if function == "mean":
        return graph.call("div", total, graph.constant(float(len(terms))))
    return graph.call("sqrt", total) if function == "norm" else total
