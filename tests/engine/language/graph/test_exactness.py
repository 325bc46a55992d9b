"""Value, gradient and Hessian agree with 50-digit arithmetic: the literature, every function, made-up formulas."""

import math
import subprocess
import sys
from collections.abc import Callable
from itertools import starmap

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from engine.language.functions import FUNCTIONS
from engine.language.functions.function import Intervals
from engine.language.syntax.names import function_named
from engine.language.syntax.parser import parse_formula
from engine.loss.loss import compile_loss
from tests.engine.language.graph.fifty_digits import EXACT, derivatives, function_derivatives, parts
from tests.literature import PUBLISHED, Published

TOLERANCE = 1e-10
STEP_OF_ENDS = 250
"""Digits of a step at the ends of the doubles, where a function may be its first term to so many."""
NOISE = 1e-40
"""The error of the differences in many digits where a slope is 0."""
NEITHER_LARGE_NOR_SMALL = 1e3
"""Parts larger than this, or smaller than its inverse, lose digits when they are added, whatever adds them."""

SPECS = [spec for spec in FUNCTIONS.values() if function_named(spec.name, rule=False)]
MARGIN = 0.1
"""How far from the end of an unbounded domain tests of formulas stay."""
PORTION = 0.9
"""How much of a bounded domain they use."""


def into_domain(intervals: Intervals, text: str) -> str:
    """Return a formula whose value lies in the last of `intervals` whatever that of `text` is."""
    low, high = intervals[-1]
    if math.isinf(low):
        return text
    if math.isinf(high):
        return f"({low + MARGIN} + ({text})^2)"
    return f"({(low + high) / 2} + {PORTION * (high - low) / 2}*sin({text}))"


def application(name: str, arguments: list[str]) -> str:
    """Return the text of a function of arguments, each brought into its domain."""
    brought = list(starmap(into_domain, zip(FUNCTIONS[name].domain, arguments, strict=False)))
    return f"{name}({', '.join([*brought, *arguments[len(brought) :]])})"


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


def test_every_spec_has_a_value_in_many_digits() -> None:
    assert set(EXACT) == {spec.name for spec in FUNCTIONS.values() if not spec.rule_only}


def test_the_program_never_imports_the_arithmetic_of_many_digits() -> None:
    code = "import sys, engine, landscapes; from engine.language import functions; print('mpmath' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert result.stdout.split() == ["False"], result.stderr


@pytest.mark.parametrize("name", [spec.name for spec in SPECS])
def test_every_function_is_exact_to_second_order(name: str) -> None:
    spec = FUNCTIONS[name]
    arguments = ["x*y + 0.3*x - 0.7", "y - 0.2*x", "2.1 + x - y", "x*x"]
    text = application(name, arguments[: spec.least if spec.most else 3])
    assert errors(text, np.random.default_rng(3).uniform(-1.4, 1.4, (2, 6))) == []


SIZES = np.concatenate([10.0 ** np.arange(-8, 3.5, 0.5) * 1.0371, [0.6, 0.999999, 1.000001, 1 - 1e-9, 1 + 1e-9, 1.9]])
SIZES = np.concatenate([SIZES, [5.2, 9.97, 15.3, 18.7, 20.1, 25.9, 37.4, 100.3, 354.1, 372.9, 700.2]])
"""From 1e-8 to 1e3, not next to whole numbers, where functions have poles and jumps, except for 1, where some end."""
OF_ONE_ARGUMENT = sorted(spec.name for spec in SPECS if spec.least == 1)
REALS = (-np.inf, np.inf)
FAINT, GREAT = 1e-290, 1e300
"""Doubles smaller or larger than these lose digits."""


@pytest.mark.parametrize("name", OF_ONE_ARGUMENT)
def test_no_slope_of_a_function_loses_its_digits_from_1e_minus_8_to_1e3(name: str) -> None:
    intervals = FUNCTIONS[name].domain[0] if FUNCTIONS[name].domain else (REALS,)
    points = np.array([x for x in (*-SIZES, *SIZES) if any(low < x < high for low, high in intervals)])
    loss = compile_loss(f"{name}(x)")
    found = np.array([loss.value(points, 0.0), loss.gradient(points, 0.0)[0], loss.hessian(points, 0.0)[0]]).T
    for x, numbers in zip(points.tolist(), found.tolist(), strict=True):
        for order, (number, true) in enumerate(zip(numbers, function_derivatives(name, x), strict=True)):
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
            ahead, behind = (EXACT[text.partition("(")[0]](mpf(x) + way * step) for way in (1, -1))
            true = float((ahead - behind) / (2 * step))
    assert found == pytest.approx(true, rel=TOLERANCE, abs=FAINT)


def test_the_curvature_of_a_norm_does_not_cancel() -> None:
    x = 10.0 ** np.arange(-8.0, 9.0)
    hxx, hxy, hyy = compile_loss("hypot(x, y)").hessian(x, 1.0)
    np.testing.assert_allclose(hxx, (1 + x * x) ** -1.5, rtol=1e-13)
    np.testing.assert_allclose(hxy, -x * (1 + x * x) ** -1.5, rtol=1e-13)
    np.testing.assert_allclose(hyy, x * x * (1 + x * x) ** -1.5, rtol=1e-13)


SMOOTH = sorted(spec.name for spec in SPECS if spec.most == 1 and not spec.kink and not spec.inner)
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
    # No round numbers, since made-up formulas have their kinks there.
    x, y = np.random.default_rng(seed).uniform(0.3, 2.0, 2)
    sizes = [abs(part) for part in parts(parse_formula(text).result, {"x": x, "y": y})]
    assume(all(1 / NEITHER_LARGE_NOR_SMALL < size < NEITHER_LARGE_NOR_SMALL for size in sizes))
    assert errors(text, np.array([[x], [y]]), scale=1.0) == []
