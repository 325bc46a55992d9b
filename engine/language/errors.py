"""The one error that a user's text can cause."""

from __future__ import annotations

from collections.abc import Sequence

MOST_TOLD = 8
"""Errors of one text that are told: who has made more sees the rest when these are mended."""


class FormulaError(ValueError):
    """A text that is no formula or rule, with the place and what to try.

    Attributes
    ----------
    message : str
        One plain sentence: what is wrong.
    start, end : int
        The faulty part, as character offsets into the text; ``start <= end``.
    hint : str
        What to try, or "".
    also : tuple of FormulaError
        Further errors of the same text that would still be there if this one were mended, in the order of the text.
    """

    def __init__(
        self, message: str, start: int = 0, end: int = 0, hint: str = "", also: tuple[FormulaError, ...] = ()
    ) -> None:
        super().__init__(f"{message} {hint}".strip())
        self.message = message
        self.start = start
        self.end = max(start, end)
        self.hint = hint
        self.also = also

    def __reduce__(self) -> tuple[type[FormulaError], tuple[str, int, int, str, tuple[FormulaError, ...]]]:
        return type(self), (self.message, self.start, self.end, self.hint, self.also)


def together(errors: Sequence[FormulaError]) -> FormulaError:
    """Return the first of `errors` in the order of the text, with the others beside it."""
    first, *others = sorted(
        (FormulaError(error.message, error.start, error.end, error.hint) for error in _apart(errors)),
        key=lambda error: error.start,
    )
    return FormulaError(first.message, first.start, first.end, first.hint, tuple(others[: MOST_TOLD - 1]))


def _apart(errors: Sequence[FormulaError]) -> list[FormulaError]:
    """Return `errors` and those beside them, one by one."""
    return [single for error in errors for single in (error, *error.also)]
