"""Errors for texts that two readers may read differently, each with both readings: ``1/2x``, ``e^2x``, ``sin x y``."""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.errors import FormulaError, Replacement
from engine.language.functions import SPELLINGS
from engine.language.syntax.cursor import Cursor, not_closed
from engine.language.syntax.lookahead import (
    beyond_exponent,
    beyond_factor,
    beyond_operand,
    beyond_pair,
    beyond_power,
    bracketless,
    factor_text,
    starts_factor,
    text_between,
)
from engine.language.syntax.names import VARIABLES, VECTORS_OF_RULES, function_named
from engine.language.syntax.suggestions import CONTINUED, GIVEN_AT_W, LONGEST_READING, shown, two_meanings
from engine.language.syntax.tokens import SUPERSCRIPTS, Token, is_root_sign
from engine.language.syntax.tree import Call, Expression, Name, Number, all_parts_of

INDICES = {"0": 1, "1": 1, "2": 2}
"""What other programs write in brackets behind a vector, and the coordinate that is meant."""
REMARK_SIGNS = ("//", "%")


def refuse_second_brackets(cursor: Cursor, token: Token) -> None:
    """Refuse ``sin(x)(y)``, which is a product to one reader and a typing mistake to another."""
    if token.text == "(" and cursor.at == cursor.call_end:
        raise FormulaError("This may mean two things.", token.start, token.end, 'To multiply, write "*" before it.')


def refuse_index(cursor: Cursor, token: Token) -> None:
    """Refuse ``x(2)``: a product here, and in MATLAB the second coordinate."""
    inside = cursor.tokens[cursor.at : cursor.at + len("(2)")]
    coordinates = VECTORS_OF_RULES if cursor.scope.rule else ("x",)
    if (
        token.text not in coordinates
        or token.end != cursor.now.start
        or [inside[0].text, inside[-1].text] != ["(", ")"]
    ):
        return
    index = inside[1].text
    number = INDICES.get(index)
    if number is None:
        return
    meant = f"coordinate({token.text}, {number})" if cursor.scope.rule else VARIABLES[number - 1]
    raise two_meanings(token.start, inside[-1].end, f"{token.text}*{index}", meant)


def refuse_remark(cursor: Cursor, sign: Token) -> None:
    """Refuse ``x^2 // the bowl``, a remark to C, and ``x^2 % the bowl``, one to MATLAB."""
    rest = cursor.tokens[cursor.at :]
    words = [token for token in rest if token.kind == "name"]
    alone = all(token.kind in ("name", "stop", "end") for token in rest)
    known = {*VARIABLES, *cursor.scope.values, *cursor.local}
    if sign.text in REMARK_SIGNS and alone and len(words) > 1 and any(word.text not in known for word in words):
        hint = 'A remark begins with "#". To multiply, write "*".'
        raise FormulaError("This may be a remark.", sign.start, words[-1].end, hint)


def refuse_semicolon(cursor: Cursor) -> None:
    """Refuse ``max(1; x)``, as spreadsheets write where a comma is decimal."""
    if cursor.now.kind == "end" and cursor.now.text == ";":
        place = cursor.now.start, cursor.now.end
        raise FormulaError('";" ends a line, and a "(" is open.', *place, 'Between arguments, write ",".')


def refuse_percentage(cursor: Cursor, number: Token, sign: Token) -> None:
    """Refuse ``50% x``, a half of x to one reader and a remainder to another."""
    if sign.text == "%" and number.kind == "number" and number.end == sign.start and not cursor.glued:
        beyond = beyond_factor(cursor, cursor.at)
        factor = factor_text(cursor, cursor.at, beyond)
        place = number.start, cursor.tokens[beyond - 1].end
        raise two_meanings(*place, f"{number.text}/100*{factor}", f"{number.text} % {factor}")


def two_quotients(cursor: Cursor, divisor_at: int) -> FormulaError:
    """Return the error for ``1/2x``, a half of x or half of its reciprocal."""
    tokens = cursor.tokens
    pieces, beyond = [text_between(tokens, divisor_at, cursor.at)], cursor.at
    while beyond == cursor.at or starts_factor(cursor, beyond):
        end = beyond_factor(cursor, beyond)
        pieces.append(factor_text(cursor, beyond, end))
        beyond = end
    sign, product = tokens[divisor_at - 1], "*".join(pieces)
    return two_meanings(sign.start, tokens[beyond - 1].end, f"{sign.text}({product})", sign.text + product)


def two_powers(cursor: Cursor, first: int) -> FormulaError:
    """Return the error for ``x²^3``, whose base begins at token `first`."""
    beyond, at = beyond_power(cursor, cursor.at), cursor.at
    base, raised, more = (text_between(cursor.tokens, *ends) for ends in ((first, at - 1), (at - 1, at), (at, beyond)))
    place = cursor.tokens[first].start, cursor.tokens[beyond - 1].end
    return two_meanings(*place, f"({base}{raised}){more}", f"{base}^({raised.translate(SUPERSCRIPTS)}{more})")


def refuse_two_exponents(cursor: Cursor, base: Expression, exponent: Expression, first: int, exponent_at: int) -> None:
    """Refuse ``e^2x``, where the factor that follows closely may belong to the exponent; ``x^2y`` is plain."""
    bracketed = cursor.tokens[exponent_at].text == "(" and beyond_pair(cursor.tokens, exponent_at) == cursor.at
    if cursor.glued and starts_factor(cursor) and not bracketed and not _is_monomial(cursor, base, exponent):
        beyond = beyond_factor(cursor, cursor.at)
        root = text_between(cursor.tokens, first, exponent_at)
        power = text_between(cursor.tokens, exponent_at, cursor.at)
        factor = factor_text(cursor, cursor.at, beyond)
        place = cursor.tokens[first].start, cursor.tokens[beyond - 1].end
        raise two_meanings(*place, f"{root}({power}*{factor})", f"{root}{power}*{factor}")


def _is_monomial(cursor: Cursor, base: Expression, exponent: Expression) -> bool:
    """Return whether a power and the factor that follows closely are read like ``x^2y``, which is plain.

    In ``e^2x``, ``b^2x``, ``x^2a``, ``x^2x`` and ``x^a(y)`` a reader may take the factor for a part of the exponent.
    """
    coordinates = (*VARIABLES, *VECTORS_OF_RULES) if cursor.scope.rule else VARIABLES
    shortest = exponent.arguments[0] if isinstance(exponent, Call) and exponent.function == "neg" else exponent
    varies = any(isinstance(part, Name) and part.name in coordinates for part in all_parts_of(base))
    if not (isinstance(shortest, Number) and varies):
        return False
    last = cursor.tokens[beyond_factor(cursor, cursor.at) - 1]
    if cursor.now.kind != "name" or (last.text == ")" and cursor.now.text not in coordinates):
        return True
    return cursor.now.text in coordinates and not (isinstance(base, Name) and base.name == cursor.now.text)


def refuse_halved_exponent(cursor: Cursor, first: int, exponent_at: int) -> None:
    """Refuse ``x^1/2``: a power of 1 is written only as the beginning of a half."""
    sign = text_between(cursor.tokens, exponent_at, cursor.at - 1)
    if cursor.now.text != "/" or cursor.before.text != "1" or sign not in ("", "-"):
        return
    beyond = beyond_factor(cursor, cursor.at + 1)
    root = text_between(cursor.tokens, first, exponent_at)
    under = text_between(cursor.tokens, cursor.at, beyond)
    place = cursor.tokens[first].start, cursor.tokens[beyond - 1].end
    raise two_meanings(*place, f"{root}({sign}1{under})", f"({root}{sign}1){under}")


def refuse_two_roots(cursor: Cursor, sign: Token, first: int) -> None:
    """Refuse ``√2x`` and ``√x^2``: how far a root without brackets reaches must be plain."""
    powered = cursor.now.kind == "power" or cursor.now.text == "^"
    if cursor.tokens[first].text in ("(", "|") or not (powered or (cursor.glued and starts_factor(cursor))):
        return
    beyond = beyond_power(cursor, cursor.at) if powered else beyond_factor(cursor, cursor.at)
    inside = text_between(cursor.tokens, first, cursor.at)
    more = text_between(cursor.tokens, cursor.at, beyond)
    end = cursor.tokens[beyond - 1].end
    raise two_meanings(sign.start, end, f"√({inside}{more})", f"(√{inside}){more}")


def refuse_lone_bar(cursor: Cursor, token: Token) -> None:
    """Refuse the last bar of ``|2|x||``, where the second one has closed the first, and that of ``|x + (y|``."""
    if not cursor.finished and cursor.now.text not in (")", ","):
        return
    if cursor.finished and [opened.text for opened in cursor.opened[-2:]] == ["|", "("]:
        raise not_closed(cursor.opened[-1])
    before = [earlier.text for earlier in cursor.tokens[: cursor.at - 1]]
    if "|" in before and before[-1] not in CONTINUED:
        hint = 'Write "*" before a "|" that opens within bars: "|2*|x||".'
        raise FormulaError('This "|" is left without another.', token.start, token.end, hint)


def two_numbers(cursor: Cursor, token: Token) -> FormulaError:
    """Return the error for ``log(1,5)``, a decimal number or two arguments."""
    number, other = (cursor.tokens[cursor.at - back].text for back in (4, 2))
    readings = (f"{token.text}({number}.{other})", f"{token.text}({number}, {other})")
    return two_meanings(token.start, cursor.before.end, *readings)


def uneven_commas(cursor: Cursor, token: Token) -> FormulaError:
    """Return the error for ``max(1,5, x)``, of one and a half or of three numbers."""
    hint = 'A decimal number has a point, as in "1.5"; put a space behind each comma or behind none.'
    return FormulaError("This may mean two things.", token.start, cursor.before.end, hint)


def bracketless_call(cursor: Cursor, token: Token, call: str) -> FormulaError:
    """Return the error for the function `token` without brackets: ``sin x``, ``sin^2(x)``; `call` is one with them.

    Where it is plain what is meant, the error offers that text for the place from `token` to the end of the argument.
    """
    hint, meant = _call_meant(cursor, token, call)
    if cursor.finished and token.text in GIVEN_AT_W:
        hint = f'Did you mean "{GIVEN_AT_W[token.text]}", or "{call}"?'
    message = f'"{token.text}" needs its argument in brackets.'
    return FormulaError(message, token.start, token.end, hint, replacements=meant)


def _call_meant(cursor: Cursor, token: Token, call: str) -> tuple[str, tuple[Replacement, ...]]:
    """Return the hint for a call without brackets, and the texts that it offers."""
    power, at = "", cursor.at
    if cursor.now.kind == "power" or cursor.now.text == "^":
        at = beyond_exponent(cursor.tokens, at)
        power = text_between(cursor.tokens, cursor.at, at)
        power = "^" + power.translate(SUPERSCRIPTS) if cursor.now.kind == "power" else power
    arguments, beyond = _bare_arguments(cursor, at)
    if not power and (not arguments or "," in call):
        return f'Write "{call}".', ()
    texts = _bracketed_calls(token.text, power, arguments or [("...", "")])
    place = token.start, cursor.tokens[beyond - 1].end
    replacements = tuple(Replacement(text, *place) for text in texts) if arguments else ()
    quoted = [f'"{shown(text, LONGEST_READING)}"' for text in texts]
    return f"Write {' or '.join(quoted)}.", replacements


def _bare_arguments(cursor: Cursor, first: int) -> tuple[list[tuple[str, str]], int]:
    """Return the widest and the narrowest argument that may be meant by what stands at `first` without brackets.

    With each stands what is left of the product; behind both, the index behind it all.
    """
    tokens = cursor.tokens
    begin = first + (tokens[first].text == "-")
    ends = _ends_of_factors(cursor, begin)
    if not ends:
        return [], first
    narrow, wide = beyond_operand(cursor, begin), ends[-1]
    glued = narrow < wide and starts_factor(cursor, narrow) and tokens[narrow].start == tokens[narrow - 1].end
    if tokens[begin].kind == "number" and glued:
        narrow = ends[1]
    if is_root_sign(tokens[begin]):
        narrow = ends[0]
    times = "*" if narrow < wide and starts_factor(cursor, narrow) else ""
    rest = times + text_between(tokens, narrow, wide)
    return [(bracketless(tokens, first, wide), ""), (bracketless(tokens, first, narrow), rest)], wide


def _ends_of_factors(cursor: Cursor, at: int) -> list[int]:
    """Return the index behind each factor of the product that begins at token `at`, up to a function without brackets.

    Products and quotients with a sign go on, too.
    """
    tokens, ends = cursor.tokens, list[int]()
    while starts_factor(cursor, at) or (tokens[at].kind == "number" and (not ends or at > ends[-1])):
        named = function_named(tokens[at].text, cursor.scope.rule)
        if named and tokens[at + 1].text != "(" and not is_root_sign(tokens[at]):
            break
        ends.append(beyond_factor(cursor, at))
        at = ends[-1] + (tokens[ends[-1]].text in ("*", "/"))
    return ends


def _bracketed_calls(name: str, power: str, arguments: Sequence[tuple[str, str]]) -> list[str]:
    """Return the ways to write a function to a power, each with one of `arguments` and what follows it."""
    found = list[str]()
    for inside, rest in arguments:
        if power.startswith("^-"):
            found += [f"a{name}({inside}){rest}"] * (power == "^-1" and f"a{name}" in SPELLINGS)
            found.append(f"{name}({inside})^({power[1:]}){rest}")
        elif not (power and rest.startswith("^")):
            found.append(f"{name}({inside}){power}{rest}")
    return list(dict.fromkeys(found))[:2]
