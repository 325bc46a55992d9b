"""Text to tree: a formula or a rule, with errors that carry the place and what to try."""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.errors import FormulaError, together
from engine.language.expression import Line
from engine.language.functions import CONSTANTS, SPELLINGS
from engine.language.lines import lines_of, unclosed_over_lines
from engine.language.names import GIVEN_TO_RULES, VARIABLES, function_named
from engine.language.tokens import Token, misspelled
from engine.language.tree import Assignment, Call, Expression, FormulaTree, Name, RuleTree


def parse_formula(text: str) -> FormulaTree:
    """Return the tree of a formula: definitions on lines of their own, then the loss.

    Raises
    ------
    FormulaError
        Where the text is no formula.
    """
    if text.startswith("\n"):
        raise FormulaError("The first line is empty.", 0, 1, "Begin with the formula.")
    lines = _lines(text)
    if not lines:
        raise FormulaError("There is no formula yet.", 0, len(text), "Try `x^2 + y^2`.")
    definitions: list[Assignment] = []
    for line in lines[:-1]:
        definition = Line(line, False, frozenset(earlier.name for earlier in definitions)).assignment()
        _check_definition(definition, definitions)
        definitions.append(definition)
    _check_order(definitions)
    last = Line(lines[-1], False, {definition.name for definition in definitions})
    last.refuse_assignment()
    return FormulaTree(tuple(definitions), _no_equation(last.whole()))


def parse_rule(text: str) -> RuleTree:
    """Return the tree of a rule: lines ``name = formula`` and ``init name = formula``, one of which assigns ``w``.

    Raises
    ------
    FormulaError
        Where the text is no rule.
    """
    lines = _lines(text)
    if not lines:
        raise FormulaError("There is no rule yet.", 0, len(text), "Try `w = w - lr*g`.")
    assignments = [Line(line, True).assignment() for line in lines]
    for line in assignments:
        if line.name in CONSTANTS or line.name in SPELLINGS or line.name in GIVEN_TO_RULES[1:]:
            raise FormulaError(f"`{line.name}` is given and cannot be assigned.", line.start, line.end)
    if not any(line.name == "w" and not line.initial for line in assignments):
        raise FormulaError("A rule must say where to go.", len(text), len(text), "Add a line such as `w = w - lr*g`.")
    _check_initial(assignments)
    return RuleTree(tuple(assignments))


def names_read(tree: Expression) -> list[Name]:
    """Return the names in `tree`, in the order of the text, each as often as it stands there."""
    found: list[Name] = []
    pending: list[Expression] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Name):
            found.append(node)
        elif isinstance(node, Call):
            pending.extend(node.arguments)
    return sorted(found, key=lambda name: name.start)


def _lines(text: str) -> list[list[Token]]:
    """Return the tokens of each line that has any."""
    lines = lines_of(text)
    errors = misspelled([token for line in lines for token in line])
    for opening in (unclosed_over_lines(line, text) for line in lines):
        if opening is not None:
            errors.append(FormulaError("This `(` is not closed.", opening.start, opening.end, "Add `)`."))
    if errors:
        raise together(errors)
    return lines


def _check_definition(definition: Assignment, earlier: Sequence[Assignment]) -> None:
    place = definition.start, definition.end
    if definition.name in (*VARIABLES, *CONSTANTS) or function_named(definition.name, rule=False) is not None:
        raise FormulaError(f"`{definition.name}` has a meaning already.", *place, "Choose another name.")
    if any(line.name == definition.name for line in earlier):
        raise FormulaError(f"`{definition.name}` is defined twice.", *place, "Choose another name.")


def _check_order(definitions: Sequence[Assignment]) -> None:
    """Refuse a name that is read before its definition: it would be a slider here and something else below."""
    for number, definition in enumerate(definitions):
        unknown = {later.name for later in definitions[number:]}
        for name in names_read(definition.value):
            if name.name in unknown:
                message = f"`{name.name}` is used before it is defined."
                raise FormulaError(message, name.start, name.end, "Move its definition up, or choose another name.")


def _check_initial(assignments: Sequence[Assignment]) -> None:
    """Refuse an ``init`` line that starts something which is no state, or is started already."""
    changes = [line for line in assignments if not line.initial]
    first_change = {line.name: at for at, line in reversed([*enumerate(changes)])}
    started: set[str] = set()
    for line in (line for line in assignments if line.initial):
        place = line.start, line.end
        if line.name in started:
            raise FormulaError(f"`{line.name}` is started twice.", *place, f"Keep one `init {line.name}` line.")
        started.add(line.name)
        if line.name == "w":
            raise FormulaError("A racer starts where it is put.", *place, "Leave out the `init w` line.")
        if line.name not in first_change:
            hint = f"Add a line `{line.name} = ...` without `init`."
            raise FormulaError(f"`{line.name}` never changes.", *place, hint)
        before = changes[: first_change[line.name] + 1]
        if not any(name.name == line.name for change in before for name in names_read(change.value)):
            message = f"`{line.name}` is never read before it is assigned."
            raise FormulaError(message, *place, f"Leave out the `init {line.name}` line.")


def _no_equation(tree: Expression) -> Expression:
    """Return `tree`, unless it is an equation: 1 on a line and 0 elsewhere is nothing to descend."""
    if isinstance(tree, Call) and tree.function == "eq":
        raise FormulaError("An equation is no loss.", tree.start, tree.end, "For a == b, write `(a - b)^2`.")
    return tree
