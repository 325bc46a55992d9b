"""Cuts a text into tokens that know their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.language.errors import FormulaError
from engine.language.suggestions import stranger

LONGEST_NAME = 40
"""Characters: more would not fit beside a slider."""

LONGEST_TEXT = 20_000
"""Characters: far beyond any formula a person reads, and little enough to be looked at between two frames."""

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
ALIKE = {"·": "*", "×": "*", "⋅": "*", "−": "-", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "**": "^"}
GREEK = {"π": "pi", "τ": "tau", "√": "sqrt"}

_LETTER = "A-Za-zα-ωΓΔΘΛΞΠΣΦΨΩ"
"""Capitals that look like Latin ones are left out, and so is the omicron below."""

_PATTERN = re.compile(
    r"(?P<space>[ \t\r\u00a0]+|\#[^\n]*)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<name>(?!ο)[{_LETTER}](?:(?!ο)[{_LETTER}0-9_])*|√)"
    r"|(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<end>[\n;])"
    r"|(?P<symbol>\*\*|//|<=|>=|==|!=|[-+*/^%()<>=,|·×⋅−÷≤≥≠])"
)


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
        At the first character that belongs to no token, at a ``(`` that swallows the lines after it because it is
        never closed, and for texts that are too long.
    """
    if len(text) > LONGEST_TEXT:
        raise FormulaError(f"The text is too long: {LONGEST_TEXT:,} characters are the most.", 0, len(text))
    found: list[Token] = []
    unclosed: list[Token] = []
    place = 0
    while place < len(text):
        match = _PATTERN.match(text, place)
        if match is None:
            raise stranger(text, place)
        kind, piece = str(match.lastgroup), match.group()
        if kind == "name" and len(piece) > LONGEST_NAME:
            message = f"This name is too long: {LONGEST_NAME} characters are the most."
            raise FormulaError(message, place, match.end())
        token = Token(kind, ALIKE.get(piece, GREEK.get(piece, piece)), place, match.end())
        if piece == "(":
            unclosed.append(token)
        elif piece == ")" and unclosed:
            unclosed.pop()
        if kind != "space" and not (piece == "\n" and unclosed):
            found.append(token)
        place = match.end()
    if unclosed and "\n" in text[unclosed[0].end :]:
        raise FormulaError("This `(` is not closed.", unclosed[0].start, unclosed[0].end, "Add `)`.")
    return [*found, Token("stop", "", len(text), len(text))]
