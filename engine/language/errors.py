"""The one error that a user's text can cause."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real

MOST_REPORTED = 8
"""Errors of one text that are reported at once; the others are when these are corrected."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A text to put in place of the characters from `start` to `end`."""

    text: str
    start: int
    end: int


class FormulaError(ValueError):
    """The error of a text that is no formula or rule, with its place and what to try.

    Attributes
    ----------
    message : str
        One plain sentence: what is wrong.
    start, end : int
        The faulty part, as character offsets into the text; ``start <= end``.
    hint : str
        What to try, or "".
    replacements : tuple of Replacement
        The texts that `hint` offers, in its order, where they can replace the faulty part as they are.
    also : tuple of FormulaError
        Further errors of the same text that would remain if this one were corrected, in the order of the text.
    """

    def __init__(
        self,
        message: str,
        start: int = 0,
        end: int = 0,
        hint: str = "",
        also: tuple[FormulaError, ...] = (),
        replacements: tuple[Replacement, ...] = (),
    ) -> None:
        super().__init__(f"{message} {hint}".strip())
        self.message = message
        self.start = start
        self.end = max(start, end)
        self.hint = hint
        self.also = also
        self.replacements = replacements

    def __reduce__(self) -> tuple[type[FormulaError], tuple[object, ...]]:
        return type(self), (self.message, self.start, self.end, self.hint, self.also, self.replacements)

    def beside(self, others: tuple[FormulaError, ...]) -> FormulaError:
        """Return this error with `others` as its only further errors."""
        return FormulaError(self.message, self.start, self.end, self.hint, others, self.replacements)


def together(errors: Sequence[FormulaError]) -> FormulaError:
    """Return the first of `errors` in the order of the text, with the others as its further errors."""
    first, *others = sorted((error.beside(()) for error in _apart(errors)), key=lambda error: error.start)
    return first.beside(tuple(others[: MOST_REPORTED - 1]))


def _apart(errors: Sequence[FormulaError]) -> list[FormulaError]:
    """Return `errors` and their further errors in one list."""
    return [single for error in errors for single in (error, *error.also)]


def check_values(kind: str, names: Sequence[str], values: Mapping[str, float]) -> None:
    """Raise a FormulaError where a value has no name among `names` or is no finite number."""
    for name, value in values.items():
        if name not in names:
            known = ", ".join(names) or "none"
            raise FormulaError(f'There is no {kind} "{name}" here.', hint=f"Known: {known}.")
        if not isinstance(value, Real) or not math.isfinite(value):
            raise FormulaError(f'The {kind} "{name}" must be a finite number, not {value}.')
