"""How far an operand, a factor or a bracket reaches in tokens that are not read yet, and what they are as a text.

An index "behind" something is that of the first token which no longer belongs to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.functions import CONSTANTS
from engine.language.syntax.cursor import Cursor
from engine.language.syntax.glued_names import ARGUMENT, readings
from engine.language.syntax.names import GIVEN_TO_RULES, VARIABLES, WORDS, is_factor
from engine.language.syntax.suggestions import BINDS_ONE_FACTOR
from engine.language.syntax.tokens import Token, is_root_sign


def text_between(tokens: Sequence[Token], first: int, beyond: int) -> str:
    """Return the tokens from `first` up to `beyond` as a text that reads to the same tokens."""
    pieces: list[str] = []
    for at, token in enumerate(tokens[first:beyond], first):
        apart = at > first and token.start > tokens[at - 1].end
        # Without the space between them, two words or numbers would be read as one.
        if apart and {token.kind, tokens[at - 1].kind} <= {"name", "number"}:
            pieces.append(" ")
        pieces.append("√" if is_root_sign(token) else token.text)
    return "".join(pieces)


def beyond_pair(tokens: Sequence[Token], at: int) -> int:
    """Return the index behind the partner of the bracket or bar at `at`; behind `at` itself where it has none."""
    opening, depth = tokens[at].text, 0
    for place in range(at, len(tokens)):
        text = tokens[place].text
        depth += (text == "(") - (text == ")")
        if depth < 0:
            break
        if depth == 0 and (opening == "(" or (text == "|" and place > at)):
            return place + 1
    return at + 1


def bracketless(tokens: Sequence[Token], first: int, beyond: int) -> str:
    """Return the tokens from `first` up to `beyond` as a text without a pair of brackets that encloses them all."""
    enclosed = tokens[first].text == "(" and beyond_pair(tokens, first) == beyond
    return text_between(tokens, first + enclosed, beyond - enclosed)


def starts_factor(cursor: Cursor, at: int | None = None) -> bool:
    """Return whether a factor without a sign before it begins at `at`, or else here: ``2x``, ``3(x+1)``, ``x y``."""
    token = cursor.now if at is None else cursor.tokens[at]
    if token.kind == "name":
        return token.text not in WORDS
    return token.text == "(" or (token.text == "|" and not cursor.bar_closes)


def beyond_factor(cursor: Cursor, at: int) -> int:
    """Return the index behind the factor that begins at token `at`: an operand with its power."""
    tokens = cursor.tokens
    while True:
        while is_root_sign(tokens[at]) or tokens[at].text in ("+", "-"):
            at += 1
        at = beyond_operand(cursor, at)
        if tokens[at].kind == "power":
            return at + 1
        if tokens[at].text != "^":
            return at
        at += 1


def beyond_operand(cursor: Cursor, at: int) -> int:
    """Return the index behind the number, name, call, brackets or bars that begin at token `at`."""
    tokens = cursor.tokens
    token, after = tokens[at], tokens[min(at + 1, len(tokens) - 1)]
    applied = after.text == "(" and token.kind == "name" and not is_factor(token.text, cursor.scope)
    if token.text in ("(", "|"):
        return beyond_pair(tokens, at)
    if applied and token.text not in cursor.local:
        return beyond_pair(tokens, at + 1)
    return min(at + 1, len(tokens) - 1)


def beyond_power(cursor: Cursor, at: int) -> int:
    """Return the index behind the power that begins at token `at`."""
    return at + 1 if cursor.tokens[at].kind == "power" else beyond_factor(cursor, at + 1)


def beyond_exponent(tokens: Sequence[Token], at: int) -> int:
    """Return the index behind the exponent at `at` of a function without an argument before it: ``sin^2``."""
    if tokens[at].kind == "power":
        return at + 1
    at += 1
    while tokens[at].text in ("+", "-"):
        at += 1
    return beyond_pair(tokens, at) if tokens[at].text == "(" else min(at + 1, len(tokens) - 1)


def factor_text(cursor: Cursor, at: int, beyond: int) -> str:
    """Return the factor from `at` up to `beyond` as a text; a name that is a glued product as that product."""
    token = cursor.tokens[at]
    alone = beyond == at + 1 and token.kind == "name" and not is_root_sign(token)
    meant = _readings(cursor, token.text) if alone else []
    return meant[0] if meant and ARGUMENT not in meant[0] else text_between(cursor.tokens, at, beyond)


def _readings(cursor: Cursor, name: str) -> list[str]:
    """Return what a name without a meaning of its own may be meant as."""
    known = {*cursor.scope.values, *cursor.local, *(GIVEN_TO_RULES if cursor.scope.rule else VARIABLES)}
    if name in known or name in CONSTANTS:
        return []
    return readings(name, known, frozenset(cursor.scope.functions))


def sign_before(cursor: Cursor) -> str:
    """Return ``^``, ``/`` or their like before the name just taken, with a minus that stands between, or ""."""
    at, negative = cursor.at - 2, False
    while at > 0 and cursor.tokens[at].text in ("+", "-"):
        negative ^= cursor.tokens[at].text == "-"
        at -= 1
    before = cursor.tokens[at] if at >= 0 else None
    binds = before is not None and (before.text in BINDS_ONE_FACTOR or is_root_sign(before))
    return before.text + "-" * negative if before is not None and binds else ""


def index_ahead(tokens: Sequence[Token], opening: int) -> Token | None:
    """Return the name that is the whole second argument of the call whose brackets begin at `opening`, or None."""
    depth = 0
    for at in range(opening, len(tokens) - 1):
        text = tokens[at].text
        depth += (text == "(") - (text == ")")
        if text == "," and depth == 1:
            name, after = tokens[at + 1], tokens[min(at + 2, len(tokens) - 1)]
            return name if name.kind == "name" and name.text not in WORDS and after.text in (",", ")") else None
        if depth <= 0:
            return None
    return None
