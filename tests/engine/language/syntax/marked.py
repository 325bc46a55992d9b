"""Texts in which « and » mark the place of a mistake."""

from collections.abc import Callable

import pytest

from engine.language.errors import FormulaError


def assert_refused(marked: str, sentence: str, hint: str, read: Callable[[str], object]) -> None:
    """Assert that `read` refuses a marked text at its place, with these words in the sentence and the hint."""
    with pytest.raises(FormulaError) as caught:
        read(marked.replace("«", "").replace("»", ""))
    error = caught.value
    assert sentence in error.message
    assert hint in error.hint
    assert (error.start, error.end) == (marked.index("«"), marked.index("»") - 1)
