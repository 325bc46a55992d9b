"""Numbers in few significant digits and in few letters, so that they fit into places of one width."""

from __future__ import annotations

import math

DIGITS, FEWER_DIGITS = 4, 3
"""Significant digits of a number, and of one that is written with an exponent."""
SMALLEST, LARGEST = 0.01, 99_999.5
"""Between these no exponent is written; smaller ones would have more letters."""
MINUS, INFINITY = "−", "∞"
EXPONENT = "e"
LETTERS = f"0123456789.()+NaN{EXPONENT}{MINUS}{INFINITY}"
"""All that a number is written with."""


def number_text(value: float) -> str:
    """Return a number, as −0.1234, 1.23e−5 or 12346."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else INFINITY if value > 0 else MINUS + INFINITY
    size = abs(value)
    if size == 0.0:
        return "0"
    sign = MINUS if value < 0 else ""
    if SMALLEST <= size < LARGEST:
        return sign + _plain(size)
    # An exponent of more digits takes the room of digits of the number.
    longer = len(str(abs(math.floor(math.log10(size))))) - 1
    digits, _, power = f"{size:.{FEWER_DIGITS - 1 - longer}e}".partition("e")
    return f"{sign}{digits}{EXPONENT}{int(power)}".replace("-", MINUS)


def whole_text(value: float) -> str:
    """Return a whole number, such as that of a step."""
    return f"{value:.0f}"


def _plain(size: float) -> str:
    """Return a positive number without an exponent."""
    # What it is rounded to may have a digit more before the point.
    exponent = int(f"{size:.{DIGITS - 1}e}".partition("e")[2])
    return f"{size:.{max(DIGITS - 1 - exponent, 0)}f}"
