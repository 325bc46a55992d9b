"""Completion offers the names that fit at a place of a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language.display.completion import CallTip, Suggestion, call_tip_at, suggestions_at
from engine.language.functions import FUNCTIONS, SPELLINGS


def offered(text: str, rule: bool = False) -> list[Suggestion]:
    """Return the names that are offered at the end of `text`."""
    return list(suggestions_at(text, len(text), rule).found)


def names(text: str, rule: bool = False) -> list[str]:
    return [suggestion.name for suggestion in offered(text, rule)]


def test_functions_come_with_their_signature_and_what_they_mean() -> None:
    hypot = offered("x + hyp")[0]
    assert (hypot.signature, hypot.kind) == ("hypot(u, v)", "function")
    assert hypot.summary == FUNCTIONS["hypot"].summary


def test_columns_and_their_mean_are_offered_where_there_is_a_data_set() -> None:
    found = suggestions_at("me", 2, columns=("u", "median_age")).found
    assert [(entry.signature, entry.kind) for entry in found] == [("median_age", "variable"), ("mean(u)", "function")]
    assert "mean" not in names("me")


def test_what_is_given_is_no_parameter_to_offer() -> None:
    text = "tick*x + tide + t"
    for variables, others in ((("tick",), {"tide"}), (("x", "y"), {"tick", "tide"})):
        found = suggestions_at(text, len(text), variables=variables).found
        assert {entry.name for entry in found if entry.kind == "parameter" and entry.name in text} == others


def test_what_is_offered_takes_the_place_of_the_letters_typed() -> None:
    found = suggestions_at("2 + sq*x", 6)
    assert (found.start, found.end) == (4, 6)
    assert [suggestion.text for suggestion in found.found] == ["sqrt"]


def test_names_of_the_text_come_first() -> None:
    text = "sigma_1 = x\nsize*sinus(2) + si"
    assert names(text)[:3] == ["sigma_1", "size", "sinus"]
    assert [suggestion.kind for suggestion in offered(text)[:2]] == ["definition", "parameter"]


def test_the_name_that_is_being_typed_is_not_offered_for_itself() -> None:
    assert "spee" not in names("x*spee")
    assert names("speed*x + spee") == ["speed"]


def test_functions_of_the_text_bring_their_own_parameters() -> None:
    assert offered("bump(u, v) = u*v\nbu")[0].signature == "bump(u, v)"


def test_the_parameters_of_a_function_are_offered_on_its_line_alone() -> None:
    assert "width" in names("bump(width) = 2*wi")
    assert "width" not in names("bump(width) = 2*width\nx*wi")


def test_a_spelled_letter_becomes_the_letter() -> None:
    alpha = next(suggestion for suggestion in offered("alp") if suggestion.name == "alpha")
    assert alpha.text == "α"
    assert {"gamma", "γ"} <= {suggestion.text for suggestion in offered("gamma")}


def test_the_case_of_letters_only_decides_the_order() -> None:
    assert names("Gam")[0] == "Gamma"
    assert "gamma" in names("Gam")


def test_nothing_is_offered_in_a_number_or_a_comment() -> None:
    assert not offered("x # si")
    assert not suggestions_at("x + 100", 6).found


def test_without_letters_everything_is_offered() -> None:
    assert {"sin", "pi", "sum", "a"} <= set(names("a*x + "))


def test_both_functions_of_one_name_are_offered() -> None:
    found = [entry for entry in offered("log") if entry.name == "log"]
    assert [(entry.signature, entry.text) for entry in found] == [("log(u)", "log"), ("log(u, v)", "log")]


def test_a_part_of_other_functions_is_not_offered() -> None:
    assert not {spec.name for spec in FUNCTIONS.values() if spec.inner} & set(names(""))


def test_every_other_function_of_formulas_is_offered() -> None:
    expected = {
        FUNCTIONS[name].overloads or spelling
        for spelling, name in SPELLINGS.items()
        if not FUNCTIONS[name].symbol and not FUNCTIONS[name].rule_only and not FUNCTIONS[name].inner
    }
    assert expected <= set(names(""))


def test_rules_have_names_of_their_own() -> None:
    assert "grad" in names("w = w - gr", rule=True)
    assert "grad" not in names("gr")
    assert "alpha" in names("v = alpha*v\nw = w - al", rule=True)


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("atan2(", 6, ("atan2(u, v)", 0)),
        ("atan2(x, y)", 8, ("atan2(u, v)", 1)),
        ("atan2(x, hypot(y, 1) + 2)", 18, ("hypot(u, v)", 1)),
        ("atan2(x, hypot(y, 1) + 2)", 22, ("atan2(u, v)", 1)),
        ("min(x, y, (2 + ", 15, None),
        ("min(x, y, 2", 11, ("min(u, v, ...)", 2)),
        ("sum(i*x, i, 1, 5)", 12, ("sum(term, i, first, last)", 2)),
        ("bump(u, v) = u*v\nbump(x, ", 25, ("bump(u, v)", 1)),
        ("log(", 4, ("log(u)", 0)),
        ("log(x, ", 7, ("log(u, v)", 1)),
        ("log(x, 2)", 5, ("log(u, v)", 0)),
        ("nthroot(x, ", 11, ("nthroot(u, v)", 1)),
        ("atan2(x, y)", 11, None),
        ("atan2(x, y)", 3, None),
        ("speed(x, ", 9, None),
    ],
)
def test_the_call_around_a_place_is_found_with_its_argument(
    text: str, place: int, expected: tuple[str, int] | None
) -> None:
    tip = call_tip_at(text, place)
    assert (tip and (tip.function.signature, tip.current)) == expected


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="xy(a)|,;=+-*/^ \n#1.5e²πsin_sum$", max_size=60) | st.text(max_size=60), st.data())
def test_any_place_of_any_text_has_an_answer(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    found = suggestions_at(text, place)
    assert 0 <= found.start <= place <= found.end <= len(text)
    tip = call_tip_at(text, place)
    assert tip is None or isinstance(tip, CallTip)
