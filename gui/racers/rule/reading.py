"""Reads a rule while it is typed, on a worker's thread, and compiles it, so that the race need not wait for that."""

from __future__ import annotations

from dataclasses import dataclass

from engine.language.errors import FormulaError
from engine.optimizers.racer_text import optimizer_of

NOTHING = " "
"""Stands for an empty text, because "" would stand for the catalogue's rule."""


@dataclass(frozen=True)
class Reading:
    """The result for a text; `error` is None where it is a correct rule with the modifiers of `optimizer`."""

    optimizer: str
    text: str
    error: FormulaError | None = None


def read_rule(optimizer: str, text: str) -> Reading:
    """Return whether `text` can replace the rule of `optimizer`, or why it cannot."""
    try:
        optimizer_of(optimizer, text or NOTHING).compile().precompile()
    except FormulaError as error:
        return Reading(optimizer, text, error)
    return Reading(optimizer, text)
