"""Builds the graph of a rule's lines: numbers and vectors become nodes, coordinate by coordinate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import count

from engine.language.codegen.emitter import NOISE_A_PLACE
from engine.language.codegen.loss_kernel import DIMENSIONS, FIRST_ORDER
from engine.language.codegen.step_graph import Quantity
from engine.language.errors import FormulaError
from engine.language.graph.folding import Unrolling
from engine.language.graph.graph import Graph
from engine.language.syntax.tree import Assignment, Call, Expression, FunctionDefinition, all_parts_of

MOST_NODES = 5_000
"""Nodes of a rule: its machine code is fully optimised, which would take more than a second for a larger graph."""
MIXING = frozenset({"sum", "mean", "norm", "dot"})
"""Functions that return one number from all coordinates, beside `min` and `max` of one vector."""
JOINING = frozenset({"hess"})
"""Functions whose every coordinate depends on all coordinates."""
PICKING = frozenset({"coordinate", "vector"})
"""Functions that distinguish one coordinate from another."""
OF_VECTORS = frozenset({"grad", "loss", "hess", "hessdiag", "coordinate"})
"""Functions whose argument must be a vector."""
NUMBERS = range(1, DIMENSIONS + 1)
"""The numbers of the coordinates in a text."""


class RuleBuilder(Unrolling[Quantity]):
    """Builds the lines of one rule in a graph.

    Parameters
    ----------
    graph
        Where the nodes are made.
    environment
        The quantity of each name; a line may change it for the lines that follow.
    functions
        The functions that the rule defines.
    per_coordinate
        Whether the graph is that of a single coordinate and holds for any.
    settled
        Whether it is known which names are vectors; until it is, a name that looks like a number may become one.

    Attributes
    ----------
    fits : bool
        Whether every function got arguments of a kind that it accepts; where all is settled, a misfit raises instead.
    """

    def __init__(
        self,
        graph: Graph,
        environment: Mapping[str, Quantity],
        functions: Iterable[FunctionDefinition],
        per_coordinate: bool,
        settled: bool = True,
    ) -> None:
        self._per_coordinate = per_coordinate
        self._settled = settled
        self.fits = True
        self._graph = graph
        self._environment = environment
        # The position at the start of the step: `g` belongs to it, whatever a line assigns to `w` later.
        self._position = environment["w"].nodes
        self._calls = count()
        self._special: Mapping[str, Callable[..., Quantity]] = {
            "grad": lambda point: gradient_at(graph, point.nodes),
            "loss": lambda point: Quantity((graph.loss(0, point.nodes),), False),
            "hess": self._hessian_times,
            "hessdiag": self._hessian_diagonal,
            "coordinate": self._coordinate,
            "vector": lambda *numbers: Quantity(tuple(number.nodes[0] for number in numbers), True),
            "rand": lambda: self._in_turn(*self._drawn()),
            "randn": self._normal,
        }
        check = partial(graph.check_size, most=MOST_NODES, copies=DIMENSIONS if per_coordinate else 1)
        super().__init__(self._number_built, self._name_built, self._row_built, self._value_known, check, functions)

    def built(self, line: Assignment) -> Quantity:
        """Return the nodes of a line."""
        try:
            return self.line(line.value, line.start, line.value.end)
        except _MisfitError as misfit:
            argument = self._misfit_in(line.value)
            raise FormulaError(str(misfit), argument.start, argument.end) from None

    def _number_built(self, value: float) -> Quantity:
        return Quantity((self._graph.constant(value),), False)

    def _name_built(self, name: str) -> Quantity:
        known = self._environment.get(name)
        return Quantity((self._graph.leaf(name, {}),), False) if known is None else known

    def _value_known(self, quantity: Quantity) -> float | None:
        return None if quantity.is_vector else self._graph.value_of(quantity.nodes[0])

    def _row_built(self, function: str, *arguments: Quantity) -> Quantity:
        misfit = self._misfit(function, arguments)
        if misfit is not None:
            if self._settled:
                raise misfit
            self.fits = False
            vectors = _that_are_vectors(function, arguments)
            arguments = (*map(self._widened, vectors), *arguments[len(vectors) :])
        if function in self._special:
            return self._special[function](*arguments)
        if function in MIXING or _is_extreme_coordinate(function, arguments):
            return Quantity((_reduced(self._graph, function, arguments),), False)
        is_vector = any(argument.is_vector for argument in arguments)
        spread = [(self._widened(argument) if is_vector else argument).nodes for argument in arguments]
        return Quantity(
            tuple(self._graph.call(function, *operands) for operands in zip(*spread, strict=True)), is_vector
        )

    def _widened(self, quantity: Quantity) -> Quantity:
        return widened(quantity, self._per_coordinate)

    def _misfit(self, function: str, arguments: Sequence[Quantity]) -> _MisfitError | None:
        """Return an error about the first argument that a function does not accept; None where it accepts all."""
        for number, argument in enumerate(_that_are_vectors(function, arguments)):
            if not argument.is_vector:
                return _MisfitError(number, f'"{function}" works on a vector, and this is a number.')
        if function == "coordinate" and self._value_known(arguments[1]) not in NUMBERS:
            return _MisfitError(1, f"The coordinates are numbered from {NUMBERS[0]} to {NUMBERS[-1]}.")
        for number, argument in enumerate(arguments):
            if function == "vector" and argument.is_vector:
                return _MisfitError(number, 'A "vector" is made of numbers, and this is a vector.')
        return None

    def _coordinate(self, vector: Quantity, number: Quantity) -> Quantity:
        # Until all is settled the number may be out of range; it is checked then.
        at = self._value_known(number)
        return Quantity((vector.nodes[int(at) - NUMBERS[0] if at is not None and at in NUMBERS else 0],), False)

    def _hessian(self, point: Quantity | None) -> list[tuple[int, ...]]:
        """Return the rows of the Hessian; a loss numbers its entries from the diagonal rightwards, row by row."""
        upper, entries = count(FIRST_ORDER), dict[tuple[int, int], int]()
        nodes = self._position if point is None else point.nodes
        size = len(nodes)
        for row in range(size):
            for column in range(row, size):
                entries[row, column] = entries[column, row] = self._graph.loss(next(upper), nodes)
        return [tuple(entries[row, column] for column in range(size)) for row in range(size)]

    def _hessian_times(self, vector: Quantity, point: Quantity | None = None) -> Quantity:
        rows = [Quantity(row, True) for row in self._hessian(point)]
        return Quantity(tuple(_reduced(self._graph, "dot", (row, vector)) for row in rows), True)

    def _hessian_diagonal(self, point: Quantity | None = None) -> Quantity:
        return Quantity(tuple(row[number] for number, row in enumerate(self._hessian(point))), True)

    def _drawn(self) -> tuple[int, int]:
        """Return two uniform random numbers that are used nowhere else: for x and y, or for any two neighbours."""
        first = next(self._calls) * NOISE_A_PLACE
        return self._graph.noise(first), self._graph.noise(first + 1)

    def _in_turn(self, first: int, second: int) -> Quantity:
        """Return the vector whose coordinates are these two nodes, alternately."""
        return Quantity((self._graph.alternate(first, second),) if self._per_coordinate else (first, second), True)

    def _normal(self) -> Quantity:
        """Return normal numbers, by the transformation of Box and Muller: two of them from two uniform ones."""
        u, v = self._drawn()
        radius = Quantity((self._graph.build(NORMAL_RADIUS, {"u": u}),), False)
        turned = (self._graph.build(text, {"v": v}) for text in NORMAL_TURNS)
        return self._row_built("mul", radius, self._in_turn(*turned))

    def _misfit_in(self, tree: Expression) -> Expression:
        """Return the argument in `tree` that its function refuses; `tree` if a function of the text contains it."""
        for node in reversed(all_parts_of(tree)):
            if isinstance(node, Call) and node.function in OF_VECTORS | PICKING:
                try:
                    arguments = [self.line(part, part.start, part.end) for part in node.arguments]
                except _MisfitError:
                    break
                misfit = self._misfit(node.function, arguments)
                if misfit is not None:
                    return node.arguments[misfit.number]
        return tree


NORMAL_RADIUS, NORMAL_TURNS = "sqrt(-2log(1 - u))", ("cos(2pi*v)", "sin(2pi*v)")
"""Two independent normal numbers from two uniform ones, of which the first may be 0 but not 1."""


class _MisfitError(Exception):
    """A function got an argument that it does not accept: the number of the argument, from 0, and a sentence."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message)
        self.number = number


def first_mixing(trees: Iterable[Expression]) -> Call | None:
    """Return the first call in `trees` that mixes coordinates or distinguishes them; None where there is none."""
    calls = [node for tree in trees for node in all_parts_of(tree) if isinstance(node, Call)]
    mixing = [call for call in calls if _mixes(call)]
    return min(mixing, key=lambda call: call.start, default=None)


def _mixes(call: Call) -> bool:
    return call.function in MIXING | JOINING | PICKING or _is_extreme_coordinate(call.function, call.arguments)


def _that_are_vectors(function: str, arguments: Sequence[Quantity]) -> Sequence[Quantity]:
    """Return those of the arguments of a function that must be vectors."""
    if function not in OF_VECTORS:
        return ()
    return arguments[:1] if function in PICKING else arguments


def gradient_at(graph: Graph, point: Sequence[int]) -> Quantity:
    """Return the gradient at a point, given by the nodes of its coordinates."""
    return Quantity(tuple(graph.loss(1 + number, point) for number in range(len(point))), True)


def widened(quantity: Quantity, per_coordinate: bool) -> Quantity:
    """Return a number as a vector whose coordinates are all that number."""
    if quantity.is_vector:
        return quantity
    return Quantity(quantity.nodes if per_coordinate else quantity.nodes * DIMENSIONS, True)


def _is_extreme_coordinate(function: str, arguments: Sequence[object]) -> bool:
    """Return whether this is the extreme coordinate of one vector; of several vectors, each coordinate has its own."""
    return function in ("min", "max") and len(arguments) == 1


def _reduced(graph: Graph, function: str, arguments: Sequence[Quantity]) -> int:
    """Return the node of what is one number for all coordinates; a length counts those of all its arguments."""
    vectors = [widened(argument, per_coordinate=False).nodes for argument in arguments]
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
