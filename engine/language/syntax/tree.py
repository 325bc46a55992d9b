"""The tree of a parsed text: numbers, names, and calls of rows of the function table; each knows its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number."""

    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, a definition, a parameter or a constant: the parser does not tell them apart."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """An operator or function applied to arguments.

    `function` is the name of a row in `FUNCTIONS`, or of a `FunctionDefinition` of the same text; never of both.
    """

    function: str
    arguments: tuple[Expression, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chain:
    """``a < b <= c``: true where each comparison holds.

    `comparisons` are the names of rows, one fewer than `terms` and at least two: a single comparison is a `Call`.
    """

    terms: tuple[Expression, ...]
    comparisons: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reduction:
    """``sum(term, index, first, last)`` or ``prod(...)``: `term` for each whole value of `index`, added or multiplied.

    `function` is the name of an entry in `REDUCTIONS`.
    """

    function: str
    term: Expression
    index: Name
    first: Expression
    last: Expression
    start: int
    end: int


Expression: TypeAlias = Number | Name | Call | Chain | Reduction


def parts_of(node: Expression) -> tuple[Expression, ...]:
    """Return what `node` is applied to, in the order of the text but for a choice."""
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Chain):
        return node.terms
    return (node.term, node.first, node.last) if isinstance(node, Reduction) else ()


def all_parts_of(tree: Expression) -> list[Expression]:
    """Return `tree` and all its parts, those of sums too, each before what it is made of."""
    found: list[Expression] = []
    pending = [tree]
    while pending:
        found.append(pending.pop())
        pending.extend(parts_of(found[-1]))
    return found


@dataclass(frozen=True, slots=True)
class Assignment:
    """``name = value``; `start` and `end` are the place of the name. `initial` marks a rule's ``init`` line."""

    name: str
    value: Expression
    start: int
    end: int
    initial: bool = False


@dataclass(frozen=True, slots=True)
class FunctionDefinition:
    """``name(parameters) = value``; `start` and `end` are the place of the name."""

    name: str
    parameters: tuple[str, ...]
    value: Expression
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FormulaTree:
    """A formula: definitions, then the loss."""

    definitions: tuple[Assignment | FunctionDefinition, ...]
    result: Expression


@dataclass(frozen=True, slots=True)
class RuleTree:
    """A rule: its assignments in the order of the text, and the functions that it defines."""

    assignments: tuple[Assignment, ...]
    functions: tuple[FunctionDefinition, ...] = ()
