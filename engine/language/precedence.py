"""The precedence of operators: one that binds more loosely needs brackets as an operand of one that binds tighter."""

from __future__ import annotations

from collections.abc import Mapping

from engine.language.functions import FUNCTIONS

COMPARISON, SUM, PRODUCT, SIGN, POWER = range(5)
"""Levels from the loosest on; choice, `or`, `and` and `not` bind more loosely still, in this order."""

BINARY: Mapping[str, tuple[int, str]] = {
    FUNCTIONS[name].symbol: (level, name)
    for level, names in ((SUM, ("add", "sub")), (PRODUCT, ("mul", "div", "mod", "floordiv")))
    for name in names
}
"""For each sign between two operands that may be chained, its level and the name of its function."""

COMPARISONS: Mapping[str, str] = {
    spec.symbol: spec.name for spec in FUNCTIONS.values() if spec.native.startswith("compare")
}  # fmt: skip
"""For each sign that compares, the name of its function."""
