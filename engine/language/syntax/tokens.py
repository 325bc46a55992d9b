"""Splits a text into tokens with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from engine.language.errors import FormulaError, together
from engine.language.syntax.unknown_characters import unknown_character

LONGEST_NAME = 40
"""Characters of a name: more would not fit beside a slider."""

LONGEST_TEXT = 50_000
"""Characters of a text: enough for a sum of 2,000 terms, few enough to be read within a fraction of a second."""

TEXTS_KEPT = 4
"""Texts whose pieces are kept: colours, completion, messages and the parser each read a text after a keystroke."""

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_MINUS = "−–"
"""Signs that books print for a minus."""
_PLAIN_MINUS = str.maketrans(dict.fromkeys(_MINUS, "-"))
ALIKE = {
    **dict.fromkeys("·×⋅∗∙", "*"), **dict.fromkeys(_MINUS, "-"), **dict.fromkeys("÷∕⁄", "/"),
    "≤": "<=", "≥": ">=", "≠": "!=", "**": "^", "π": "pi", "τ": "tau", "√": "sqrt",
}  # fmt: skip
"""For each sign that has a plain form, the plain sign or name that means the same."""

_LETTER = "A-Za-zα-ωΓΔΘΛΞΠΣΦΨΩ"
"""The letters of names, without Greek capitals that look like Latin ones; `NAME` leaves out the omicron too."""

NAME = f"(?!ο)[{_LETTER}](?:(?!ο)[{_LETTER}0-9_])*"
"""The regular expression of a name."""

_WHOLE = "(?:[0-9]{1,3}(?:_[0-9]{3})+(?![0-9_])|[0-9]+)"
_SHARE = "(?:(?:[0-9]{3}_)+[0-9]{1,3}(?![0-9_])|[0-9]+)"
"""The digits before and behind a decimal point; a ``_`` stands between groups of three, counted from the point."""

_PATTERN = re.compile(
    r"(?P<space>[ \t\r\u00a0]+)"
    r"|(?P<comment>\#[^\n]*)"
    rf"|(?P<number>(?:{_WHOLE}(?:\.{_SHARE}?)?|\.{_SHARE})(?:[eE][-+{_MINUS}]?[0-9]+)?)"
    rf"|(?P<name>{NAME}|√)"
    r"|(?P<power>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<end>[\n;])"
    r"|(?P<symbol>\*\*|//|<=|>=|==|!=|[-+*/^%()<>=,|·×⋅∗∙−–÷∕⁄≤≥≠])"
    r"|(?P<unknown>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text.

    Attributes
    ----------
    kind : str
        number, name, power (a superscript), end (of a line), symbol or stop; among pieces also space, comment and
        unknown (a character without meaning).
    text : str
        What was typed, or its plain form where it has one.
    start, end : int
        The place, as character offsets into the text.
    """

    kind: str
    text: str
    start: int
    end: int


_NOTHING = Token("stop", "", 0, 0)


def is_root_sign(token: Token) -> bool:
    """Return whether a token was typed as ``√`` rather than ``sqrt``."""
    return token.text == "sqrt" and token.end - token.start == 1


def pieces_of(text: str) -> list[Token]:
    """Return all pieces of `text`, which make up the whole of it; they exist for any text."""
    return list(_pieces_of(text))


@lru_cache(TEXTS_KEPT)
def _pieces_of(text: str) -> tuple[Token, ...]:
    pieces: list[Token] = []
    for match in _PATTERN.finditer(text):
        kind, piece = str(match.lastgroup), match.group()
        meant = piece.translate(_PLAIN_MINUS) if kind == "number" else ALIKE.get(piece, piece)
        pieces.append(Token(kind, meant, *match.span()))
    return tuple(pieces)


def meaningful(text: str) -> list[Token]:
    """Return the pieces of `text` without spaces and comments, and a last one of kind ``stop``.

    Raises
    ------
    FormulaError
        For texts that are too long.
    """
    check_length(text)
    return meaningful_among(pieces_of(text), len(text))


def check_length(text: str) -> None:
    """Raise a FormulaError for a text that is too long to be read while a person waits."""
    if len(text) > LONGEST_TEXT:
        raise FormulaError(f"The text is too long: {LONGEST_TEXT:,} characters are the most.", 0, len(text))


def meaningful_among(pieces: list[Token], end: int) -> list[Token]:
    """Return `pieces` without spaces and comments, and a last one of kind ``stop`` at `end`."""
    return [*(piece for piece in pieces if piece.kind not in ("space", "comment")), Token("stop", "", end, end)]


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of `text`, with a last one of kind ``stop``.

    Raises
    ------
    FormulaError
        At characters that belong to no token and at names that are too long, and for texts that are too long.
    """
    tokens = meaningful(text)
    errors = misspelled(tokens)
    if errors:
        raise together(errors)
    return tokens


def misspelled(tokens: list[Token]) -> list[FormulaError]:
    """Return an error for each name that is too long and each unknown character; ``&&`` counts as one."""
    errors: list[FormulaError] = []
    for before, token, after in zip((_NOTHING, *tokens), tokens, (*tokens[1:], _NOTHING), strict=False):
        if token.kind == "unknown" and (token.text, token.start) != (before.text, before.end):
            left = before.text if before.end == token.start else ""
            right = after.text if after.start == token.end else ""
            errors.append(unknown_character(token.text, token.start, left, right))
        elif token.kind == "name" and len(token.text) > LONGEST_NAME:
            message = f"This name is too long: {LONGEST_NAME} characters are the most."
            errors.append(FormulaError(message, token.start, token.end))
    return errors
