"""Reads a number that a person types: a formula without free names, such as ``0.5``, ``1e-3``, ``2pi`` or ``-1/3``."""

from __future__ import annotations

import math
import re

from engine.language.errors import FormulaError
from engine.language.graph.reference import evaluate
from engine.language.syntax.lines import lines_of
from engine.language.syntax.tokens import tokens_of
from engine.loss.formula import build_formula

MISSING = "A number is missing."
EXAMPLE = 'Try "0.5" or "2pi".'
_DIGITS = re.compile(r"[+-]?[0-9]+")
LONGEST_QUOTE = 30
"""Characters of a typed text that a sentence quotes."""


def read_number(text: str) -> float:
    """Return the finite number that `text` is in the language of formulas; spaces and line ends around it are ignored.

    Raises
    ------
    FormulaError
        Where it is no formula, has a name without a value, or is not finite; the error's place is one in `text`.
    """
    begin = len(text) - len(text.lstrip())
    typed = text.strip()
    if not typed or not lines_of(typed):
        raise FormulaError(MISSING, 0, len(text), EXAMPLE)
    try:
        return _value(typed)
    except FormulaError as error:
        raise FormulaError(error.message, begin + error.start, begin + error.end, error.hint) from None


def read_whole(text: str) -> int:
    """Return the whole number that `text` is.

    Raises
    ------
    FormulaError
        Where it is no number, or not a whole one.
    """
    value = read_number(text)
    if not value.is_integer():
        raise FormulaError(f"{value:g} is not whole.", 0, len(text))
    # A float has 53 bits, so an integer in digits, such as a long seed, is read without one.
    return int(text) if _DIGITS.fullmatch(text.strip()) else int(value)


def apart_at_commas(text: str) -> list[str]:
    """Return the parts of `text` between the commas that are outside all brackets."""
    parts, depth, begin = list[str](), 0, 0
    for token in tokens_of(text):
        depth += (token.text == "(") - (token.text == ")")
        if token.text == "," and depth == 0:
            parts.append(text[begin : token.start])
            begin = token.end
    return [*parts, text[begin:]]


def quoted(text: str) -> str:
    """Return a typed text as a sentence quotes it: on one line, shortened, and "nothing" if it is empty."""
    line = " ".join(text.split())
    return (line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…") or "nothing"


def _value(text: str) -> float:
    graph, node = build_formula(text)
    names = graph.names_in([node])
    if names:
        token = next(token for token in tokens_of(text) if token.text == names[0])
        raise FormulaError(f'"{quoted(names[0])}" has no value here.', token.start, token.end, EXAMPLE)
    value = float(evaluate(graph, [node], {})[0])
    if not math.isfinite(value):
        raise FormulaError("This is not a finite number.", 0, len(text))
    return value
