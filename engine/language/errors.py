"""The one error that a user's text can cause."""

from __future__ import annotations


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
    """

    def __init__(self, message: str, start: int = 0, end: int = 0, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".strip())
        self.message = message
        self.start = start
        self.end = max(start, end)
        self.hint = hint

    def __reduce__(self) -> tuple[type[FormulaError], tuple[str, int, int, str]]:
        return type(self), (self.message, self.start, self.end, self.hint)
