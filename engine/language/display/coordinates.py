"""One coordinate of what a line of a rule computes, as a tree of its own in which vectors are read by coordinates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, replace
from itertools import chain

from engine.language.syntax.tree import (
    Call,
    Chain,
    Expression,
    FunctionDefinition,
    Name,
    Number,
    all_parts_of,
    parts_of,
)

OF_WHOLE_VECTORS = frozenset({"sum", "mean", "norm", "dot", "loss"})
"""Functions that make one number of vectors; `min` and `max` of one vector do too."""
FROM_WHOLE_VECTORS = frozenset({"grad", "hess", "hessdiag"})
"""Functions of which each coordinate depends on whole vectors."""
SPREAD = frozenset({"grad", "loss", "sum", "min", "max"})
"""Functions of one vector whose coordinates stand in their brackets: ∇(x, y)."""
DRAWN = frozenset({"rand", "randn"})
"""Functions without arguments that are vectors."""
COORDINATES = 2


@dataclass(frozen=True)
class CoordinateReader:
    """Reads trees of one rule by coordinates.

    Attributes
    ----------
    vectors : set of str
        The names that are vectors where the tree stands.
    functions : iterable of FunctionDefinition
        Those of the rule.
    named : callable
        Returns the name that a coordinate of a vector has in the result, given the vector's name and a number from 0.
    """

    vectors: Set[str]
    functions: Iterable[FunctionDefinition]
    named: Callable[[str, int], str]

    def is_vector(self, tree: Expression) -> bool:
        """Return whether a tree is a vector."""
        if isinstance(tree, Name):
            return tree.name in self.vectors
        if isinstance(tree, Number) or (isinstance(tree, Call) and self._makes_number(tree)):
            return False
        if isinstance(tree, Call) and tree.function in FROM_WHOLE_VECTORS | DRAWN | {"vector"}:
            return True
        return any(map(self.is_vector, parts_of(tree)))

    def coordinate(self, tree: Expression, number: int) -> Expression:
        """Return the tree of a coordinate, numbered from 0; of a number the tree in which vectors are spelt out."""
        if isinstance(tree, Name):
            return replace(tree, name=self.named(tree.name, number)) if tree.name in self.vectors else tree
        if isinstance(tree, Number):
            return tree
        if isinstance(tree, Call):
            return self._of_call(tree, number)
        if isinstance(tree, Chain):
            return replace(tree, terms=tuple(self.coordinate(term, number) for term in tree.terms))
        term, first, last = (self.coordinate(part, number) for part in parts_of(tree))
        return replace(tree, term=term, first=first, last=last)

    def _of_call(self, call: Call, number: int) -> Expression:
        if call.function == "vector":
            return self.coordinate(call.arguments[number], 0)
        if call.function == "coordinate" and isinstance(at := call.arguments[1], Number):
            return self.coordinate(call.arguments[0], int(at.value) - 1)
        if self._makes_number(call):
            return self._of_whole(call)
        if self._depends_on_whole(call):
            return self._indexed(self._of_whole(call), number) if self.is_vector(call) else self._of_whole(call)
        if call.function in DRAWN:
            return self._indexed(call, number)
        return replace(call, arguments=tuple(self.coordinate(argument, number) for argument in call.arguments))

    def _of_whole(self, call: Call) -> Call:
        """Return a call whose arguments are spelt out as vectors."""
        if call.function in SPREAD and len(call.arguments) == 1 and self.is_vector(call.arguments[0]):
            parts = (self.coordinate(call.arguments[0], number) for number in range(COORDINATES))
            return replace(call, arguments=tuple(parts))
        return replace(call, arguments=tuple(self._whole(argument) for argument in call.arguments))

    def _whole(self, tree: Expression) -> Expression:
        """Return a vector as the list of its coordinates, a number as it is."""
        parts = tuple(self.coordinate(tree, number) for number in range(COORDINATES))
        return Call("vector", parts, tree.start, tree.end) if self.is_vector(tree) else parts[0]

    def _indexed(self, call: Call, number: int) -> Call:
        return Call("coordinate", (call, Number(number + 1.0, call.start, call.end)), call.start, call.end)

    def _makes_number(self, call: Call) -> bool:
        if call.function in ("min", "max") and len(call.arguments) == 1:
            return True
        return call.function in OF_WHOLE_VECTORS or call.function == "coordinate"

    def _depends_on_whole(self, call: Call) -> bool:
        """Return whether the coordinates of a call are not computed each by itself."""
        if call.function in FROM_WHOLE_VECTORS:
            return True
        bodies = [function.value for function in self.functions if function.name == call.function]
        calls = (node for node in chain.from_iterable(map(all_parts_of, bodies)) if isinstance(node, Call))
        return any(self._makes_number(inner) or self._depends_on_whole(inner) for inner in calls)
