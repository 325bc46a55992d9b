"""One reader of numbers: it reads what the formula bar reads as a constant, and refuses what that refuses."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import FormulaError, compile_loss
from engine.language.syntax.parser import parse_formula
from engine.language.syntax.tokens import LONGEST_TEXT
from engine.loss.number_text import quoted, read_number, read_whole

READ = {
    "0.001": 0.001, ".5": 0.5, "5.": 5.0, "1e-3": 1e-3, "1e−3": 1e-3, "−0.5": -0.5, "–2": -2.0, "+5": 5.0,
    "1_000": 1000.0,
    "1/3": 1 / 3, "2^-4": 0.0625, "2pi": 2 * math.pi, "10⁻³": 1e-3, "√2": math.sqrt(2), "max(1, 2)": 2.0, "1·2": 2.0,
    "  7 \n": 7.0, "\u00a07": 7.0, "3 # three": 3.0, "sum(i, i, 1, 4)": 10.0, "r = 2; 3r": 6.0, "1e308": 1e308,
}  # fmt: skip
COMMA = '"," does not fit here.'
REFUSED = {
    "0,001": COMMA, "1,000": COMMA, "0,5": COMMA, "1.000,5": COMMA, "1,000.5": COMMA, "1_5": "groups of three",
    "1_0000": "groups of three", "1_000_": "groups of three", "1 000": "no gaps", "1\u00a0000": "no gaps",
    "1\u202f000": "plain space", "1'000": "no meaning", "١٢": 'Type a plain "1"', "１２": 'Type a plain "1"',
    "nan": "no number", "inf": "no number", "-inf": "no number", "∞": "1e300", "1e400": "too large",
    "0x10": "decimal digits",
    "1/0": "not a finite number", "0/0": "not a finite number", "": "missing", " \n": "missing", "# 3": "missing",
    "x": "no value", "2a": "no value", "1\n2": "defines nothing", "1..2": "one decimal point", "--": "missing",
    "5%": "missing", "½": "1/2", "1" * (LONGEST_TEXT + 1): "too long", "9" * 400: "too large", "import": "programs",
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_a_number_is_read_as_the_formula_bar_reads_it(text: str, value: float) -> None:
    assert read_number(text) == value
    assert float(compile_loss(f"0x + ({text.strip()})" if not {*"#="} & {*text} else text).value(0, 0)) == value


@pytest.mark.parametrize(("text", "words"), REFUSED.items(), ids=lambda text: text[:10])
def test_what_is_no_number_is_refused_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        read_number(text)
    error = caught.value
    assert words in str(error)
    assert 0 <= error.start <= error.end <= len(text)


@given(st.text(max_size=12) | st.text("0123456789.,_eE+-−^/ xpi()", max_size=10))
def test_any_text_is_a_finite_number_or_a_sentence(text: str) -> None:
    try:
        assert math.isfinite(read_number(text))
    except FormulaError as error:
        assert error.message.endswith(".")


@given(st.text("0123456789.,_eE+-−^/ ()", min_size=1, max_size=10))
def test_what_the_language_refuses_no_field_reads(text: str) -> None:
    try:
        parse_formula(text.strip())
    except FormulaError as refused:
        with pytest.raises(FormulaError) as caught:
            read_number(text)
        if any(character not in " #" for character in text):
            assert caught.value.message == refused.message


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_read_back_to_the_last_bit(value: float) -> None:
    assert read_number(repr(value)) == value


@given(st.integers())
def test_digits_are_whole_numbers_to_the_last_one(value: int) -> None:
    assert read_whole(str(value)) == value


WHOLE = {"1e3": 1000, "2^10": 1024, "6/2": 3, " 7 ": 7, "−2": -2, "5.": 5}


@pytest.mark.parametrize(("text", "value"), WHOLE.items())
def test_a_whole_number_may_be_written_in_any_way(text: str, value: int) -> None:
    assert read_whole(text) == value


@pytest.mark.parametrize("text", ["1.5", "1/3", "pi", "1e-3", "0,5"])
def test_what_is_not_whole_is_no_whole_number(text: str) -> None:
    with pytest.raises(FormulaError):
        read_whole(text)


def test_a_sentence_repeats_no_more_of_a_text_than_a_line_holds() -> None:
    assert quoted("") == quoted(" \n ") == "nothing"
    assert quoted("a\nb") == "a b"
    assert len(quoted("9" * 10_000)) == 30
