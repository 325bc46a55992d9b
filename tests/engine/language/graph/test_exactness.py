"""Value, gradient and Hessian agree with 50-digit arithmetic: over the literature, every row, and made-up formulas."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from engine.language.functions import FUNCTIONS
from engine.language.syntax.names import function_named
from engine.language.syntax.parser import parse_formula
from engine.loss.loss import compile_loss
from tests.engine.language.graph.fifty_digits import MEANINGS, derivatives, parts, row_derivatives
from tests.literature import PUBLISHED, Published

TOLERANCE = 1e-10
STEP_OF_ENDS = 250
"""Digits of a step at the ends of the doubles, where a function may be its first term to so many."""
NOISE = 1e-40
"""What the differences of the yardstick are off by where a slope is 0."""
NEITHER_LARGE_NOR_SMALL = 1e3
"""Parts that are more than this, or less than its inverse, lose digits to one another whoever does the sum."""

ROWS = [row for row in FUNCTIONS.values() if function_named(row.name, rule=False)]
INTO_DOMAIN = {
    **dict.fromkeys(
        ["acosh", "asec", "acsc", "acoth", "sqrt", "root", "log", "log_base", "log2", "log10", "log1p"],
        "(1.1 + ({})^2)",
    ),
    **dict.fromkeys(["gamma", "lgamma", "factorial", "tame_power"], "(0.6 + ({})^2)"),
    **dict.fromkeys(["digamma", "digamma_right", "trigamma", "trigamma_right"], "(0.6 + ({})^2)"),
    **dict.fromkeys(["digamma_tail", "trigamma_tail"], "(0.004 + 0.001*sin({}))"),
    **dict.fromkeys(["asin", "acos", "atanh"], "(0.9*sin({}))"),
    **dict.fromkeys(["asech", "sinc_series"], "(0.14 + 0.1*sin({}))"),
}
"""To functions that are not defined everywhere, how to make any number one of their domain."""
BASE_INTO_DOMAIN = {"log_base": "(1.1 + ({})^2)"}
"""The same for their second argument."""


def application(name: str, arguments: list[str]) -> str:
    """Return the text of a function of arguments, the first of them brought into its domain."""
    templates = [INTO_DOMAIN.get(name, "{}"), BASE_INTO_DOMAIN.get(name, "{}"), "{}", "{}"]
    return f"{name}({', '.join(map(str.format, templates, arguments))})"


def errors(text: str, points: np.ndarray, scale: float = 0.0) -> list[tuple[float, float]]:
    """Return the pairs of the engine's and the true number that differ by too much at `points` (2, n)."""
    loss = compile_loss(text)
    found = np.array([loss.value(*points), *loss.gradient(*points), *loss.hessian(*points)]).T
    true = np.array([[float(number) for number in derivatives(text, *point)] for point in points.T.tolist()])
    size = np.maximum(np.abs(true), scale * np.abs(true).max(axis=1, keepdims=True))
    wrong = ~(np.abs(found - true) <= TOLERANCE * size + NOISE)
    return list(zip(found[wrong].tolist(), true[wrong].tolist(), strict=True))


@pytest.mark.parametrize("function", PUBLISHED, ids=[function.name for function in PUBLISHED])
def test_a_function_of_the_literature_is_exact_to_second_order(function: Published) -> None:
    assert errors(function.formula, function.points(4)) == []


def test_every_row_has_a_meaning_in_many_digits() -> None:
    assert set(MEANINGS) == {row.name for row in FUNCTIONS.values() if not row.rule_only}


@pytest.mark.parametrize("name", [row.name for row in ROWS])
def test_every_function_is_exact_to_second_order(name: str) -> None:
    row = FUNCTIONS[name]
    arguments = ["x*y + 0.3*x - 0.7", "y - 0.2*x", "2.1 + x - y", "x*x"]
    text = application(name, arguments[: row.least if row.most else 3])
    assert errors(text, np.random.default_rng(3).uniform(-1.4, 1.4, (2, 6))) == []


SIZES = np.concatenate([10.0 ** np.arange(-8, 3.5, 0.5) * 1.0371, [0.6, 0.999999, 1.000001, 1 - 1e-9, 1 + 1e-9, 1.9]])
SIZES = np.concatenate([SIZES, [5.2, 9.97, 15.3, 18.7, 20.1, 25.9, 37.4, 100.3, 354.1, 372.9, 700.2]])
"""From 1e-8 to 1e3, not next to whole numbers, where functions have poles and jumps, except for 1, where some end."""
OF_ONE_ARGUMENT = sorted(row.name for row in ROWS if row.least == 1)
DOMAINS = {
    **dict.fromkeys(["digamma_right", "trigamma_right"], (0.5, np.inf)),
    **dict.fromkeys(["digamma_tail", "trigamma_tail"], (0.0, 0.0095)),
    "sinc_series": (0.0, 0.25),
    **dict.fromkeys(["gamma", "factorial", "lgamma", "digamma", "trigamma"], (-120.0, np.inf)),
}
"""Where parts of other rows are asked; and gamma's like, whose poles are as near as the last place beyond."""
FAINT, GREAT = 1e-290, 1e300
"""Beyond these, doubles lose digits."""


@pytest.mark.parametrize("name", OF_ONE_ARGUMENT)
def test_no_slope_of_a_function_loses_its_digits_from_1e_minus_8_to_1e3(name: str) -> None:
    low, high = DOMAINS.get(name, (-np.inf, np.inf))
    points = np.array([x for x in (*-SIZES, *SIZES) if low < x < high])
    loss = compile_loss(f"{name}(x)")
    found = np.array([loss.value(points, 0.0), loss.gradient(points, 0.0)[0], loss.hessian(points, 0.0)[0]]).T
    for x, numbers in zip(points.tolist(), found.tolist(), strict=True):
        for order, (number, true) in enumerate(zip(numbers, row_derivatives(name, x), strict=True)):
            if abs(true) < FAINT:
                assert abs(number) < 10 * FAINT, (x, order)
            elif not mp.isnan(true) and abs(true) < GREAT:
                assert abs(number / true - 1) < TOLERANCE, (x, order, number, float(true))


@pytest.mark.parametrize("x", [1e-200, 1e-120, 1e120, 1e200])
@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("hypot(x, y)", lambda x: 0.6), ("atan2(x, y)", lambda x: 0.8 / (5 * x / 3)), ("acsch(x)", None),
        ("asinh(x)", None), ("atan(x)", None), ("tanh(x)", None), ("log1p(x)", None),
        ("sigmoid(x)", None), ("erf(x)", None),
    ],
)  # fmt: skip
def test_slopes_at_the_ends_of_the_doubles(text: str, slope: Callable[[float], float] | None, x: float) -> None:
    found = float(compile_loss(text).gradient(x, x * 4 / 3)[0])
    if slope is not None:
        true = slope(x)
    else:
        with mp.workdps(20 + 3 * STEP_OF_ENDS):
            step = mpf(10) ** -STEP_OF_ENDS * x
            ahead, behind = (MEANINGS[text.partition("(")[0]](mpf(x) + way * step) for way in (1, -1))
            true = float((ahead - behind) / (2 * step))
    assert found == pytest.approx(true, rel=TOLERANCE, abs=FAINT)


def test_the_curvature_of_a_length_does_not_cancel() -> None:
    x = 10.0 ** np.arange(-8.0, 9.0)
    hxx, hxy, hyy = compile_loss("hypot(x, y)").hessian(x, 1.0)
    np.testing.assert_allclose(hxx, (1 + x * x) ** -1.5, rtol=1e-13)
    np.testing.assert_allclose(hxy, -x * (1 + x * x) ** -1.5, rtol=1e-13)
    np.testing.assert_allclose(hyy, x * x * (1 + x * x) ** -1.5, rtol=1e-13)


SMOOTH = sorted(row.name for row in ROWS if row.most == 1 and not row.kink and not row.inner)
numbers = st.integers(1, 40).map(lambda tenths: str(tenths / 10))
formulas = st.recursive(
    st.one_of(st.sampled_from(["x", "y"]), numbers),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: "({} {} {})".format(*parts)),
        st.tuples(inner, st.sampled_from(["2", "3", "-1", "0.5", "1.7", "-2.5"])).map("(({0[0]})^({0[1]}))".format),
        st.tuples(inner, inner).map("((0.5 + ({0[0]})^2)^({0[1]}))".format),
        st.tuples(st.sampled_from(SMOOTH), inner).map(lambda pair: application(pair[0], [pair[1]])),
        st.tuples(st.sampled_from(["min", "max", "hypot", "atan2", "norm"]), inner, inner).map(
            "{0[0]}({0[1]}, {0[2]})".format
        ),
        st.tuples(inner, inner, inner, inner).map("({0[0]} if {0[1]} < {0[2]} else {0[3]})".format),
        inner.map("|{}|".format),
    ),
    max_leaves=7,
)


@settings(max_examples=150, deadline=None)
@given(formulas, st.integers(0, 10**6))
def test_a_made_up_formula_is_exact_to_second_order(text: str, seed: int) -> None:
    # No round numbers: made-up formulas have their kinks there.
    x, y = np.random.default_rng(seed).uniform(0.3, 2.0, 2)
    sizes = [abs(part) for part in parts(parse_formula(text).result, {"x": x, "y": y})]
    assume(all(1 / NEITHER_LARGE_NOR_SMALL < size < NEITHER_LARGE_NOR_SMALL for size in sizes))
    assert errors(text, np.array([[x], [y]]), scale=1.0) == []
