"""The kind of each piece of a text, which decides its colour; found even while the text is wrong."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.language.display.outline import Outline, outline_among
from engine.language.functions import CONSTANTS
from engine.language.reductions import REDUCTIONS
from engine.language.syntax.names import GIVEN_TO_RULES, VARIABLES, WORDS, function_named
from engine.language.syntax.tokens import Token, pieces_of

KINDS = (
    "number", "function", "variable", "parameter", "definition", "constant", "operator", "word", "comment", "bracket",
    "unknown",
)  # fmt: skip
"""The kinds; a bracket without a partner is unknown, as is a character without meaning."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters from `start` to `end`; `kind` is one of `KINDS`."""

    start: int
    end: int
    kind: str


def spans_of(
    text: str, rule: bool = False, columns: Collection[str] = (), variables: Collection[str] = VARIABLES
) -> list[Span]:
    """Return the spans of a formula or a rule, in the order of the text; between them are spaces.

    `columns` are those of the data set that a formula runs over, and `variables` what else is given to it.
    """
    # Split once, for the outline too, since this runs at every keystroke.
    cut = pieces_of(text)
    outline = outline_among(cut, len(text))
    pieces = [piece for piece in cut if piece.kind not in ("space", "end")]
    given = {*columns, *(GIVEN_TO_RULES if rule else variables)}
    following = [*pieces[1:], Token("stop", "", len(text), len(text))]
    return [
        Span(piece.start, piece.end, _kind(piece, after, outline, given, rule, bool(columns)))
        for piece, after in zip(pieces, following, strict=False)
    ]


def _kind(piece: Token, after: Token, outline: Outline, given: Collection[str], rule: bool, data: bool) -> str:
    if piece.kind == "name":
        return _kind_of_name(piece, after, outline, given, rule, data)
    if piece.start in outline.partners:
        return "unknown" if outline.partners[piece.start] is None else "bracket"
    if piece.kind == "symbol":
        return "bracket" if piece.text in "()|" else "operator"
    return "number" if piece.kind == "power" else piece.kind


def _kind_of_name(piece: Token, after: Token, outline: Outline, given: Collection[str], rule: bool, data: bool) -> str:
    name = piece.text
    if name in WORDS:
        return "word"
    if outline.definition_of(name, piece.start) is not None:
        return "definition"
    if name in given:
        return "variable"
    if name in CONSTANTS:
        return "constant"
    spec = function_named(name, rule, data)
    if (spec is not None and (after.text == "(" or not spec.letter)) or (name in REDUCTIONS and after.text == "("):
        return "function"
    return "parameter"
