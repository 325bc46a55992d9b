"""The grammar of an expression: one function for each level of precedence, which all read on from a cursor.

The loosest operator comes first: a choice, ``or``, ``and``, ``not``, comparisons, the operators of `BINARY`, signs,
powers; then operands and the arguments of functions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.language.errors import FormulaError
from engine.language.functions import OVERLOADS, Function
from engine.language.precedence import BINARY, COMPARISONS, PRODUCT, SUM
from engine.language.reductions import ARGUMENTS, REDUCTIONS, Reducer
from engine.language.syntax.ambiguities import (
    bracketless_call,
    refuse_halved_exponent,
    refuse_index,
    refuse_lone_bar,
    refuse_percentage,
    refuse_remark,
    refuse_second_brackets,
    refuse_semicolon,
    refuse_two_exponents,
    refuse_two_roots,
    two_numbers,
    two_powers,
    two_quotients,
    uneven_commas,
)
from engine.language.syntax.cursor import Cursor
from engine.language.syntax.lookahead import index_ahead, sign_before, starts_factor
from engine.language.syntax.names import (
    WORDS,
    check_bound,
    check_foreign,
    function_named,
    is_factor,
    misnamed,
    misnamed_after_number,
    unknown_function,
)
from engine.language.syntax.suggestions import arguments_taken, call_shown, calls_meant, counted, decimal_comma
from engine.language.syntax.tokens import SUPERSCRIPTS, Token, is_root_sign
from engine.language.syntax.tree import Call, Chain, Expression, Name, Number, Reduction

DIVISIONS = frozenset({"div", "mod", "floordiv"})
UPWARDS, DOWNWARDS = frozenset({"lt", "le", "eq"}), frozenset({"gt", "ge", "eq"})
"""Comparisons that one chain may join: together they order its ends."""


def whole(cursor: Cursor) -> Expression:
    """Return the rest of the line as one expression."""
    tree = expression(cursor)
    if not cursor.finished:
        raise cursor.unexpected(cursor.now)
    return tree


def expression(cursor: Cursor) -> Expression:
    """Return the longest expression that begins here: ``a if c else b`` is the loosest of all."""
    cursor.enter(cursor.now)
    chosen = _either(cursor)
    if cursor.accept("if"):
        condition = _either(cursor)
        if cursor.now.text == "=":
            raise cursor.unexpected(cursor.now)
        if not cursor.accept("else"):
            place = cursor.now.start, cursor.now.end
            raise FormulaError("This choice lacks its other half.", *place, 'Write "a if c else b".')
        chosen = cursor.operator_call("where", condition, chosen, expression(cursor))
    cursor.leave()
    return chosen


def _either(cursor: Cursor) -> Expression:
    left = _both(cursor)
    while cursor.accept("or"):
        left = cursor.operator_call("or", left, _both(cursor))
    return left


def _both(cursor: Cursor) -> Expression:
    left = _not(cursor)
    while cursor.accept("and"):
        left = cursor.operator_call("and", left, _not(cursor))
    return left


def _not(cursor: Cursor) -> Expression:
    first, flips = cursor.now, 0
    while cursor.accept("not"):
        flips += 1
    result = _comparison(cursor)
    for _ in range(min(flips, 2 + flips % 2)):
        result = Call("not", (result,), first.start, result.end)
    return result


def _comparison(cursor: Cursor) -> Expression:
    """Return a sum, a comparison of two, or a chain of comparisons."""
    terms, comparisons = [_binary(cursor, SUM)], list[str]()
    directions = [UPWARDS, DOWNWARDS]
    while cursor.now.kind == "symbol" and cursor.now.text in COMPARISONS:
        token = cursor.take()
        comparisons.append(COMPARISONS[token.text])
        directions = [direction for direction in directions if comparisons[-1] in direction]
        if len(comparisons) > 1 and not directions:
            hint = 'Write "a < b and b > c".'
            raise FormulaError("A chain of comparisons runs one way.", token.start, token.end, hint)
        terms.append(_binary(cursor, SUM))
    if not comparisons:
        return terms[0]
    compared = cursor.operator_call(comparisons[0], *terms)
    if len(comparisons) == 1:
        return compared
    cursor.count(len(comparisons), compared.start, compared.end)
    return Chain(tuple(terms), tuple(comparisons), compared.start, compared.end)


def _binary(cursor: Cursor, loosest: int) -> Expression:
    """Return a chain of operators that bind at least as tightly as `loosest`, by precedence climbing."""
    left = _signed(cursor)
    divided_at = 0
    while True:
        token = cursor.now
        if loosest <= PRODUCT and starts_factor(cursor):
            refuse_second_brackets(cursor, token)
            if divided_at:
                raise two_quotients(cursor, divided_at)
            left = cursor.operator_call("mul", left, _power(cursor))
            continue
        level, function = BINARY.get(token.text, (0, "")) if token.kind == "symbol" else (0, "")
        if level < loosest:
            return left
        before = cursor.before
        cursor.take()
        refuse_remark(cursor, token)
        refuse_percentage(cursor, before, token)
        divided_at = cursor.at if function in DIVISIONS else 0
        left = cursor.operator_call(function, left, _binary(cursor, level + 1))


def _signed(cursor: Cursor) -> Expression:
    """Return a power with the signs before it, which bind more loosely: ``-x^2`` is ``-(x^2)``."""
    first, negative = cursor.now, False
    while cursor.now.kind == "symbol" and cursor.now.text in "+-":
        negative ^= cursor.take().text == "-"
    tree = _power(cursor)
    if not negative:
        return tree
    cursor.count(1, first.start, tree.end)
    return Call("neg", (tree,), first.start, tree.end)


def _power(cursor: Cursor) -> Expression:
    """Return an operand with its powers, which bind to the right: ``2^3^2`` is ``2^(3^2)``."""
    first = cursor.at
    base = _operand(cursor)
    if cursor.now.kind == "power":
        token = cursor.take()
        if cursor.now.text == "^":
            raise two_powers(cursor, first)
        return cursor.operator_call("pow", base, _number(cursor, token))
    if cursor.now.text != "^":
        return base
    cursor.enter(cursor.take())
    exponent_at = cursor.at
    exponent = _signed(cursor)
    cursor.leave()
    refuse_halved_exponent(cursor, first, exponent_at)
    refuse_two_exponents(cursor, base, exponent, first, exponent_at)
    return cursor.operator_call("pow", base, exponent)


def _operand(cursor: Cursor) -> Expression:
    """Return a number, a name, a call, or what stands in brackets or between bars."""
    token = cursor.take()
    if token.kind == "number":
        return _number(cursor, token)
    if token.kind == "name" and token.text not in WORDS:
        return _named(cursor, token)
    if token.text == "(":
        return _enclosed(cursor, token, ")")
    if token.text == "|":
        refuse_lone_bar(cursor, token)
        inside = _enclosed(cursor, token, "|")
        return Call("abs", (inside,), token.start, cursor.before.end)
    raise cursor.unexpected(token)


def _number(cursor: Cursor, token: Token) -> Number:
    value = float(token.text.translate(SUPERSCRIPTS))
    if math.isinf(value):
        raise FormulaError("This number is too large.", token.start, token.end, "The largest is about 1.8e308.")
    if token.kind == "number" and cursor.now.kind == "name" and cursor.glued:
        cursor.record(misnamed_after_number(token, cursor.now, cursor.local))
    return Number(value, token.start, token.end)


def _enclosed(cursor: Cursor, opening: Token, closing: str) -> Expression:
    with cursor.open(opening):
        inside = expression(cursor)
        cursor.close(opening, closing)
    return inside


def _named(cursor: Cursor, token: Token) -> Expression:
    """Return what the name `token` stands for: itself, or a function with its arguments."""
    name, brackets, scope = token.text, cursor.now.text == "(", cursor.scope
    if name in cursor.local:
        return Name(name, token.start, token.end)
    if name in REDUCTIONS:
        return _reduction(cursor, token, REDUCTIONS[name])
    spec = function_named(name, scope.rule, bool(scope.columns))
    if spec is not None and (brackets or not spec.letter):
        return _root(cursor, token) if is_root_sign(token) and not brackets else _call(cursor, token, spec)
    if brackets and name in scope.functions:
        return _call_of_text(cursor, token, scope.functions[name])
    check_foreign(token, "".join(earlier.text for earlier in cursor.tokens[max(cursor.at - 3, 0) : cursor.at]))
    if brackets and not is_factor(name, scope):
        return _call_of_unknown(cursor, token)
    refuse_index(cursor, token)
    cursor.record(misnamed(token, scope, cursor.local, sign_before(cursor)))
    return Name(name, token.start, token.end)


def _root(cursor: Cursor, sign: Token) -> Call:
    """Return ``√x``, a root without brackets."""
    first = cursor.at
    cursor.enter(sign)
    under = _operand(cursor)
    cursor.leave()
    refuse_two_roots(cursor, sign, first)
    return Call("sqrt", (under,), sign.start, under.end)


def _call(cursor: Cursor, token: Token, spec: Function) -> Call:
    """Return a function of the table applied to its arguments."""
    arguments = _arguments(cursor, token, spec.signature, spec.least)
    specs = [spec, OVERLOADS[token.text]] if token.text in OVERLOADS else [spec]
    fitting = [spec for spec in specs if spec.takes(len(arguments))]
    if not fitting:
        calls = calls_meant(token.text, specs, len(arguments))
        cursor.record(_miscounted(cursor, token, arguments, arguments_taken(specs), calls))
    elif cursor.decimal_comma and len(specs) > 1:
        # With decimal commas, log(1,5) is the logarithm of one number.
        cursor.record(two_numbers(cursor, token))
    elif cursor.uneven_commas and spec.most is None:
        cursor.record(uneven_commas(cursor, token))
    return _applied(cursor, (fitting or specs)[0].name, token, arguments)


def _call_of_text(cursor: Cursor, token: Token, parameters: Sequence[str]) -> Call:
    """Return a function that the text defines applied to its arguments."""
    call = call_shown(token.text, parameters)
    arguments = _arguments(cursor, token, call)
    if len(arguments) != len(parameters):
        cursor.record(_miscounted(cursor, token, arguments, counted(len(parameters)), f'"{call}"'))
    return _applied(cursor, token.text, token, arguments)


def _call_of_unknown(cursor: Cursor, token: Token) -> Call:
    """Record that a function is not known, and read on behind its arguments."""
    if token.text not in cursor.scope.unread:
        cursor.record(unknown_function(token, cursor.scope, cursor.local, sign_before(cursor)))
    if cursor.tokens[cursor.at + 1].text == ")":
        cursor.move_to(cursor.at + len("()"))
        return _applied(cursor, token.text, token, ())
    return _applied(cursor, token.text, token, _arguments(cursor, token, f"{token.text}(u)"))


def _reduction(cursor: Cursor, token: Token, reducer: Reducer) -> Call | Reduction:
    """Return ``sum(term, i, first, last)``; in a rule ``sum(v)`` is the sum over the coordinates."""
    index = index_ahead(cursor.tokens, cursor.at)
    if index is not None:
        check_bound(index, cursor.scope, cursor.local)
        cursor.local.add(index.text)
    spec = function_named(token.text, cursor.scope.rule)
    arguments = _arguments(cursor, token, (spec or reducer).signature)
    if index is not None:
        cursor.local.remove(index.text)
    if len(arguments) != len(ARGUMENTS):
        if spec is None or len(arguments) != spec.most:
            taken = counted(len(ARGUMENTS)) if spec is None else f"{spec.most} or {counted(len(ARGUMENTS))}"
            cursor.record(_miscounted(cursor, token, arguments, taken, f'"{reducer.signature}"'))
        return _applied(cursor, token.text, token, arguments)
    term, name, first, last = arguments
    if not isinstance(name, Name):
        message = f'The second argument of "{token.text}" is the name that counts.'
        raise FormulaError(message, name.start, name.end, f'Write "{reducer.signature}".')
    return Reduction(reducer.name, term, name, first, last, token.start, cursor.before.end)


def _arguments(cursor: Cursor, token: Token, call: str, least: int = 1) -> list[Expression]:
    """Return the arguments in the brackets that begin here; `call` is the function `token` with those it takes."""
    opening = cursor.now
    if not cursor.accept("("):
        if least == 0:
            raise FormulaError(f'"{token.text}" needs brackets.', token.start, token.end, f'Write "{call}".')
        raise bracketless_call(cursor, token, call)
    if least == 0 and cursor.accept(")"):
        return []
    if cursor.now.text == ")":
        raise FormulaError(f'"{token.text}" needs an argument.', token.start, cursor.now.end, f'Write "{call}".')
    with cursor.open(opening):
        arguments = [expression(cursor)]
        decimal = spaced = False
        while cursor.accept(","):
            decimal |= decimal_comma(*cursor.tokens[cursor.at - 2 : cursor.at + 1])
            spaced |= not cursor.glued
            arguments.append(expression(cursor))
        if cursor.now.text == "=" and token.text in REDUCTIONS:
            message = '"=" does not fit here.'
            raise FormulaError(message, cursor.now.start, cursor.now.end, f'Write "{call}".')
        refuse_semicolon(cursor)
        cursor.close(opening, ")")
    cursor.decimal_comma, cursor.uneven_commas = decimal, decimal and spaced
    return arguments


def _applied(cursor: Cursor, function: str, token: Token, arguments: Sequence[Expression]) -> Call:
    cursor.count(len(arguments), token.start, cursor.before.end)
    cursor.call_end = cursor.at
    return Call(function, tuple(arguments), token.start, cursor.before.end)


def _miscounted(cursor: Cursor, token: Token, arguments: Sequence[Expression], taken: str, calls: str) -> FormulaError:
    hint = 'A decimal number has a point, as in "0.5".' if cursor.decimal_comma else f"Write {calls}."
    return FormulaError(f'"{token.text}" takes {taken}, not {len(arguments)}.', token.start, token.end, hint)
