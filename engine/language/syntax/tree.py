"""The tree of a parsed text: numbers, names and calls of functions, each with its place in the text."""

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
    """A variable, a definition, a parameter or a constant: the parser does not distinguish them."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """An operator or function applied to arguments.

    `function` is a name in `FUNCTIONS`, or that of a `FunctionDefinition` of the same text; never both.
    """

    function: str
    arguments: tuple[Expression, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chain:
    """``a < b <= c``: true where each comparison holds.

    `comparisons` are names in `FUNCTIONS`, one fewer than `terms` and at least two: a single comparison is a `Call`.
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
    """Return the operands of `node` in the order of the text; those of a choice begin with its condition."""
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Chain):
        return node.terms
    return (node.term, node.first, node.last) if isinstance(node, Reduction) else ()


def all_parts_of(tree: Expression) -> list[Expression]:
    """Return all nodes of `tree`, those within sums too, each before its operands."""
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
