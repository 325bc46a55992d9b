"""Texts in which « and » mark the place of the mistake that they are told about."""

from collections.abc import Callable

import pytest

from engine.language.errors import FormulaError


def assert_refused(marked: str, sentence: str, hint: str, read: Callable[[str], object]) -> None:
    """Have `read` refuse a marked text, with words of the sentence and of what to try, at its place."""
    with pytest.raises(FormulaError) as caught:
        read(marked.replace("«", "").replace("»", ""))
    error = caught.value
    assert sentence in error.message
    assert hint in error.hint
    assert (error.start, error.end) == (marked.index("«"), marked.index("»") - 1)
