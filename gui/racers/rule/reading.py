"""Reads a rule while it is typed, and has its machine code made, so that the race need not wait for it; on a thread."""

from __future__ import annotations

from dataclasses import dataclass

from engine import FormulaError
from engine.optimizers.racer_text import optimizer_of

NOTHING = " "
"""What stands for an empty text: "" would be the catalogue's rule."""


@dataclass(frozen=True)
class Reading:
    """What became of a text: `error` is None where it is a rule, within all that goes round it in `optimizer`."""

    optimizer: str
    text: str
    error: FormulaError | None = None


def read_rule(optimizer: str, text: str) -> Reading:
    """Return what `text` is in the place of the rule of `optimizer`."""
    try:
        optimizer_of(optimizer, text or NOTHING).compile().precompile()
    except FormulaError as error:
        return Reading(optimizer, text, error)
    return Reading(optimizer, text)
