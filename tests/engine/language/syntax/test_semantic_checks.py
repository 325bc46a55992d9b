"""Mistakes that show only when all lines of a text are read together."""

import pytest

from engine.language.errors import FormulaError
from engine.language.syntax.parser import parse_formula, parse_rule
from engine.language.syntax.semantic_checks import names_read
from engine.rules.rule import compile_rule


def test_a_rule_must_say_where_to_go() -> None:
    with pytest.raises(FormulaError, match="w = w - lr"):
        parse_rule("v = mu*v + g")


def test_a_rule_may_not_assign_what_is_given() -> None:
    with pytest.raises(FormulaError, match='"f" is given'):
        parse_rule("f = 2\nw = w - g")


def test_a_rule_may_begin_with_an_empty_line() -> None:
    assert [line.name for line in parse_rule("\nw = w - lr*g\n").assignments] == ["w"]


def test_an_empty_rule_is_refused_with_what_a_rule_is() -> None:
    with pytest.raises(FormulaError, match="w = w - lr"):
        parse_rule("  # nothing yet")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("init w = 0\nw = w - g", "where it is put"),
        ("init v = 1\nw = w - v*g", '"v" never changes'),
        ("init m = 1\nm = g\nw = w - m", '"m" is never read before'),
    ],
)
def test_only_a_state_can_be_started(text: str, message: str) -> None:
    with pytest.raises(FormulaError, match=message):
        parse_rule(text)


def test_a_state_can_be_started_once() -> None:
    with pytest.raises(FormulaError, match='"v" is started twice') as caught:
        parse_rule("init v = 1\ninit v = 2\nv = v + g\nw = w - v")
    assert (caught.value.start, caught.value.end) == (16, 17)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("w = w - grad(1)", "1"),
        ("w = w - lr*grad(w) - grad(w*g - loss(3*norm(g)))", "3*norm(g)"),
        ("v = 2\nw = w - loss(w)*grad(v)", "v"),
        ("init v = grad(t)\nv = v + g\nw = w - v", "t"),
    ],
)
def test_a_number_where_a_point_is_needed_is_refused_at_the_number(text: str, number: str) -> None:
    with pytest.raises(FormulaError, match="works on a vector") as caught:
        compile_rule(text)
    assert text[caught.value.start : caught.value.end] == number


def test_names_are_read_in_the_order_of_the_text() -> None:
    assert [name.name for name in names_read(parse_formula("b*sin(a) + x").result)] == ["b", "a", "x"]
