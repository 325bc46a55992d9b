"""The table of reductions over an index: sums and products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ARGUMENTS = ("term", "i", "first", "last")


@dataclass(frozen=True, slots=True)
class Reducer:
    """A reduction over an index.

    Attributes
    ----------
    name : str
        The name in a text.
    joint : str
        The name of the function that joins two terms.
    empty : float
        The value without any term.
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
        """A call of it as a text."""
        return f"{self.name}({', '.join(ARGUMENTS)})"


REDUCTIONS: Mapping[str, Reducer] = MappingProxyType({
    "sum": Reducer("sum", "add", 0.0, "the terms for each whole i from first to last, added", "∑"),
    "prod": Reducer("prod", "mul", 1.0, "the terms for each whole i from first to last, multiplied", "∏"),
})  # fmt: skip
"""The reductions by name."""
