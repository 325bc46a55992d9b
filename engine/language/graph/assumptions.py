"""Assumptions about the value of a node for any values of its names, as flags: not negative, not zero, finite.

A guard against a zero that cannot occur is left out, and 0 times a finite node is 0.  The assumptions hold for real
numbers, so they ignore overflow and underflow, which `ranges` accounts for; of a node that is NaN they say nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from engine.language.functions import FUNCTIONS

NOT_NEGATIVE, NOT_ZERO, FINITE = 1, 2, 4
POSITIVE = NOT_NEGATIVE | NOT_ZERO

_TRAITS: Mapping[str, int] = {"positive": POSITIVE, "not negative": NOT_NEGATIVE}


def assumptions_of_number(value: float) -> int:
    """Return the assumptions about a constant."""
    return NOT_NEGATIVE * (value >= 0.0) | NOT_ZERO * (value != 0.0) | FINITE * math.isfinite(value)


def assumptions_of_call(function: str, arguments: Sequence[int], known: Sequence[int]) -> int:
    """Return the assumptions about a function applied to nodes about which `known` are those."""
    every, some = known[0], known[0]
    for assumptions in known[1:]:
        every, some = every & assumptions, some | assumptions
    traits = FUNCTIONS[function].traits
    result = 0 if "partial" in traits else every & FINITE
    for trait, assumptions in _TRAITS.items():
        result |= assumptions if trait in traits else 0
    return result | _operator_assumptions(function, arguments, known, every, some)


def _operator_assumptions(function: str, arguments: Sequence[int], known: Sequence[int], every: int, some: int) -> int:
    """Return what follows from the assumptions about the arguments; all share `every`, and `some` hold for any."""
    first, last = known[0], known[-1]
    match function:
        case "add":
            return every & NOT_NEGATIVE | (some & NOT_ZERO if every & NOT_NEGATIVE else 0)
        case "mul":
            return every & POSITIVE | (NOT_NEGATIVE if arguments[0] == arguments[1] else 0)
        case "div":
            return every & NOT_NEGATIVE | first & NOT_ZERO | (every & FINITE if last & NOT_ZERO else 0)
        case "sqrt":
            return first & NOT_ZERO | (first & FINITE if first & NOT_NEGATIVE else 0)
        case "neg" | "abs":
            return first & NOT_ZERO
        case "pow":
            return first & POSITIVE
        case "where":
            return known[1] & last & POSITIVE
        case "min":
            return every & POSITIVE
        case "max":
            return some & NOT_NEGATIVE | (POSITIVE if POSITIVE in (first & POSITIVE, last & POSITIVE) else 0)
        case "mod":
            return last & NOT_NEGATIVE
        case "mean":
            return first if first & NOT_NEGATIVE else first & FINITE
        case "hypot":
            return some & NOT_ZERO
        case _:
            return 0
