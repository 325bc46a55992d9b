"""Folds a tree from the leaves up, to nodes or other values; unrolls its sums and inlines functions of the text.

A fold is a loop, not a recursion, since a text may be nested deeper than Python's stack.  Only a sum or a function of
the text begins a fold within another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from engine.language.errors import FormulaError
from engine.language.functions import FUNCTIONS
from engine.language.reductions import REDUCTIONS
from engine.language.syntax.tree import (
    Call,
    Chain,
    Expression,
    FunctionDefinition,
    Name,
    Number,
    Reduction,
    all_parts_of,
    parts_of,
)

T = TypeVar("T")

MOST_TERMS = 10_000
"""Terms of one sum."""

MOST_UNROLLED = 30_000
"""Operations of a text with its sums unrolled and its functions inlined: their graph is built in 0.1 s."""

DEEPEST_CALLS = 50
"""Functions within functions, and sums within sums."""


def parts_first(tree: Expression) -> tuple[Expression, ...]:
    """Return the nodes of `tree`, each behind its operands, without those within sums, which are folded apart."""
    found: list[Expression] = []
    pending: list[Expression] = [tree]
    while pending:
        node = pending.pop()
        found.append(node)
        if not isinstance(node, Reduction):
            pending.extend(parts_of(node))
    return tuple(reversed(found))


def fold(
    order: Sequence[Expression],
    number: Callable[[float], T],
    name: Callable[[str], T],
    call: Callable[..., T],
    reduction: Callable[[Reduction], T] | None = None,
) -> T:
    """Return the value of a tree in the order of `parts_first`; `call` gets a function's name and its arguments."""
    results: list[T] = []
    for node in order:
        if isinstance(node, Name):
            results.append(name(node.name))
        elif isinstance(node, Call):
            first = len(results) - len(node.arguments)
            results[first:] = [call(node.function, *results[first:])]
        elif isinstance(node, Number):
            results.append(number(node.value))
        elif isinstance(node, Chain):
            first = len(results) - len(node.terms)
            results[first:] = [_chained(node, results[first:], call)]
        else:
            assert reduction is not None, "only the texts of people hold sums"
            results.append(reduction(node))
    return results[0]


def _chained(chain: Chain, terms: list[T], call: Callable[..., T]) -> T:
    """Return the value of a chain of comparisons, each of whose terms is folded once."""
    holds = [call(spec, left, right) for spec, left, right in zip(chain.comparisons, terms, terms[1:], strict=False)]
    together = holds[0]
    for another in holds[1:]:
        together = call("and", together, another)
    return together


class Unrolling(Generic[T]):
    """Folds the lines of one text, whose functions and limits they share.

    Parameters
    ----------
    number, name, call
        Make the value of a number, of a name that is bound nowhere, and of a function applied to arguments.
    value
        The number that a result stands for, or None where it is not known beforehand.
    check
        Called as the text grows, with the place of the line; raises where the result is too large.
    functions
        The functions that the text defines.
    """

    def __init__(
        self,
        number: Callable[[float], T],
        name: Callable[[str], T],
        call: Callable[..., T],
        value: Callable[[T], float | None],
        check: Callable[[int, int], None],
        functions: Iterable[FunctionDefinition],
    ) -> None:
        self._number = number
        self._name = name
        self._apply = call
        self._value = value
        self._check = check
        self._functions = {function.name: function for function in functions}
        self._bodies = {function.name: parts_first(function.value) for function in self._functions.values()}
        self._fresh: set[str] = set()
        for function in self._functions.values():
            if any(isinstance(part, Call) and self._is_fresh(part.function) for part in all_parts_of(function.value)):
                self._fresh.add(function.name)
        self._applied: dict[tuple[str, tuple[T, ...]], T] = {}
        self._operations = 0
        self._depth = 0
        self._place = 0, 0

    def line(self, tree: Expression, start: int, end: int) -> T:
        """Return the whole value of a line of the text, which stands from `start` to `end`."""
        self._place = start, end
        return self._fold(parts_first(tree), {})

    def _fold(self, order: Sequence[Expression], local: Mapping[str, T]) -> T:
        """Return the value of a tree in which an index or parameters have the values `local`."""

        def name(text: str) -> T:
            return local[text] if text in local else self._name(text)

        return fold(order, self._number, name, self._call, lambda node: self._reduced(node, local))

    def _call(self, function: str, *arguments: T) -> T:
        self._count()
        if function not in self._functions:
            return self._apply(function, *arguments)
        key = function, arguments
        if key not in self._applied or function in self._fresh:
            local = dict(zip(self._functions[function].parameters, arguments, strict=True))
            self._applied[key] = self._deeper(self._bodies[function], local)
        return self._applied[key]

    def _is_fresh(self, function: str) -> bool:
        """Return whether each call gives another value, so that the value for equal arguments cannot be used again."""
        spec = FUNCTIONS.get(function)
        return function in self._fresh or (spec is not None and "fresh" in spec.traits)

    def _reduced(self, node: Reduction, local: Mapping[str, T]) -> T:
        """Return the terms of a sum or product, joined from the left."""
        reducer = REDUCTIONS[node.function]
        first, last = (self._bound(bound, node, local) for bound in (node.first, node.last))
        if last - first >= MOST_TERMS:
            message = f'This "{node.function}" has too many terms: {MOST_TERMS:,} are the most.'
            raise FormulaError(message, node.start, node.end)
        term_order = parts_first(node.term)
        joined: T | None = None
        for index in range(first, last + 1):
            self._count()
            term = self._deeper(term_order, {**local, node.index.name: self._number(float(index))})
            joined = term if joined is None else self._apply(reducer.joint, joined, term)
        return self._number(reducer.empty) if joined is None else joined

    def _bound(self, bound: Expression, node: Reduction, local: Mapping[str, T]) -> int:
        value = self._value(self._fold(parts_first(bound), local))
        if value is None:
            message = f'How far a "{node.function}" runs must not depend on variables or parameters.'
            raise FormulaError(message, bound.start, bound.end, "Write whole numbers.")
        if not value.is_integer():
            message = f'A "{node.function}" runs between whole numbers, not to {value:g}.'
            raise FormulaError(message, bound.start, bound.end, "Write whole numbers.")
        return int(value)

    def _deeper(self, order: Sequence[Expression], local: Mapping[str, T]) -> T:
        if self._depth == DEEPEST_CALLS:
            message = f"Functions and sums are nested too deeply: {DEEPEST_CALLS} levels are the most."
            raise FormulaError(message, *self._place)
        self._depth += 1
        result = self._fold(order, local)
        self._depth -= 1
        return result

    def _count(self) -> None:
        self._operations += 1
        if self._operations > MOST_UNROLLED:
            message = f"This unrolls to too many operations: {MOST_UNROLLED:,} are the most."
            raise FormulaError(message, *self._place, "Make its sums shorter.")
        self._check(*self._place)
