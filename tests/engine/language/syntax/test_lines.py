"""A line goes on within brackets, and ends where a line begins that defines a name."""

import pytest

from engine.language.errors import FormulaError
from engine.language.syntax.lines import MOST_LINES, lines_of, unclosed_over_lines


def _lines(text: str) -> list[str]:
    return [" ".join(token.text for token in line if token.kind not in ("end", "stop")) for line in lines_of(text)]


def test_a_text_has_a_line_for_each_line_end_or_semicolon() -> None:
    assert _lines("r = x; s = y\nr + s") == ["r = x", "s = y", "r + s"]


def test_empty_lines_and_remarks_are_no_lines() -> None:
    assert _lines("\n\n# remark\nx;;\n") == ["x"]


def test_a_line_end_within_brackets_is_a_space() -> None:
    assert _lines("(x\n+ (y)\n- 1)\n(y)") == ["( x + ( y ) - 1 )", "( y )"]


@pytest.mark.parametrize("head", ["s = r", "bump(u, v) = r", "init v = r"])
def test_an_open_bracket_does_not_swallow_a_definition(head: str) -> None:
    assert len(_lines(f"r = (x + 1\n{head}\ns")) == 3


def test_an_open_bracket_may_hold_comparisons() -> None:
    assert len(_lines("r = (x\n== y)\nr")) == 2


def test_a_bracket_that_swallows_lines_is_the_first_that_is_never_closed() -> None:
    text = "(x + (y) * (2\n+ x"
    opening = unclosed_over_lines(lines_of(text)[0], text)
    assert opening is not None
    assert opening.start == 0
    assert unclosed_over_lines(lines_of("(x + y")[0], "(x + y") is None


def test_lines_have_a_greatest_number() -> None:
    assert len(lines_of("x;" * MOST_LINES)) == MOST_LINES
    with pytest.raises(FormulaError, match=f"{MOST_LINES:,} are the most"):
        lines_of("x;" * (MOST_LINES + 1))
