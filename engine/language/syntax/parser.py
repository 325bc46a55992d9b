"""Text to tree: a formula or a rule, with errors that carry the place and what to try."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import pairwise
from typing import TypeVar

from engine.language.errors import MOST_REPORTED, FormulaError, together
from engine.language.syntax.bars import ambiguous_bars
from engine.language.syntax.cursor import Cursor, not_closed
from engine.language.syntax.definitions import defines_function, definition, head_of, loss
from engine.language.syntax.grammar import whole
from engine.language.syntax.lines import begins_definition, lines_of, unclosed_over_lines
from engine.language.syntax.names import Scope
from engine.language.syntax.rule_text import RuleText
from engine.language.syntax.semantic_checks import check_formula, check_rule
from engine.language.syntax.tokens import Token, misspelled
from engine.language.syntax.tree import Assignment, Expression, FormulaTree, FunctionDefinition, RuleTree

T = TypeVar("T")


def parse_formula(text: str, columns: Collection[str] = ()) -> FormulaTree:
    """Return the tree of a formula: definitions on lines of their own, then the loss.

    `columns` are those of the data set that it runs over, if it has one.

    Raises
    ------
    FormulaError
        Where the text is no formula.
    """
    if text.startswith("\n"):
        raise FormulaError("The first line is empty.", 0, 1, "Begin with the formula.")
    lines = lines_of(text)
    if not lines:
        raise FormulaError("There is no formula yet.", 0, len(text), 'Try "x^2 + y^2".')
    reader = _Reader(text, Scope(False, _heads(lines[:-1]), plain=_plain_names(lines), columns=frozenset(columns)))
    for line in lines[:-1]:
        reader.define(line)
    result = reader.read(lines[-1], loss)
    reader.raise_errors()
    assert result is not None, "a line without a result leaves an error, which is raised above"
    tree = FormulaTree(tuple(reader.definitions), result)
    check_formula(tree, text, columns)
    return tree


def parse_expression(text: str, functions: Mapping[str, tuple[str, ...]]) -> Expression:
    """Return the tree of one line that may be a comparison, and may apply `functions`, given with their parameters.

    Raises
    ------
    FormulaError
        Where the text is no expression.
    """
    lines = lines_of(text)
    if len(lines) != 1:
        raise FormulaError("This is to be one line.", 0, len(text))
    scope = Scope(False)
    scope.functions.update(functions)
    reader = _Reader(text, scope)
    found = reader.read(lines[0], whole)
    reader.raise_errors()
    assert found is not None, "a line without a result leaves an error, which is raised above"
    return found


def parse_rule(rule: str | RuleText) -> RuleTree:
    """Return the tree of a rule: lines ``name = formula`` and ``init name = formula``, one of which assigns ``w``.

    Raises
    ------
    FormulaError
        Where the text is no rule.
    """
    written = RuleText.of(rule)
    text, lines = written.text, written.lines
    if not lines:
        raise FormulaError("There is no rule yet.", 0, len(text), 'Try "w = w - lr*g".')
    functions = _heads(filter(defines_function, lines))
    reader = _Reader(text, Scope(True, functions, _heads(lines) - functions, _plain_names(lines)))
    for line in lines:
        reader.define(line)
    reader.raise_errors()
    read = reader.definitions
    tree = RuleTree(
        tuple(line for line in read if isinstance(line, Assignment)),
        tuple(line for line in read if isinstance(line, FunctionDefinition)),
    )
    check_rule(tree, len(text))
    return tree


class _Reader:
    """Reads the lines of a text one by one and collects their errors."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.definitions: list[Assignment | FunctionDefinition] = []
        self._text = text
        self._scope = scope
        self._errors: list[FormulaError] = []

    def read(self, tokens: list[Token], read: Callable[[Cursor], T]) -> T | None:
        """Return what `read` makes of a line, or None where the line is wrong."""
        errors = misspelled(tokens)
        bars = None if errors else ambiguous_bars(tokens, self._text)
        if bars is not None:
            errors.append(bars)
        opening = unclosed_over_lines(tokens, self._text)
        if opening is not None:
            errors.append(not_closed(opening))
        cursor, found = Cursor(tokens, self._scope), None
        if not errors:
            try:
                found = read(cursor)
            except FormulaError as error:
                errors.append(error)
        self._errors += [*cursor.errors, *errors]
        if len(self._errors) >= MOST_REPORTED:
            self.raise_errors()
        return found

    def define(self, tokens: list[Token]) -> None:
        """Read a line that defines a name.

        The name is known from here on even where the line is wrong, so that no line below is an error for that.
        """
        name = self._scope.begun = head_of(tokens)
        found = self.read(tokens, definition)
        self._scope.begun = ""
        self._scope.later.discard(name)
        if isinstance(found, Assignment):
            self._scope.values.add(name)
        elif isinstance(found, FunctionDefinition):
            self._scope.functions[name] = found.parameters
        else:
            self._scope.unread.add(name)
        if found is not None:
            self.definitions.append(found)

    def raise_errors(self) -> None:
        """Raise the errors so far as one, if there are any."""
        if self._errors:
            raise together(self._errors)


def _heads(lines: Iterable[list[Token]]) -> set[str]:
    """Return the names that `lines` define."""
    return {head_of(line) for line in lines if begins_definition(line, 0)}


def _plain_names(lines: list[list[Token]]) -> set[str]:
    """Return the names that stand somewhere without brackets after them."""
    return {
        token.text for line in lines for token, after in pairwise(line) if token.kind == "name" and after.text != "("
    }
