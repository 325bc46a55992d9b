"""Every piece of a text has a kind, whether the text is right or not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language.display.highlight import KINDS, spans_of
from engine.language.display.outline import outline_of
from tests.engine.language.test_generated_texts import PATIENCE_S, shortest_s


def kinds(text: str, rule: bool = False) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.kind) for span in spans_of(text, rule)]


def kind_of(text: str, piece: str, rule: bool = False) -> set[str]:
    return {kind for shown, kind in kinds(text, rule) if shown == piece}


def test_each_piece_has_its_kind() -> None:
    assert kinds("2x + a*sin(π) # wave") == [
        ("2", "number"), ("x", "variable"), ("+", "operator"), ("a", "parameter"), ("*", "operator"),
        ("sin", "function"), ("(", "bracket"), ("π", "constant"), (")", "bracket"), ("# wave", "comment"),
    ]  # fmt: skip


def test_a_definition_is_one_in_every_line() -> None:
    assert kind_of("r = x^2\nr + s", "r") == {"definition"}
    assert kind_of("r = x^2\nr + s", "s") == {"parameter"}


def test_the_parameters_of_a_function_are_known_on_its_line_alone() -> None:
    text = "bump(u) = u^2\nbump(x) + u"
    assert [kind for piece, kind in kinds(text) if piece == "u"] == ["definition", "definition", "parameter"]
    assert kind_of(text, "bump") == {"definition"}


def test_the_index_of_a_sum_is_known_within_its_brackets_alone() -> None:
    text = "sum(i*x, i, 1, 5) + i"
    assert [kind for piece, kind in kinds(text) if piece == "i"] == ["definition", "definition", "parameter"]
    assert kind_of(text, "sum") == {"function"}


def test_columns_are_variables_and_mean_is_a_function_where_there_are_any() -> None:
    kind_by_text = {
        text: span.kind
        for span in spans_of("mean(u*x)", columns=("u",))
        for text in ["mean(u*x)"[span.start : span.end]]
    }
    assert (kind_by_text["mean"], kind_by_text["u"]) == ("function", "variable")
    assert ("mean", "parameter") in kinds("mean(u*x)")


def test_a_text_over_other_variables_has_those_and_no_coordinates() -> None:
    assert [span.kind for span in spans_of("t*x", variables=("t",))] == ["variable", "operator", "parameter"]


def test_words_and_the_letter_gamma_are_no_functions() -> None:
    assert kind_of("x if not y else 1", "if") == {"word"}
    assert kinds("gamma + gamma(x)")[0] == ("gamma", "parameter")
    assert kinds("gamma + gamma(x)")[2] == ("gamma", "function")


def test_a_rule_has_variables_of_its_own() -> None:
    assert kind_of("w = w - lr*g", "g", rule=True) == {"variable"}
    assert kind_of("w = w - lr*g", "lr", rule=True) == {"parameter"}


def test_a_bracket_without_a_partner_and_a_character_without_meaning_are_unknown() -> None:
    assert [kind for piece, kind in kinds("(x + (y)") if piece in "()"] == ["unknown", "bracket", "bracket"]
    assert kind_of("x)", ")") == {"unknown"}
    assert kind_of("x $ y", "$") == {"unknown"}


def test_brackets_know_their_partners_over_several_lines() -> None:
    text = "r = (x +\n(y))\nr)"
    assert outline_of(text).partners == {4: 12, 9: 11, 11: 9, 12: 4, 15: None}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="xy(a)|,;=+-*/^ \n#1.5e²πsin_sum$", max_size=80) | st.text(max_size=80))
def test_any_text_has_spans_side_by_side_in_its_order(text: str) -> None:
    end = 0
    for span in spans_of(text):
        assert end <= span.start < span.end <= len(text)
        assert span.kind in KINDS
        assert not text[end : span.start].strip(" \t\r\n\xa0;")
        end = span.end


@pytest.mark.parametrize("piece", ["sum(i*x, i, 1, 5) + ", "r = x\n", "((((", "))))", "f(u) = u\n", "a1+"])
def test_the_longest_coloured_text_is_read_between_two_keystrokes(piece: str) -> None:
    text = (piece * 5_000)[:5_000]
    assert shortest_s(lambda: spans_of(text), PATIENCE_S) < PATIENCE_S
