"""How tightly operators bind: the looser stands further out in the tree, and needs brackets within the tighter."""

from __future__ import annotations

from collections.abc import Mapping

from engine.language.functions import FUNCTIONS

COMPARISON, SUM, PRODUCT, SIGN, POWER = range(5)
"""From the loosest on; choice, `or`, `and` and `not` are looser still, in this order."""

BINARY: Mapping[str, tuple[int, str]] = {
    FUNCTIONS[row].symbol: (level, row)
    for level, rows in ((SUM, ("add", "sub")), (PRODUCT, ("mul", "div", "mod", "floordiv")))
    for row in rows
}
"""To a sign between two operands that may be chained: its level and its spec."""

COMPARISONS: Mapping[str, str] = {
    spec.symbol: spec.name for spec in FUNCTIONS.values() if spec.native.startswith("compare")
}  # fmt: skip
"""To a sign that compares: its spec."""
