"""The table of what runs over an index: one entry each for sums and products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ARGUMENTS = ("term", "i", "first", "last")


@dataclass(frozen=True, slots=True)
class Reducer:
    """One entry.

    Attributes
    ----------
    name : str
        The name in a text.
    joint : str
        The row of `FUNCTIONS` that joins two terms.
    empty : float
        What no term at all makes.
    summary : str
        What it gives, in a few words.
    form : str
        The sign that typesets it.
    """

    name: str
    joint: str
    empty: float
    summary: str
    form: str

    @property
    def signature(self) -> str:
        """How a call of it looks."""
        return f"{self.name}({', '.join(ARGUMENTS)})"


REDUCTIONS: Mapping[str, Reducer] = MappingProxyType({
    "sum": Reducer("sum", "add", 0.0, "the terms for each whole i from first to last, added", "∑"),
    "prod": Reducer("prod", "mul", 1.0, "the terms for each whole i from first to last, multiplied", "∏"),
})  # fmt: skip
"""The entries by name."""
