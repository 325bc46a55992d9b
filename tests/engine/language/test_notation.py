"""What people type, and what it means."""

import math

import pytest

from engine.language.errors import FormulaError
from engine.language.parser import parse_formula
from engine.language.tree import Chain
from engine.loss import Loss

X, Y = 3.0, 2.0

MEANINGS = {
    # Numbers
    ".5*x + 5.*y": 11.5,
    "1e1 x": 30.0,
    "1e-3x": 0.003,
    "1_000.5 + 0": 1000.5,
    "2e": 2 * math.e,
    "2e3": 2000.0,
    "2e-x": 2 * math.e - 3,
    "2exp(0)": 2.0,
    # Signs and powers
    "-x^2": -9.0,
    "-x**-2": -1 / 9,
    "2^-x": 0.125,
    "2^-x^2": 2.0**-9,
    "2^3^2": 512.0,
    "x - -y": 5.0,
    "x*-y": -6.0,
    "--x": 3.0,
    "x -1": 2.0,
    # Products without a sign
    "2x": 6.0,
    "2 x y": 12.0,
    "2x^2": 18.0,
    "x^2y": 18.0,
    "x^2 y^2": 36.0,
    "e^2 x": 3 * math.e**2,
    "3(x+1)": 12.0,
    "(x+1)(y+1)": 12.0,
    "x(y+1)": 9.0,
    "2sin(0) + 2cos(0)": 2.0,
    "sin(x)cos(y)": math.sin(3) * math.cos(2),
    "x*2 y": 12.0,
    "x y/2": 3.0,
    "x/2*y": 3.0,
    "x/(2y)": 0.75,
    "pi x / π": 3.0,
    # Division and remainder
    "7 % x + 7//x": 3.0,
    "x/y/2": 0.75,
    # Bars
    "|x - 5| + |y|": 4.0,
    "||x| - 5|": 2.0,
    "|2*|x||": 6.0,
    "|x||y - 5|": 9.0,
    "2|y - 5|": 6.0,
    "|(|x|)|": 3.0,
    # Signs of other keyboards
    "x² + y³": 17.0,
    "x⁻¹": 1 / 3,
    "x⁺²": 9.0,
    "x¹⁰": 59049.0,
    "√(x + 6)": 3.0,
    "√x": math.sqrt(3),
    "2√16 y": 16.0,
    "√√16": 2.0,
    "√|x - 7|": 2.0,
    "x·y − 1": 5.0,
    "x×y ÷ 2": 3.0,
    "x – y": 1.0,
    "(x ≤ 3) + (y ≥ 3) + (x ≠ y)": 2.0,
    "τ/π": 2.0,
    # Truth: 1 and 0
    "(x > y) + (x <= y)": 1.0,
    "x > 1 and y > 5 or x == 3": 1.0,
    "not x > 1": 0.0,
    "not not x": 1.0,
    "not x > 1 or y": 1.0,
    "0 < x < 4": 1.0,
    "0 < x < 3": 0.0,
    "0 < x <= 3 == x": 1.0,
    "5 > x >= y > 1": 1.0,
    "not 0 < x < 3": 1.0,
    "x if x > y else y": 3.0,
    "1 if x < y else 2 if x < 5 else 3": 2.0,
    "x if 0 < y < 1 else y": 2.0,
    "where(x > y, x, y)": 3.0,
    # Functions
    "min(x, y, 1) + max(x, y, 9)": 10.0,
    "clip(x, 0, 1)": 1.0,
    "ln(e^x)": 3.0,
    # Several lines
    "(x\n+ y)": 5.0,
    "x # the rest is a remark": 3.0,
    "r = x + y; s = r^2\nr + s": 30.0,
    "min(\n  x, # first\n  y\n)": 2.0,
    # Functions of the text
    "f(u) = u^2; f(x) + f(y)": 13.0,
    "f(x) = x^2; f(y)": 4.0,
    "f(x, y) = x - y; f(y, x)": -1.0,
    "f(u) = u(u + 1); f(x)": 12.0,
    "r = x + 1; f(u) = r*u; f(y)": 8.0,
    "f(u) = u + 1; g(u) = f(f(u)); g(x)": 5.0,
    "f(x1, x2) = x1 - x2; f(x, y)": 1.0,
    "f(u) = u^2; -f(x)^2": -81.0,
    # Sums and products over an index
    "sum(i, i, 1, 4)": 10.0,
    "sum(x^k/y, k, 0, 2)": 6.5,
    "sum(x, i, 1, 0) + prod(x, i, 1, 0)": 1.0,
    "prod(x - i, i, 0, 2)": 6.0,
    "sum(i, i, -2, 2^2)": 7.0,
    "sum(sum(i*j, j, 1, i), i, 1, 3)": 25.0,
    "sum(i(i + 1), i, 1, 2)": 8.0,
    "f(u, n) = sum(u^k, k, 0, n); f(x, 2)": 13.0,
    "f(u) = u*i; sum(f(i), i, 1, 3)": 6.0,
}


def value_of(text: str) -> float:
    return float(Loss(text, {}).preview(X, Y))


@pytest.mark.parametrize("text", MEANINGS)
def test_a_text_means_what_a_mathematician_expects(text: str) -> None:
    assert value_of(text) == pytest.approx(MEANINGS[text], rel=1e-14)


TWO_MEANINGS = {
    "1/2x": ("/(2*x)", "/2*x"),
    "x/2 y": ("/(2*y)", "/2*y"),
    "x/2(y + 1)": ("/(2*(...))", "/2*(...)"),
    "x/y sin(x)": ("/(y*sin(...))", "/y*sin(...)"),
    "x % 2 y": ("%(2*y)", "%2*y"),
    "e^2x": ("e^(2*x)", "e^2*x"),
    "2^-3x": ("2^(-3*x)", "2^-3*x"),
    "x^y(2)": ("x^(y*(...))", "x^y*(...)"),
    "√2x": ("√(2x)", "(√2)x"),
    "√x²": ("√(x²)", "(√x)²"),
    "√x^2": ("√(x^2)", "(√x)^2"),
    "x²^3": ("brackets", ""),
    "sin(x)(y)": ("write `*`", ""),
}


@pytest.mark.parametrize("text", TWO_MEANINGS)
def test_what_two_readers_read_differently_is_refused_with_both_readings(text: str) -> None:
    with pytest.raises(FormulaError, match="two things") as caught:
        parse_formula(text)
    assert all(reading in caught.value.hint for reading in TWO_MEANINGS[text])


@pytest.mark.parametrize("text", [text for text, readings in TWO_MEANINGS.items() if readings[1]])
def test_each_reading_that_is_offered_can_be_typed(text: str) -> None:
    for reading in TWO_MEANINGS[text]:
        parse_formula(("x" if reading[0] in "/%" else "") + reading.replace("...", "x"))


def test_the_middle_of_a_chain_is_worked_out_once() -> None:
    tree = parse_formula("0 < sin(x) < 1").result
    assert isinstance(tree, Chain)
    assert tree.comparisons == ("lt", "lt")
    loss = Loss("0 < sin(x) < 1", {})
    assert [node.function for node in loss._graph.nodes].count("sin") == 1


def test_greek_letters_and_other_names_are_parameters() -> None:
    assert set(Loss("λ*x + μ*y + speed_1 + γ", {}).parameters) == {"λ", "μ", "speed_1", "γ"}


def test_a_name_of_another_book_may_be_defined() -> None:
    assert value_of("x1 = x + 1\ndot = 2 x1\ndot") == 8.0


def test_the_index_of_a_sum_and_the_parameters_of_a_function_are_no_sliders() -> None:
    assert set(Loss("f(u) = a*u; sum(f(i*x), i, 1, 3)", {}).parameters) == {"a"}


def test_an_index_means_nothing_outside_its_sum() -> None:
    assert Loss("sum(i, i, 1, 3) + i*x", {}).parameters == {"i": 1.0}
    assert value_of("sum(i, i, 1, 3) + i*x") == 9.0
