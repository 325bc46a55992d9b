"""Reads the cells of a table: numbers with a decimal point or a decimal comma, missing values, words."""

from __future__ import annotations

import math
import re
import unicodedata
from enum import IntEnum, auto
from typing import NamedTuple

MISSING = frozenset(
    {
        "", "-", "--", "---", "\u2013", "\u2014", ".", "..", "...", "\u2026", "?", "na", "n/a", "n.a.", "nan", "null",
        "none", "nil", "missing", "#n/a", "#na", "#div/0!", "#ref!", "#value!", "#name?", "#num!", "#null!",
        "<na>", "nat", "-nan", "+nan", "-nan(ind)", "1.#qnan", "-1.#ind", "inf", "+inf", "-inf", "infinity",
        "+infinity", "-infinity", "\u221e", "+\u221e", "-\u221e", "\u2212\u221e", "1.#inf", "-1.#inf",
    }
)  # fmt: skip
"""The texts, in lower case, by which files mark a missing value, or one that is no finite number."""
NAN = math.nan
LONGEST_NUMBER = 500
"""Characters of a cell beyond which it is no number: all finite ones are shorter."""
MOST_DIGITS = 300
"""The digits of an integer that is certainly finite."""
_NUMBER = re.compile(
    r"""[+-]?(?:
        (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?
        | (?:\d+\.\d*|\.\d+)[dD][+-]?\d+
        | [1-9]\d{0,2}(?P<mark>[,'\ ])\d{3}(?:(?P=mark)\d{3})*(?:\.\d*)?
        | [1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d*)?
    )""",
    re.VERBOSE,
)
"""With a decimal point: plain, with the exponents of Fortran, in groups of three, or in lakhs and crores.

A first group never begins with 0."""
_COMMON = re.compile(r"[ \t]*[+-]?([0-9]+)(?:([.,])([0-9]+))?[ \t\r\n]*")
"""The form of nearly all numbers, tried first, since there may be millions."""
GROUP_DIGITS = 3
_OPEN = re.compile(r"\s*[+-]?(?:[0-9]+|[1-9][0-9]{0,2}[.,][0-9]{3})\s*")
_PLAIN = str.maketrans("dD", "ee", ",' ")
"""Replaces the exponents of Fortran, and leaves out what stands between groups of digits."""
_SWAPPED = str.maketrans(".,", ",.")
_ONE_WAY = str.maketrans(
    {"\u2212": "-", "\u2019": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\ufeff": None}
)
"""Typographic minus signs, apostrophes and spaces, and the typed characters that replace them."""
_CURRENCIES = "EUR|USD|GBP|CHF|JPY|CNY|INR|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|KRW|TRY|Fr\\."
_AFFIXED = re.compile(
    rf"(?P<sign>[+-]?)\ *(?P<before>(?:{_CURRENCIES}|[^\w\s.,+'()#-])?)\ *(?P<after_sign>[+-]?)"
    rf"(?P<number>[\d.,](?:[\d.,' eE+-]*[\d.,])?)\ *(?P<after>(?:{_CURRENCIES}|[^\w\s.,+'()#-])?)"
)
_PER = ("%", "‰")


class Kind(IntEnum):
    """What a cell says about the decimal sign of its column."""

    MISSING = auto()
    WORD = auto()
    SAME = auto()
    """The same number with either decimal sign."""
    POINT = auto()
    """A number only with a decimal point, such as ``1.5`` and ``1,234,567``."""
    COMMA = auto()
    """A number only with a decimal comma, such as ``0,350`` and ``1.234,5``."""
    EITHER = auto()
    """Another number with a decimal point than with a decimal comma: ``12,345`` and ``1.234``."""


class Cell(NamedTuple):
    """A cell, read both ways.

    Attributes
    ----------
    kind : Kind
        What it says about the decimal sign.
    point, comma : float
        Its number with a decimal point, and with a decimal comma; NaN where it is no number.
    affix : str
        A percent sign or a currency beside the number; "" for none.
    """

    kind: Kind
    point: float = NAN
    comma: float = NAN
    affix: str = ""


_SAME, _POINT, _COMMA = Kind.SAME, Kind.POINT, Kind.COMMA
EMPTY, WORD = Cell(Kind.MISSING), Cell(Kind.WORD)
NUMBERS = frozenset({Kind.SAME, Kind.POINT, Kind.COMMA, Kind.EITHER})


def read_cell(text: str) -> Cell:
    """Return what a cell means, with a decimal point and with a decimal comma."""
    common = _COMMON.fullmatch(text)
    if common is not None and len(text) < MOST_DIGITS:
        whole, sign, fraction = common.groups()
        if sign is None:
            value = float(text)
            return Cell(_SAME, value, value)
        if len(fraction) != GROUP_DIGITS or whole[0] == "0" or len(whole) > GROUP_DIGITS:
            return Cell(_POINT, float(text)) if sign == "." else Cell(_COMMA, NAN, float(text.replace(",", ".")))
    text = text.strip()
    if text.lower() in MISSING:
        return EMPTY
    if len(text) > LONGEST_NUMBER:
        return WORD
    text = text.translate(_ONE_WAY)
    cell = _both_ways(text)
    return _without_affix(text) if cell is WORD else cell


def leaves_open(text: str) -> bool:
    """Return whether a cell is a number that does not decide the decimal sign; quick for nearly all cells."""
    return _OPEN.fullmatch(text) is not None


def is_number(cell: Cell) -> bool:
    """Return whether a cell is a number with either decimal sign."""
    return cell.kind in NUMBERS


def _both_ways(text: str) -> Cell:
    """Return the cell that a text without blanks at its ends is, a word where it is no number."""
    point, comma = _number(text), _number(text.translate(_SWAPPED))
    if point is None:
        found = WORD if comma is None else Cell(Kind.COMMA, comma=comma)
    elif comma is None:
        found = Cell(Kind.POINT, point)
    else:
        found = Cell(Kind.SAME if point == comma else Kind.EITHER, point, comma)
    # A number that overflows float64 counts as missing.
    return EMPTY if math.isinf(found.point) or math.isinf(found.comma) else found


def _number(text: str) -> float | None:
    """Return the number that a text with a decimal point is, or None."""
    return float(text.translate(_PLAIN)) if _NUMBER.fullmatch(text) else None


def _without_affix(text: str) -> Cell:
    """Return the number beside a percent sign or a currency, or a word where there is none."""
    found = _AFFIXED.fullmatch(text)
    if found is None:
        return WORD
    before, after, signs = found["before"], found["after"], found["sign"] + found["after_sign"]
    known = _is_currency(before or after) or after in _PER
    # `5` alone has none, `$5 €` two; and `%5` is no number.
    if bool(before) == bool(after) or not known or len(signs) > 1:
        return WORD
    return _both_ways(signs + found["number"])._replace(affix=before or after)


def _is_currency(affix: str) -> bool:
    return len(affix) > 1 or (affix != "" and unicodedata.category(affix) == "Sc")
