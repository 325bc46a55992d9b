"""Typesets a number and a name as mathematics: 10⁻⁵ for 1e-5, β₁ for beta1."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Set
from types import MappingProxyType

from engine.language.display.mathml import Box, joined, operator, raised, word
from engine.language.functions import CONSTANTS
from engine.language.precedence import PRODUCT

_SPELT = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega
    Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega
"""
LETTERS = MappingProxyType(dict(zip(_SPELT.split(), "αβγδεζηθικλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ", strict=True)))
"""Names that spell a Greek letter, and the letter."""

_INDEXED = re.compile(r"([^\W\d_]+)(?:_([^\W_]+)|(\d+))")


def alike(names: Iterable[str]) -> frozenset[str]:
    """Return those of `names` that would look like another of them: ``beta1`` beside ``β_1``."""
    shapes = {name: _shape(name) for name in names}
    often = Counter(shapes.values())
    return frozenset(name for name, shape in shapes.items() if often[shape] > 1)


def name_box(name: str, as_typed: Set[str] = frozenset()) -> Box:
    """Return a name in letters and an index, or as it was typed where it is among `as_typed`."""
    if name in as_typed:
        return Box(last=word(name))
    base, index = _shape(name)
    letter = _letters(base, upright=name in CONSTANTS)
    if not index:
        return Box(last=letter)
    lowered = f"<mn>{index}</mn>" if index.isdecimal() else _letters(index, upright=False)
    return Box(last=f"<msub>{letter}{lowered}</msub>", work=2)


def coordinate_box(name: str, as_typed: Set[str], coordinate: str) -> Box:
    """Return the name of a vector with that of one of its coordinates as an index, behind the index that it has."""
    base, index = (name, "") if name in as_typed else _shape(name)
    whole = word(base) if name in as_typed else _letters(base, upright=False)
    lowered = f"{word(index)}<mo>,</mo>" if index else ""
    return Box(last=f"<msub>{whole}<mrow>{lowered}<mi>{coordinate}</mi></mrow></msub>", work=4)


def number_box(value: float) -> Box:
    """Return a number, a negative one with its sign."""
    if value < 0.0:
        positive = number_box(-value)
        return Box(front=operator("−", "prefix") + positive.markup, level=PRODUCT, begins="sign", ends="digit")
    if not math.isfinite(value):
        return Box(last=word("NaN") if math.isnan(value) else "<mi>∞</mi>")
    digits, _, exponent = repr(value).removesuffix(".0").partition("e")
    if not exponent:
        return _digits(digits)
    power = raised(_digits("10"), _exponent(int(exponent)))
    return power if digits == "1" else joined(PRODUCT, _digits(digits), operator("·"), power)


def _exponent(power: int) -> Box:
    return number_box(float(power))


def _digits(digits: str) -> Box:
    whole = int(digits) if digits.isdecimal() else 0
    return Box(last=f"<mn>{digits}</mn>", begins="digit", ends="digit", whole=whole)


def _shape(name: str) -> tuple[str, str]:
    """Return the letters of a name, and its index."""
    indexed = _INDEXED.fullmatch(name)
    base, index = (indexed[1], indexed[2] or indexed[3]) if indexed else (name, "")
    return LETTERS.get(base, base), LETTERS.get(index, index)


def _letters(letters: str, upright: bool) -> str:
    if len(letters) > 1:
        return word(letters)
    return f'<mi mathvariant="normal">{letters}</mi>' if upright else f"<mi>{letters}</mi>"
