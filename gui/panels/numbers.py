"""Numbers as people type them and read them."""

from __future__ import annotations

import math


def number_in(text: str) -> float | None:
    """Return the finite number that `text` is, with or without commas between thousands; None where it is none."""
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def written(value: float, digits: int) -> str:
    """Return `value` to so many significant digits; in a word where it is not a number."""
    return "undefined" if math.isnan(value) else f"{value:.{digits}g}"
