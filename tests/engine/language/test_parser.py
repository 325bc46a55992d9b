"""What people type, and what the parser makes of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language.consistency import names_read
from engine.language.errors import FormulaError
from engine.language.parser import parse_formula, parse_rule
from engine.loss import compile_loss
from engine.rule import compile_rule

MEANINGS = {
    "-x^2": -9.0,
    "-x**-2": -1 / 9,
    "2^-x": 0.125,
    "2^3^2": 512.0,
    "2x": 6.0,
    "2 x y": 12.0,
    "3(x+1)": 12.0,
    "(x+1)(y+1)": 12.0,
    "x(y+1)": 9.0,
    "2x^2": 18.0,
    "|x - 5| + |y|": 4.0,
    "||x| - 5|": 2.0,
    "|2*|x||": 6.0,
    "2|y - 5|": 6.0,
    "x² + y³": 17.0,
    "√(x + 6)": 3.0,
    "x·y − 1": 5.0,
    "x if x > y else y": 3.0,
    "1 if x < y else 2 if x < 5 else 3": 2.0,
    "(x > y) + (x <= y)": 1.0,
    "x > 1 and y > 5 or x == 3": 1.0,
    "not x > 1": 0.0,
    "7 % x + 7//x": 3.0,
    "min(x, y, 1) + max(x, y, 9)": 10.0,
    "clip(x, 0, 1)": 1.0,
    "ln(e^x)": 3.0,
    "pi x / π": 3.0,
    "(x\n+ y)": 5.0,
    "x # the rest is a remark": 3.0,
    ".5*x + 5.*y": 11.5,
    "1e1 x": 30.0,
}


@pytest.mark.parametrize("text", MEANINGS)
def test_a_text_means_what_a_mathematician_expects(text: str) -> None:
    assert float(compile_loss(text).value(3.0, 2.0)) == pytest.approx(MEANINGS[text])


MISTAKES = {
    "sinn(x)": ("`sinn`", "`sin`", (0, 4)),
    "sin x": ("brackets", "sin(x)", (0, 3)),
    "(x + 1": ("not closed", "`)`", (0, 1)),
    "x + 1)": ("`)`", "`(`", (5, 6)),
    "x +": ("missing", "", (3, 3)),
    "atan2(x)": ("2 arguments", "", (0, 5)),
    "xy": ("product", "x*y", (0, 2)),
    "x + 'y'": ("no meaning", "", (4, 5)),
    "[x]": ("no meaning", "round brackets", (0, 1)),
    "z = x^2": ("the loss itself", "z =", (0, 3)),
    "f(x, y) = x^2": ("the loss itself", "Leave out", (0, 9)),
    "x == 1": ("equation", "(a - b)^2", (0, 6)),
    "x if y": ("other half", "else", (6, 6)),
    "1e400": ("too large", "", (0, 5)),
    "sin(x)(y)": ("two things", "*", (6, 7)),
    "x = 2\nx": ("already", "", (0, 1)),
    "": ("no formula", "x^2", (0, 0)),
    "lambda": ("programs", "", (0, 6)),
    "(x + )": ("`)`", "before it", (5, 6)),
    "f(x)": ("`f`", "f*(...)", (0, 1)),
    "pow(x, 2)": ("`pow`", "a^b", (0, 3)),
    "sin^2(x)": ("brackets", "sin(...)^2", (0, 3)),
    "x1 + x2": ("coordinates", "`x`", (0, 2)),
    "x + inf": ("no number", "large", (4, 7)),
    "PI x": ("no number", "`pi`", (0, 2)),
    "d/dx x^2": ("worked out", "d/d", (2, 4)),
    "2 3": ("`3`", "*", (2, 3)),
    "dot(x, y)": ("for rules", "", (0, 3)),
    "x^2 +\ny^2": ("breaks off", "brackets", (0, 5)),
    "s = r\nr = x\ns": ("before it is defined", "up", (4, 5)),
    "r = r + 1\nr": ("before it is defined", "up", (4, 5)),
    "r = (x + 1\ns = r^2\ns + y": ("`(` is not closed", "`)`", (4, 5)),
    "((x)\n+ y": ("`(` is not closed", "`)`", (0, 1)),
    "(x, 1\n2": ("`(` is not closed", "`)`", (0, 1)),
    "r = (x\nr + (y": ("`(` is not closed", "`)`", (4, 5)),
    "r = 1; (x; y": ("`(` is not closed", "`)`", (7, 8)),
    "(|x\n+ y)": ("`|` is not closed", "`|`", (1, 2)),
    "|x\ny": ("`|` is not closed", "`|`", (0, 1)),
    "|2|x||": ("left without another", "|2*|x||", (5, 6)),
    "|2|x|": ("left without another", "|2*|x||", (4, 5)),
    "|x| + |": ("missing", "", (7, 7)),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_at_its_place_with_what_to_try(text: str) -> None:
    message, hint, place = MISTAKES[text]
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert (caught.value.start, caught.value.end) == place


HOSTILE = [
    "(" * 5000 + "x" + ")" * 5000,
    "-" * 50000 + "x",
    "not " * 4000 + "x",
    "+0" * 100000,
    "x" + "(x)" * 3000,
    "√" * 3000 + "x",
    "|" * 3000 + "x",
    "2^" * 3000 + "x",
    "min(" + "x," * 9000 + "y)",
    "__import__('os').getpid()",
    "().__class__",
    "x\0y",
    "\udc80",
    "9**9**9**9",
    "1 if " * 900 + "x",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_a_hostile_text_is_a_loss_or_a_plain_error(text: str) -> None:
    try:
        compile_loss(text).value(0.5, 0.5)
    except FormulaError as error:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.message.endswith(".")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="xyab019.+-*/^()|,=<> sincos\n;√²_'[]", max_size=40))
def test_any_text_is_a_tree_or_a_plain_error_within_itself(text: str) -> None:
    for parse in (parse_formula, parse_rule):
        try:
            parse(text)
        except FormulaError as error:
            assert 0 <= error.start <= error.end <= len(text)


def test_a_rule_must_say_where_to_go() -> None:
    with pytest.raises(FormulaError, match="w = w - lr"):
        parse_rule("v = mu*v + g")


def test_a_rule_may_not_assign_what_is_given() -> None:
    with pytest.raises(FormulaError, match="`f` is given"):
        parse_rule("f = 2\nw = w - g")


def test_a_name_of_another_book_may_be_defined() -> None:
    assert float(compile_loss("x1 = x + 1\ndot = 2 x1\ndot").value(3.0, 0.0)) == 8.0


def test_a_rule_may_begin_with_an_empty_line() -> None:
    assert [line.name for line in parse_rule("\nw = w - lr*g\n").assignments] == ["w"]


def test_an_empty_rule_is_told_what_a_rule_is() -> None:
    with pytest.raises(FormulaError, match="w = w - lr"):
        parse_rule("  # nothing yet")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("init w = 0\nw = w - g", "where it is put"),
        ("init v = 1\nw = w - v*g", "`v` never changes"),
        ("init m = 1\nm = g\nw = w - m", "`m` is never read before"),
    ],
)
def test_only_a_state_can_be_started(text: str, message: str) -> None:
    with pytest.raises(FormulaError, match=message):
        parse_rule(text)


def test_a_state_can_be_started_once() -> None:
    with pytest.raises(FormulaError, match="`v` is started twice") as caught:
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
def test_a_number_where_a_point_is_needed_is_told_at_the_number(text: str, number: str) -> None:
    with pytest.raises(FormulaError, match="asks at a point") as caught:
        compile_rule(text)
    assert text[caught.value.start : caught.value.end] == number


def test_names_are_read_in_the_order_of_the_text() -> None:
    assert [name.name for name in names_read(parse_formula("b*sin(a) + x").result)] == ["b", "a", "x"]
