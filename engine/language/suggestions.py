"""What to try instead: the sentences for names and signs that have no meaning where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from engine.language.errors import FormulaError
from engine.language.functions import Function

LONGEST_SHOWN = 30
"""Characters of a name that a message repeats: a sentence must stay a sentence."""

FOREIGN = frozenset(
    "False None True assert async await break class continue def del elif except finally for from global import in is "  # noqa: SIM905
    "lambda match nonlocal pass print raise return try while with yield".split()
)
"""Words of programming languages."""

_LARGE = "Write a large number, such as 1e300."
NO_NUMBERS: Mapping[str, str] = {
    **dict.fromkeys(("inf", "Inf", "infinity", "Infinity", "oo"), _LARGE),
    **dict.fromkeys(("nan", "NaN"), "Write a number."),
    "PI": "Write `pi`.", "Pi": "Write `pi`.", "true": "Write `1`.", "false": "Write `0`.",
}  # fmt: skip
"""Names that look like a number and would else quietly be a slider; to what the writer meant."""

OTHER_AXES: Mapping[str, str] = {
    **dict.fromkeys(("X", "x1", "x_1"), "x"), **dict.fromkeys(("Y", "x2", "x_2"), "y"),
}  # fmt: skip
"""Names for the coordinates in other books: with them as sliders the landscape would be flat."""

ELSEWHERE: Mapping[str, str] = {
    "pow": "Write `a^b`.", "power": "Write `a^b`.", "square": "Write `a^2`.", "int": "Did you mean `trunc`?",
    "arctg": "Did you mean `atan`?", "if": "Write `a if c else b`.",
}  # fmt: skip
"""Functions of other languages that this one writes differently."""

_BRACKETS = "Use round brackets."
_NO_TEXT = "A formula holds no text."
STRANGERS: Mapping[str, str] = {
    **dict.fromkeys("[]{}", _BRACKETS), **dict.fromkeys("'\"\u2018\u2019\u201c\u201d", _NO_TEXT),
    "&": "Write `and`.", "!": "Write `factorial(n)`, or `not` before a condition.", "?": "Write `a if c else b`.",
    ":": "To define a name, write `name = formula`.", "_": "Names begin with a letter.", "∞": _LARGE,
    ".": "A point belongs to a number, as in `0.5`.", "∂": "Slopes are worked out for you.",
    "∇": "Slopes are worked out for you.", "@": "To multiply, write `*`.", "~": "Write `not`.",
}  # fmt: skip
"""Hints for characters that belong to no token."""

_FITS_NOT: Mapping[str, str] = {
    "=": "To compare, write `==`.",
    ",": "Numbers have a decimal point; arguments stand within a function's brackets.",
    "|": "Close every `|` with another.",
}


def shown(name: str) -> str:
    """Return `name`, shortened to what a sentence can hold."""
    return name if len(name) <= LONGEST_SHOWN else name[: LONGEST_SHOWN - 1] + "…"


def stranger(character: str, place: int) -> FormulaError:
    """Return the error for the `character` at `place`, which belongs to no token."""
    visible = character.isprintable() and not unicodedata.combining(character)
    name = character if visible else f"U+{ord(character):04X}"
    return FormulaError(f"`{name}` has no meaning here.", place, place + 1, _stranger_hint(character))


def _stranger_hint(character: str) -> str:
    """Return what to type for a character: look-alikes are the worst, since nothing seems to be wrong."""
    plain = unicodedata.normalize("NFKC", character)
    if character in STRANGERS:
        return STRANGERS[character]
    if plain != character and plain.isascii() and plain.isprintable() and plain.strip():
        return f"Type a plain `{plain}`."
    return "Use plain Latin or Greek letters." if character.isalpha() else ""


def misfit(text: str, open_brackets: int) -> str:
    """Return the hint for a token that does not fit, `open_brackets` of ``(`` being open before it."""
    if text == ")":
        return "Something is missing before it." if open_brackets else "There is no `(` for it."
    if "0" <= text[:1] <= "9":
        return "To multiply, write `*` before it."
    return _FITS_NOT.get(text, "" if text[:1].isalpha() else "Something is missing before it.")


def arguments_taken(row: Function) -> str:
    """Return how many arguments a row takes, in words."""
    if row.most is None:
        return "one or more arguments"
    return "1 argument" if row.least == 1 else f"{row.least} arguments"
