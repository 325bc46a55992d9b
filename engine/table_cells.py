"""What the cells of a table mean: numbers with a point or a comma, missing values, words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

MISSING = frozenset({"", "-", "--", ".", "?", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "missing"})
"""How files write that there is no value, in small letters."""
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
"""A large number with a comma between thousands."""
SWAPPED = str.maketrans(".,", ",.")


def number_in(cell: str, decimal_comma: bool) -> float | None:
    """Return the number that a cell is, NaN where it is missing, or None where it is something else."""
    text = cell.strip().replace("\u2212", "-").replace("\u00a0", "")
    if text.lower() in MISSING:
        return math.nan
    if decimal_comma:
        text = text.translate(SWAPPED)
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    value = float(text) if _PLAIN.fullmatch(text) else None
    # A number beyond all floating-point numbers is as good as none.
    return math.nan if value is not None and math.isinf(value) else value


def uses_decimal_comma(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether more cells are numbers if commas are decimal points."""
    cells = [cell for row in rows for cell in row]
    points, commas = (sum(_counts(number_in(cell, comma)) for cell in cells) for comma in (False, True))
    return commas > points


def numbers_among(rows: Sequence[Sequence[str]]) -> int:
    """Return how many cells are numbers, whichever way they are written."""
    comma = uses_decimal_comma(rows)
    return sum(_counts(number_in(cell, comma)) for row in rows for cell in row)


def _counts(value: float | None) -> bool:
    return value is not None and not math.isnan(value)
