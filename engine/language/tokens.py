"""Cuts a text into tokens that know their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.language.errors import FormulaError

LONGEST_TEXT = 20_000
"""Characters: far beyond any formula a person reads, and little enough to be looked at between two frames."""

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
ALIKE = {"·": "*", "×": "*", "⋅": "*", "−": "-", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "**": "^"}
GREEK = {"π": "pi", "τ": "tau", "√": "sqrt"}

_PATTERN = re.compile(
    r"(?P<space>[ \t\r\u00a0]+|\#[^\n]*)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-zα-ωΑ-Ω][A-Za-z0-9_α-ωΑ-Ω]*|√)"
    r"|(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<end>[\n;])"
    r"|(?P<symbol>\*\*|//|<=|>=|==|!=|[-+*/^%()<>=,|·×⋅−÷≤≥≠])"
)

HINTS = {
    "[": "Use round brackets.", "]": "Use round brackets.", "{": "Use round brackets.", "}": "Use round brackets.",
    "&": "Write `and`.", "!": "Factorials are not offered.", "'": "A formula holds no text.",
    '"': "A formula holds no text.",
    ":": "To define a name, write `name = formula`.", "_": "Names begin with a letter.", "∞": "Write a large number.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text; `kind` is number, name, power (a superscript), end (of a line), symbol or stop."""

    kind: str
    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of `text`, with a last one of kind ``stop``.

    Line ends within round brackets are spaces.

    Raises
    ------
    FormulaError
        At the first character that belongs to no token, and for texts that are too long.
    """
    if len(text) > LONGEST_TEXT:
        raise FormulaError(f"The text is too long: {LONGEST_TEXT:,} characters are the most.", 0, len(text))
    found: list[Token] = []
    place, depth = 0, 0
    while place < len(text):
        match = _PATTERN.match(text, place)
        if match is None:
            raise _stranger(text, place)
        kind, piece = str(match.lastgroup), match.group()
        depth += (piece == "(") - (piece == ")")
        if kind != "space" and not (kind == "end" and piece == "\n" and depth > 0):
            found.append(Token(kind, ALIKE.get(piece, GREEK.get(piece, piece)), place, match.end()))
        place = match.end()
    return [*found, Token("stop", "", len(text), len(text))]


def _stranger(text: str, place: int) -> FormulaError:
    character = text[place]
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return FormulaError(f"`{shown}` has no meaning here.", place, place + 1, HINTS.get(character, ""))
