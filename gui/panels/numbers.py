"""Numbers as people type them into fields."""

from __future__ import annotations

import math


def number_in(text: str) -> float | None:
    """Return the finite number that `text` is, with or without commas between thousands; None where it is none."""
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
