"""Checks of a whole text, each of whose lines is right by itself."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from types import MappingProxyType

from engine.language.errors import FormulaError, Replacement, together
from engine.language.functions import CONSTANTS, OVER_ROWS, SPELLINGS
from engine.language.syntax.names import GIVEN_TO_RULES, VARIABLES
from engine.language.syntax.suggestions import BINDS_ONE_FACTOR, product_meant
from engine.language.syntax.tree import (
    Assignment,
    Call,
    Expression,
    FormulaTree,
    FunctionDefinition,
    Name,
    Reduction,
    RuleTree,
    all_parts_of,
    parts_of,
)

SHORTEST_MISTYPED = 3
"""Letters of a name that is compared: shorter names are alike by chance."""

MOST_COMPARED = 200
"""Pairs of names that are compared: each takes 0.01 ms or more, and a guess is not worth a delay in a long text."""


def check_formula(tree: FormulaTree, text: str, columns: Collection[str] = ()) -> None:
    """Raise a FormulaError where the lines of a formula, whose `text` is this, do not fit together."""
    defined = {*columns, *(line.name for line in tree.definitions)}
    names = [name for line in tree.definitions for name in names_free_in(line)] + names_read(tree.result)
    values = {line.name for line in tree.definitions if isinstance(line, Assignment)}
    names = [name for name in names if name.name not in columns]
    errors = [*_glued_coordinates(names, defined, text), *_mistyped_definitions(names, values)]
    if errors:
        raise together(errors)


def check_rule(tree: RuleTree, end: int) -> None:
    """Raise a FormulaError where the lines of a rule do not fit together; `end` is that of the text."""
    errors = [*_given_assigned(tree), *_wrong_starts(tree.assignments), *_changing_names(tree)]
    errors += [*_slopes_as_points(tree), *_mistyped_given(tree), *_mistyped_quantities(tree)]
    if not errors and not any(line.name == "w" and not line.initial for line in tree.assignments):
        errors.append(FormulaError("A rule must say where to go.", end, end, 'Add a line such as "w = w - lr*g".'))
    if errors:
        raise together(errors)


def outside_means(tree: Expression, by_row: Set[str]) -> FormulaError:
    """Return the error for a loss that has a value for each row; the names in `by_row` have."""
    pending, found = [tree], list[Name]()
    while pending:
        node = pending.pop()
        if isinstance(node, Name) and node.name in by_row:
            found.append(node)
        if not (isinstance(node, Call) and node.function == OVER_ROWS):
            pending.extend(parts_of(node))
    hint = 'Write "mean(...)" around it, or around what it stands in.'
    if not found:
        return FormulaError("This has a value for each row of the data.", tree.start, tree.end, hint)
    first = min(found, key=lambda name: name.start)
    return FormulaError(f'"{first.name}" has a value for each row of the data.', first.start, first.end, hint)


def names_read(tree: Expression) -> list[Name]:
    """Return the names in `tree`, in the order of the text, each as often as it stands there.

    The index of a sum is none of them within the sum.
    """
    found: list[Name] = []
    pending: list[tuple[Expression, frozenset[str]]] = [(tree, frozenset())]
    while pending:
        node, bound = pending.pop()
        if isinstance(node, Name) and node.name not in bound:
            found.append(node)
        if isinstance(node, Reduction):
            pending.append((node.term, bound | {node.index.name}))
            pending.extend(((node.first, bound), (node.last, bound)))
        else:
            pending.extend((part, bound) for part in parts_of(node))
    return sorted(found, key=lambda name: name.start)


def names_free_in(definition: Assignment | FunctionDefinition) -> list[Name]:
    """Return the names that a definition reads; the parameters of a function are none of them."""
    own = definition.parameters if isinstance(definition, FunctionDefinition) else ()
    return [name for name in names_read(definition.value) if name.name not in own]


def _glued_coordinates(names: Sequence[Name], defined: Set[str], text: str) -> Iterator[FormulaError]:
    """Find ``ax`` that is meant as ``a*x``: it is one name, and without another x the slope by x is 0."""
    read = {name.name for name in names}
    for name in names:
        glued = [letter for letter in name.name if letter in VARIABLES and letter not in read]
        if len(name.name) == len("ax") and glued and name.name not in defined:
            message = f'"{name.name}" is one name, and nothing else reads "{glued[0]}".'
            front = text[: name.start].rstrip(" ")
            before = front.rstrip(" -+")[-1:]
            sign = before + "-" * front.endswith("-") if before in BINDS_ONE_FACTOR else ""
            meant = ["*".join(name.name)]
            if name.name[1].isdecimal() and not sign:
                meant.append("^".join(name.name))
            hint = f"Did you mean {' or '.join(product_meant(sign, text) for text in meant)}?"
            replacements = () if sign else tuple(Replacement(text, name.start, name.end) for text in meant)
            yield FormulaError(message, name.start, name.end, hint, replacements=replacements)


def _mistyped_definitions(names: Sequence[Name], values: Set[str]) -> Iterator[FormulaError]:
    """Find a free name that is nearly that of a definition which nothing reads: nobody means it as a parameter."""
    unread = values - {name.name for name in names}
    free = [name for name in names if name.name not in values and len(name.name) >= SHORTEST_MISTYPED]
    if len(free) * len(unread) > MOST_COMPARED:
        return
    for name in free:
        close = difflib.get_close_matches(name.name, unread, n=1, cutoff=0.8)
        if close:
            hint, meant = f'Did you mean "{close[0]}"?', Replacement(close[0], name.start, name.end)
            message = f'"{name.name}" is not known.'
            yield FormulaError(message, name.start, name.end, hint, replacements=(meant,))


REWRITTEN = "g"
"""The given name that may be assigned again: a rule may clip the gradient before anything reads it."""


def _given_assigned(tree: RuleTree) -> Iterator[FormulaError]:
    for line in tree.assignments:
        rewritten = line.name == REWRITTEN and not line.initial
        given = line.name in GIVEN_TO_RULES[1:] and not rewritten
        if line.name in CONSTANTS or line.name in SPELLINGS or given:
            yield FormulaError(f'"{line.name}" is given and cannot be assigned.', line.start, line.end)


POINTS: Mapping[str, int] = MappingProxyType({"grad": 0, "loss": 0, "hess": 1, "hessdiag": 0})
"""For each function of a point, the index of the argument that is the point."""
SLOPES = frozenset({"grad", "hess", "hessdiag"})
"""Functions whose value is a vector of slopes, which is no point."""


def _slopes_as_points(tree: RuleTree) -> Iterator[FormulaError]:
    """Find ``grad(grad(w))``: it is meant as a second derivative, but is the gradient at another point."""
    for line in _lines_of(tree):
        for node in all_parts_of(line.value):
            if not isinstance(node, Call) or len(node.arguments) <= POINTS.get(node.function, len(node.arguments)):
                continue
            point = node.arguments[POINTS[node.function]]
            if isinstance(point, Call) and point.function in SLOPES:
                message = f'"{node.function}" asks at a point, and "{point.function}" gives a slope.'
                hint = 'For second derivatives, write "hess(v)" or "hessdiag()".'
                yield FormulaError(message, point.start, point.end, hint)


def _mistyped_given(tree: RuleTree) -> Iterator[FormulaError]:
    """Find ``gg`` beside `g`: nobody means it as a hyperparameter."""
    assigned = {line.name for line in tree.assignments}
    for name in _free_names(tree):
        letter = name.name[0]
        if name.name == 2 * letter and letter in GIVEN_TO_RULES and name.name not in assigned:
            yield FormulaError(f'"{name.name}" is not known.', name.start, name.end, f'Did you mean "{letter}"?')


def _mistyped_quantities(tree: RuleTree) -> Iterator[FormulaError]:
    values = {line.name for line in tree.assignments if line.name not in GIVEN_TO_RULES}
    return _mistyped_definitions(_free_names(tree), values)


def _free_names(tree: RuleTree) -> list[Name]:
    return [name for line in _lines_of(tree) for name in names_free_in(line)]


def _lines_of(tree: RuleTree) -> list[Assignment | FunctionDefinition]:
    return [*tree.assignments, *tree.functions]


def _changing_names(tree: RuleTree) -> Iterator[FormulaError]:
    """Find functions that read what the rule assigns: their value would depend on the line of the call."""
    assigned = {line.name for line in tree.assignments}
    for function in tree.functions:
        for name in names_free_in(function):
            if name.name in assigned:
                hint = f'Give it to "{function.name}" as an argument.'
                yield FormulaError(f'"{name.name}" changes from line to line.', name.start, name.end, hint)


def _wrong_starts(assignments: Sequence[Assignment]) -> Iterator[FormulaError]:
    """Find ``init`` lines of a name that is no state, or that another one has already."""
    changes = [line for line in assignments if not line.initial]
    first_change = {line.name: at for at, line in reversed([*enumerate(changes)])}
    first_read = {name.name: at for at, line in reversed([*enumerate(changes)]) for name in names_read(line.value)}
    started: set[str] = set()
    for line in (line for line in assignments if line.initial):
        place = line.start, line.end
        if line.name == "w":
            yield FormulaError("A racer starts where it is put.", *place, 'Leave out the "init w" line.')
        elif line.name in started:
            yield FormulaError(f'"{line.name}" is started twice.', *place, f'Keep one "init {line.name}" line.')
        elif line.name not in first_change:
            hint = f'Add a line "{line.name} = ..." without "init".'
            yield FormulaError(f'"{line.name}" never changes.', *place, hint)
        elif first_read.get(line.name, len(changes)) > first_change[line.name]:
            message = f'"{line.name}" is never read before it is assigned.'
            yield FormulaError(message, *place, f'Leave out the "init {line.name}" line.')
        started.add(line.name)
