"""What people type, and what it means."""

import math

import numpy as np
import pytest

from engine.language.errors import FormulaError
from engine.language.syntax.parser import parse_formula
from engine.language.syntax.tree import Chain
from engine.loss.loss import Loss
from engine.loss.loss_code import code_of

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
    "x^2(y+1)": 27.0,
    "x^2sin(y)": 9 * math.sin(2),
    "(x+1)^2y": 32.0,
    "b^2 x": 3.0,
    "2^(x)y": 16.0,
    "x^y x": 27.0,
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
    "|x|+2|y|": 7.0,
    "|x|-y|x|": -3.0,
    "|x|y + |x|": 9.0,
    "|x| y |x|": 18.0,
    "|x - 5| |y - 4| |x|": 12.0,
    "|x-5||y-4||x|": 12.0,
    "|x|^2|y|": 18.0,
    "|x|²|y|": 18.0,
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
    "log(8, 2)": 3.0,
    "log(1000, 10)": 3.0,
    "log(x, x)": 1.0,
    "log(x^4, 3)": 4.0,
    "log(x,2)": math.log2(3),
    "root(64, x)": 4.0,
    "root(-x^3, 3)": -3.0,
    "nthroot(-32, 5)": -2.0,
    "root(32, -5)": 0.5,
    "root(16, y^2)": 2.0,
    "root(x, 0.5)": 9.0,
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
    # Quotients
    "1/2x": ("1/(2*x)", "1/2*x"),
    "1/2x y": ("1/(2*x*y)", "1/2*x*y"),
    "x/2 y": ("x/(2*y)", "x/2*y"),
    "x/2(y + 1)": ("x/(2*(y+1))", "x/2*(y+1)"),
    "x/y sin(x)": ("x/(y*sin(x))", "x/y*sin(x)"),
    "x/2y^2 + 1": ("x/(2*y^2) + 1", "x/2*y^2 + 1"),
    "x % 2 y": ("x %(2*y)", "x %2*y"),
    # Powers
    "e^2x": ("e^(2*x)", "e^2*x"),
    "e^2xy": ("e^(2*x*y)", "e^2*x*y"),
    "2^-3x": ("2^(-3*x)", "2^-3*x"),
    "10^2x": ("10^(2*x)", "10^2*x"),
    "b^2x": ("b^(2*x)", "b^2*x"),
    "a^2b": ("a^(2*b)", "a^2*b"),
    "b^2(y+1)": ("b^(2*(y+1))", "b^2*(y+1)"),
    "b^2sin(x)": ("b^(2*sin(x))", "b^2*sin(x)"),
    "b**2|x|": ("b^(2*|x|)", "b^2*|x|"),
    "(1+r)^2x": ("(1+r)^(2*x)", "(1+r)^2*x"),
    "r = 2; r^2x": ("r = 2; r^(2*x)", "r = 2; r^2*x"),
    "x^2a": ("x^(2*a)", "x^2*a"),
    "x^2x": ("x^(2*x)", "x^2*x"),
    "x^2π": ("x^(2*pi)", "x^2*pi"),
    "x^y(2)": ("x^(y*(2))", "x^y*(2)"),
    "e^x^2y": ("e^(x^2*y)", "e^x^2*y"),
    "e^sin(x)y": ("e^(sin(x)*y)", "e^sin(x)*y"),
    "3 b^2x + 1": ("3 b^(2*x) + 1", "3 b^2*x + 1"),
    "x²^3": ("(x²)^3", "x^(2^3)"),
    "2y²^x + 1": ("2(y²)^x + 1", "2y^(2^x) + 1"),
    "x^1/2": ("x^(1/2)", "(x^1)/2"),
    "x^1 / 2": ("x^(1/2)", "(x^1)/2"),
    "x^-1/3": ("x^(-1/3)", "(x^-1)/3"),
    # Roots
    "√2x": ("√(2x)", "(√2)x"),
    "√x²": ("√(x²)", "(√x)²"),
    "√x^2": ("√(x^2)", "(√x)^2"),
    "√x(y + 1)": ("√(x(y+1))", "(√x)(y+1)"),
    # Bars
    "|x-5|y-4|x|": ("|x-5|*y-4*|x|", "|x-5*|y-4|*x|"),
    "|x|y|x|": ("|x|*y*|x|", "|x*|y|*x|"),
    "|x|(y)|x|": ("|x|*(y)*|x|", "|x*|(y)|*x|"),
    "1 + |x|sin(y)|x|": ("1 + |x|*sin(y)*|x|", "1 + |x*|sin(y)|*x|"),
    "||x|y-1|x||": ("||x|*y-1*|x||", "||x*|y-1|*x||"),
    "max(|x|y|x|, 1)": ("max(|x|*y*|x|, 1)", "max(|x*|y|*x|, 1)"),
    "|x+1 |y| x|": ("|x+1 |*y*| x|", "|x+1*|y|* x|"),
    # Decimal commas
    "log(8,2)": ("log(8.2)", "log(8, 2)"),
}
"""To a text: its two readings."""


@pytest.mark.parametrize("text", TWO_MEANINGS)
def test_what_two_readers_read_differently_is_refused_and_both_readings_can_be_put_in(text: str) -> None:
    with pytest.raises(FormulaError, match="two things") as caught:
        parse_formula(text)
    error, readings = caught.value, []
    for replacement in error.replacements:
        assert f'"{replacement.text}"' in error.hint
        readings.append(text[: replacement.start] + replacement.text + text[replacement.end :])
    assert tuple(readings) == TWO_MEANINGS[text]
    points = np.array([1.3, -2.1]), np.array([-0.7, 1.9])
    losses = [Loss(reading, {}) for reading in readings]
    for loss in losses:
        loss.set(**dict.fromkeys(loss.parameters, 1.4))
    values = [loss.preview(*points) for loss in losses]
    assert not np.allclose(*values), "two readings that are the same are no reason to ask"


def test_brackets_behind_a_call_are_refused_too() -> None:
    with pytest.raises(FormulaError, match="two things") as caught:
        parse_formula("sin(x)(y)")
    assert 'write "*"' in caught.value.hint


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("sin x y + 1", ("sin(x y) + 1", "sin(x)*y + 1")),
        ("2 sin^2 x", ("2 sin(x)^2",)),
        ("y*sin^-1(x)", ("y*asin(x)", "y*sin(x)^(-1)")),
    ],
)
def test_a_function_without_brackets_is_offered_with_them(text: str, readings: tuple[str, ...]) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    meant = caught.value.replacements
    assert tuple(text[: part.start] + part.text + text[part.end :] for part in meant) == readings
    for reading in readings:
        parse_formula(reading)


def test_the_middle_of_a_chain_is_worked_out_once() -> None:
    tree = parse_formula("0 < sin(x) < 1").result
    assert isinstance(tree, Chain)
    assert tree.comparisons == ("lt", "lt")
    graph = code_of("0 < sin(x) < 1", (), False).landscape.graph
    assert [node.function for node in graph.nodes].count("sin") == 1


def test_greek_letters_and_other_names_are_parameters() -> None:
    assert set(Loss("λ*x + μ*y + speed_1 + γ", {}).parameters) == {"λ", "μ", "speed_1", "γ"}


def test_a_name_of_another_book_may_be_defined() -> None:
    assert value_of("x1 = x + 1\ndot = 2 x1\ndot") == 8.0


def test_the_index_of_a_sum_and_the_parameters_of_a_function_are_no_sliders() -> None:
    assert set(Loss("f(u) = a*u; sum(f(i*x), i, 1, 3)", {}).parameters) == {"a"}


def test_an_index_means_nothing_outside_its_sum() -> None:
    assert Loss("sum(i, i, 1, 3) + i*x", {}).parameters == {"i": 1.0}
    assert value_of("sum(i, i, 1, 3) + i*x") == 9.0
