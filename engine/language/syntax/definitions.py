"""Reads a whole line: a definition, ``name = value`` or ``name(u, v) = value``, or the loss."""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.errors import FormulaError
from engine.language.precedence import COMPARISONS
from engine.language.syntax.cursor import Cursor
from engine.language.syntax.grammar import expression, whole
from engine.language.syntax.lines import begins_definition
from engine.language.syntax.names import check_bound, check_changed, check_new, check_new_function, function_named
from engine.language.syntax.suggestions import CONTINUED, shown
from engine.language.syntax.tokens import Token
from engine.language.syntax.tree import Assignment, Call, Chain, Expression, FunctionDefinition


def definition(cursor: Cursor) -> Assignment | FunctionDefinition:
    """Return the whole line as a definition."""
    if defines_function(cursor.tokens):
        return _function_definition(cursor)
    initial = cursor.scope.rule and cursor.now.text == "init" and cursor.tokens[1].kind == "name"
    cursor.move_to(cursor.at + initial)
    name = cursor.take()
    if name.kind != "name" or not cursor.accept("="):
        raise _no_definition(cursor, name)
    (check_changed if cursor.scope.rule else check_new)(name, cursor.scope)
    return Assignment(name.text, whole(cursor), name.start, name.end, initial)


def loss(cursor: Cursor) -> Expression:
    """Return the whole line as the loss."""
    _refuse_definition(cursor)
    first, tree = cursor.now, expression(cursor)
    equation = tree.comparisons if isinstance(tree, Chain) else (tree.function,) if isinstance(tree, Call) else ()
    equals = cursor.now.text == "=" and cursor.tokens[cursor.at + 1].text not in COMPARISONS
    if equals or (cursor.finished and {*equation} == {"eq"}):
        # As a loss it would be 1 on a line and 0 elsewhere, with a slope of 0 everywhere.
        place = first.start, cursor.tokens[-2].end
        raise FormulaError("An equation is no loss.", *place, 'For a == b, write "(a - b)^2".')
    if not cursor.finished:
        raise cursor.unexpected(cursor.now)
    return tree


def _function_definition(cursor: Cursor) -> FunctionDefinition:
    name = cursor.take()
    check_new_function(name, cursor.scope)
    parameters: list[str] = []
    while cursor.take().text != ")":
        parameter = cursor.take()
        if parameter.kind != "name":
            raise FormulaError("A parameter is a name.", parameter.start, parameter.end, 'Write "f(u, v) = ...".')
        check_bound(parameter, cursor.scope, parameters)
        parameters.append(parameter.text)
    cursor.accept("=")
    cursor.local.update(parameters)
    return FunctionDefinition(name.text, tuple(parameters), whole(cursor), name.start, name.end)


def _no_definition(cursor: Cursor, first: Token) -> FormulaError:
    """Return the error for a line that should define a name and does not; raise one that is more exact."""
    place = first.start, cursor.tokens[-1].start
    if cursor.tokens[-2].text in CONTINUED and not cursor.scope.rule:
        return FormulaError("This line breaks off.", *place, "Put brackets around what goes on over several lines.")
    cursor.move_to(0)
    expression(cursor)
    if not cursor.finished and cursor.now.text != "=":
        raise cursor.unexpected(cursor.now)
    if cursor.scope.rule:
        return FormulaError("This line defines nothing.", *place, 'Write "name = formula".')
    hint = 'Every line but the last defines a name: "r = hypot(x, y)".'
    return FormulaError("This line defines nothing.", *place, hint)


def _refuse_definition(cursor: Cursor) -> None:
    """Refuse ``z = ...`` and ``f(x, y) = ...`` where the loss itself is asked for."""
    texts = [token.text for token in cursor.tokens]
    known = len(texts) > 1 and texts[1] == "(" and function_named(texts[0], cursor.scope.rule) is not None
    if not begins_definition(cursor.tokens, 0) or known:
        return
    equals = texts.index("=")
    if texts[equals + 1] in COMPARISONS:
        return
    place = cursor.tokens[0].start, cursor.tokens[equals].end
    if equals == 1 or texts[1:equals] == ["(", "x", ",", "y", ")"]:
        hint = f'Leave out "{shown("".join(texts[:equals]))} =".'
    else:
        hint = f'Add a line that uses "{shown(texts[0])}".'
    raise FormulaError("The last line must be the loss itself.", *place, hint)


def defines_function(tokens: Sequence[Token]) -> bool:
    """Return whether ``name(...) =`` stands at the front of a line."""
    if len(tokens) < 2 or tokens[0].kind != "name" or tokens[1].text != "(":
        return False
    closing = next((at for at, token in enumerate(tokens) if token.text == ")"), len(tokens))
    return closing + 1 < len(tokens) and tokens[closing + 1].text == "="


def head_of(tokens: Sequence[Token]) -> str:
    """Return the name that a line defines, or what stands in its place."""
    return tokens[tokens[0].text == "init" and tokens[1].kind == "name"].text
