"""Tokens have their kind and their place."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.language.errors import MOST_REPORTED, FormulaError
from engine.language.syntax.tokens import LONGEST_NAME, LONGEST_TEXT, pieces_of, tokens_of


def _kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens_of(text)[:-1]]


@pytest.mark.parametrize("text", ["0", "12", "1.", ".5", "1.5", "1e3", "1E-3", ".5e+2", "1_000", "12_000.000_1"])
def test_every_way_to_write_a_number_is_one_token(text: str) -> None:
    assert _kinds(text) == [("number", text)]


def test_an_e_without_digits_is_a_name() -> None:
    assert _kinds("2e-x") == [("number", "2"), ("name", "e"), ("symbol", "-"), ("name", "x")]


@pytest.mark.parametrize(("typed", "meant"), [("**", "^"), ("·", "*"), ("×", "*"), ("−", "-"), ("÷", "/"), ("≤", "<=")])
def test_signs_that_mean_the_same_are_the_same(typed: str, meant: str) -> None:
    assert _kinds(typed) == [("symbol", meant)]


def test_superscripts_are_powers_and_greek_constants_have_their_names() -> None:
    assert _kinds("π²") == [("name", "pi"), ("power", "²")]


def test_a_place_is_that_in_the_text_as_typed() -> None:
    assert [(token.start, token.end) for token in tokens_of(" x ** 2")] == [(1, 2), (3, 5), (6, 7), (7, 7)]


def test_a_remark_reaches_to_the_end_of_its_line() -> None:
    assert _kinds("x # y; z\ny") == [("name", "x"), ("end", "\n"), ("name", "y")]


@pytest.mark.parametrize(
    ("text", "hint"), [("х", "Latin"), ("ｘ", '"x"'), ("Χ", "Latin"), ("[", "round"), ("x₁", '"1"'), ("a.b", "point")]
)
def test_an_unknown_character_is_refused_with_what_to_type(text: str, hint: str) -> None:
    with pytest.raises(FormulaError) as caught:
        tokens_of(text)
    assert hint in caught.value.hint


@pytest.mark.parametrize("text", ["\u200b", "\x00", "\ud800", "\u0301"])
def test_an_invisible_character_is_named_by_its_number(text: str) -> None:
    with pytest.raises(FormulaError, match=f"U\\+{ord(text):04X}"):
        tokens_of(text)


def test_all_unknown_characters_of_a_text_are_reported_up_to_a_number() -> None:
    with pytest.raises(FormulaError) as caught:
        tokens_of("x $ y\n[x]")
    assert [error.start for error in (caught.value, *caught.value.also)] == [2, 6, 8]
    with pytest.raises(FormulaError) as caught:
        tokens_of("$ " * 100)
    assert len(caught.value.also) == MOST_REPORTED - 1


def test_texts_and_names_have_a_longest() -> None:
    tokens_of("a" * LONGEST_NAME + " " * (LONGEST_TEXT - LONGEST_NAME))
    for text in ("a" * (LONGEST_NAME + 1), " " * (LONGEST_TEXT + 1)):
        with pytest.raises(FormulaError, match="too long"):
            tokens_of(text)


@given(st.text(alphabet=st.characters(codec=None)))
@example("x # remark\n\t√²")
def test_the_pieces_of_any_text_side_by_side_are_the_text(text: str) -> None:
    pieces = pieces_of(text)
    assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces)][:-1] or not pieces
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text


def test_pieces_have_their_kinds_even_in_a_text_without_meaning() -> None:
    kinds = [piece.kind for piece in pieces_of("2 x²;$# no\n+")]
    assert kinds == ["number", "space", "name", "power", "end", "unknown", "comment", "end", "symbol"]


@given(st.text(alphabet="xyr01.e+-*/^()|,;= \n#²π", max_size=40))
def test_tokens_stand_in_order_and_apart(text: str) -> None:
    try:
        tokens = tokens_of(text)
    except FormulaError:
        return
    ends = [0, *(token.end for token in tokens)]
    assert all(end <= token.start <= token.end for end, token in zip(ends, tokens, strict=False))
    assert tokens[-1].end == len(text)
