"""The error for a character that has no meaning in the language, with what to type instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from engine.language.errors import FormulaError
from engine.language.syntax.other_notations import hint_beside

_BRACKETS = "Use round brackets."
_NO_TEXT = "A formula holds no text."
_SLOPES = "Slopes are worked out for you."

HINTS: Mapping[str, str] = {
    **dict.fromkeys("[]{}", _BRACKETS), **dict.fromkeys("\"`\u2018\u201c\u201d", _NO_TEXT),
    **dict.fromkeys("'\u2019", f"{_NO_TEXT} {_SLOPES}"), **dict.fromkeys("∂∇\u2032", _SLOPES),
    **dict.fromkeys("&∧", 'Write "and".'), **dict.fromkeys("~¬", 'Write "not".'),
    "∨": 'Write "or".', "!": 'Write "factorial(n)", or "not" before a condition.', "?": 'Write "a if c else b".',
    ":": 'To define a name, write "name = formula".', "_": "Names begin with a letter.",
    "∞": "Write a large number, such as 1e300.", ".": 'A point belongs to a number, as in "0.5".',
    "∑": 'Write "sum(term, i, first, last)".', "∏": 'Write "prod(term, i, first, last)".',
    "@": 'To multiply, write "*".',
    "∛": 'Write "cbrt(...)".', "∜": 'Write "root(..., 4)".',
    **dict.fromkeys("—―", 'Write "-".'), **dict.fromkeys("•∘", 'Write "*".'), "$": "Leave it out.",
    "±": "Write two formulas, or choose a sign.", "≈": 'To compare, write "==".',
    **dict.fromkeys("⌊⌋", 'Write "floor(...)".'), **dict.fromkeys("⌈⌉", 'Write "ceil(...)".'),
    **dict.fromkeys("‖∥", 'Write "norm(...)".'),
    "°": 'Angles are in radians: write "*pi/180".', "∫": "Integrals cannot be written.", "\\": 'Write it without "\\".',
}  # fmt: skip
"""Hints for characters that belong to no token."""

_UNSEEN = ("Cc", "Cf")
"""The Unicode categories of control and format characters, which are invisible."""

_READABLE = re.compile(r"[!-~]+|[α-ωΓΔΘΛΞΠΣΦΨΩ]")


_GROUPS = 'In a large number it stands between groups of three digits: "1_000".'


def unknown_character(character: str, place: int, before: str, after: str) -> FormulaError:
    """Return the error for the `character` at `place`, between tokens that stand closely beside it."""
    visible = character.isprintable() and not unicodedata.combining(character)
    code = character if visible else f"U+{ord(character):04X}"
    name = f'"{code}"' if character != '"' else "A quotation mark"
    return FormulaError(
        f"{name} has no meaning here.",
        place,
        place + 1,
        hint_beside(character, before, after) or _hint(character, before),
    )


def _hint(character: str, before: str) -> str:
    """Return what to type instead; for a character that looks like a plain one, and so seems right, the plain one."""
    if character == "_" and before[-1:].isdecimal():
        return _GROUPS
    if character in HINTS:
        return HINTS[character]
    plain = unicodedata.normalize("NFKC", character).replace("\u2044", "/").strip()
    if not plain:
        return "Type a plain space."
    if unicodedata.category(character) in _UNSEEN:
        return "Delete it."
    if character.isdecimal():
        return f'Type a plain "{unicodedata.decimal(character)}".'
    if plain != character and _READABLE.fullmatch(plain):
        if unicodedata.decomposition(character).startswith("<super>"):
            return f'Write "^{plain}".'
        return f'Type a plain "{plain}".'
    return "Use plain Latin or Greek letters." if character.isalpha() else "Delete it."
