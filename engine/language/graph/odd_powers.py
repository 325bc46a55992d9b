"""Finds powers such as ``x^(2/3)``, which are NaN for a negative number although the odd root in them is real."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.language.errors import Replacement
from engine.language.graph.folding import fold, parts_first
from engine.language.syntax.tokens import Token, meaningful
from engine.language.syntax.tree import Assignment, Call, Expression, FormulaTree, all_parts_of

MOST_PARTS = 20
"""Numbers and signs of an exponent that is examined: a fraction has few."""
CUBE = 3
LARGEST_ROOT = 99
"""A decimal exponent such as 0.712 is no root."""
ROUNDED = Fraction(1, 1000)
"""How far a decimal number may be from the thirds that it is meant as."""


@dataclass(frozen=True)
class OddPower:
    """A power in a formula.

    Attributes
    ----------
    call : Call
        Where it stands in the tree.
    base : str
        The base as it is typed, without brackets around it.
    written : str
        The power, as it is typed.
    real : Replacement
        The text that has a value for negative numbers too: ``cbrt(x)^2``.
    """

    call: Call
    base: str
    written: str
    real: Replacement


def odd_powers(text: str, tree: FormulaTree) -> list[OddPower]:
    """Return the powers in a formula whose exponent is a fraction with an odd denominator, above 1."""
    numbers: dict[str, Fraction] = {}
    found: list[tuple[Call, Fraction]] = []
    for value in (*(line.value for line in tree.definitions), tree.result):
        for part in all_parts_of(value):
            if isinstance(part, Call) and part.function == "pow":
                exponent = _fraction(part.arguments[1], numbers)
                exponent = None if exponent is None else _rounded_third(exponent)
                if exponent is not None and 1 < exponent.denominator <= LARGEST_ROOT and exponent.denominator % 2:
                    found.append((part, exponent))
        for line in tree.definitions:
            fraction = _fraction(value, numbers) if line.value is value and isinstance(line, Assignment) else None
            if fraction is not None:
                numbers[line.name] = fraction
    tokens = meaningful(text) if found else []
    powers = [_as_typed(text, tokens, call, exponent) for call, exponent in found]
    return sorted(powers, key=lambda power: power.real.start)


def _rounded_third(exponent: Fraction) -> Fraction:
    """Return 1/3 for 0.333, 2/3 for 0.6667 and so on, and any other exponent as it is."""
    thirds = exponent.limit_denominator(CUBE)
    return thirds if thirds.denominator == CUBE and abs(thirds - exponent) < ROUNDED else exponent


def _fraction(tree: Expression, numbers: Mapping[str, Fraction]) -> Fraction | None:
    """Return the exact value of a constant such as 2/3 or 0.2, or None for any other expression."""

    def call(function: str, *arguments: Fraction | None) -> Fraction | None:
        first, *others = arguments
        if first is None or None in others:
            return None
        second = others[0] if others else None
        if function == "neg":
            return -first
        if second is None or (function == "div" and not second):
            return None
        arithmetic = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv}
        return arithmetic[function](first, second) if function in arithmetic else None

    if len(all_parts_of(tree)) > MOST_PARTS:
        return None
    # The decimal digits as typed, not the binary number next to them.
    return fold(parts_first(tree), lambda value: Fraction(repr(value)), numbers.get, call, lambda _: None)


def _as_typed(text: str, tokens: list[Token], call: Call, exponent: Fraction) -> OddPower:
    """Return a power with its place, found among the tokens, since the tree has no brackets."""
    base = call.arguments[0]
    sign = next(at for at, token in enumerate(tokens) if token.start >= base.end and token.text == "^")
    first = next(at for at, token in enumerate(tokens) if token.start >= base.start)
    bracketed = tokens[sign - 1].text == ")"
    opening = _opening(tokens, sign - 1) if bracketed else first
    # A call begins before its brackets, and a bracketed expression behind them.
    start, end = tokens[min(first, opening)].start, tokens[_last(tokens, sign + 1)].end
    outer = bracketed and opening < first
    inside = text[tokens[opening].end : tokens[sign - 1].start] if outer else text[start : tokens[sign - 1].end]
    root = f"cbrt({inside})" if exponent.denominator == CUBE else f"root({inside}, {exponent.denominator})"
    power = f"({exponent.numerator})" if exponent.numerator < 0 else f"{exponent.numerator}"
    real = root if exponent.numerator == 1 else f"{root}^{power}"
    return OddPower(call, inside.strip(), text[start:end], Replacement(real, start, end))


def _opening(tokens: list[Token], closing: int) -> int:
    depth = 0
    for at in range(closing, -1, -1):
        depth += (tokens[at].text == ")") - (tokens[at].text == "(")
        if depth == 0:
            return at
    return 0


def _last(tokens: list[Token], first: int) -> int:
    """Return the last token of the exponent that begins at `first`."""
    while tokens[first].text in ("+", "-"):
        first += 1
    depth = 0
    for at in range(first, len(tokens)):
        depth += (tokens[at].text == "(") - (tokens[at].text == ")")
        if depth == 0:
            return at
    return first
