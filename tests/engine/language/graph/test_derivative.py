"""Slopes where the rules of the textbook fail: at smooth points with a 0/0 within, at kinks, and in choices.

Elsewhere `test_exactness` holds them to 50 digits.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language.functions import FUNCTIONS
from engine.language.graph.derivative import differentiate
from engine.language.graph.graph import Graph
from engine.language.graph.reference import evaluate
from engine.language.syntax.names import function_named
from engine.loss.loss import compile_loss

ORIGIN = (0.0, 0.0)
FLAT = (0.0, 0.0)
STRAIGHT = (0.0, 0.0, 0.0)

SMOOTH = {
    # text: (point, value, gradient, Hessian)
    "x^2 + y^2": (ORIGIN, 0, FLAT, (2, 0, 2)),
    "sqrt(x^2 + y^2)^2": (ORIGIN, 0, FLAT, (2, 0, 2)),
    "hypot(x, y)^2": (ORIGIN, 0, FLAT, (2, 0, 2)),
    "norm(x, y, x)^2": (ORIGIN, 0, FLAT, (4, 0, 2)),
    "dist(x, y, 1, 2)^2": ((1.0, 2.0), 0, FLAT, (2, 0, 2)),
    "sqrt(x^2 + y^2)^3": (ORIGIN, 0, FLAT, STRAIGHT),
    "exp(-sqrt(x^2 + y^2)^2)": (ORIGIN, 1, FLAT, (-2, 0, -2)),
    "sqrt(x^4)": (ORIGIN, 0, FLAT, (2, 0, 0)),
    "sqrt(x^2 + 1)*sqrt(x^2 + 1)": (ORIGIN, 1, FLAT, (2, 0, 0)),
    "cos(sqrt(x^2 + y^2))": (ORIGIN, 1, FLAT, (-1, 0, -1)),
    "cos(norm(x, 2y))": (ORIGIN, 1, FLAT, (-1, 0, -4)),
    "cosh(hypot(x, y))": (ORIGIN, 1, FLAT, (1, 0, 1)),
    "sin(hypot(x, y))^2": (ORIGIN, 0, FLAT, (2, 0, 2)),
    "tanh(norm(x, y))*norm(x, y)": (ORIGIN, 0, FLAT, (2, 0, 2)),
    "sinc(3 norm(x, y))": (ORIGIN, 1, FLAT, (-3, 0, -3)),
    "exp(cos(2 dist(x, y, 1, 1)))": ((1.0, 1.0), np.e, FLAT, (-4 * np.e, 0, -4 * np.e)),
    "(1 + cos(12 sqrt(x^2 + y^2)))/(0.5(x^2 + y^2) + 2)": (ORIGIN, 1, FLAT, (-72.5, 0, -72.5)),
    "cos(|x|)": (ORIGIN, 1, FLAT, (-1, 0, 0)),
    "sinc(x) + sinc(y)": (ORIGIN, 2, FLAT, (-1 / 3, 0, -1 / 3)),
    "x^y": ((0.0, 2.0), 0, FLAT, (2, 0, 0)),
    "x^y + 1": ((0.0, 3.0), 1, FLAT, STRAIGHT),
    "x^two": (ORIGIN, 0, FLAT, (2, 0, 0)),
    "(x^2)^one": (ORIGIN, 0, FLAT, (2, 0, 0)),
    "x^one": (ORIGIN, 0, (1, 0), STRAIGHT),
    "x^nought": (ORIGIN, 1, FLAT, STRAIGHT),
    "|x|^3": (ORIGIN, 0, FLAT, STRAIGHT),
    "(x^2)^1.5": (ORIGIN, 0, FLAT, STRAIGHT),
    "(x^2)^1.5 ": ((-2.0, 0.0), 8, (-12, 0), (12, 0, 0)),
    "cbrt(x)^3": (ORIGIN, 0, (1, 0), STRAIGHT),
    "cbrt(x^3)": (ORIGIN, 0, (1, 0), STRAIGHT),
    "exp(-1/x^2) if x != 0 else 0": (ORIGIN, 0, FLAT, STRAIGHT),
    "exp(-1/x^2)": (ORIGIN, 0, FLAT, STRAIGHT),
    "|x|*x": (ORIGIN, 0, FLAT, STRAIGHT),
    "log1p(x)": (ORIGIN, 0, (1, 0), (-1, 0, 0)),
    "softplus(x)": (ORIGIN, np.log(2.0), (0.5, 0), (0.25, 0, 0)),
    "gelu(x)": (ORIGIN, 0, (0.5, 0), (np.sqrt(2 / np.pi), 0, 0)),
    "atan2(y, x)": ((1.0, 0.0), 0, (0, 1), (0, -1, 0)),
    "erf(x)*y": (ORIGIN, 0, FLAT, (0, 2 / np.sqrt(np.pi), 0)),
    "x*sinh(y) + cosh(x)": (ORIGIN, 1, FLAT, (1, 1, 0)),
}

KINKS = {
    # text: (point, gradient) as the table has it
    "|x|": (ORIGIN, FLAT),
    "hypot(x, y)": (ORIGIN, FLAT),
    "sqrt(x^2 + y^2)": (ORIGIN, FLAT),
    "norm(x, y)": (ORIGIN, FLAT),
    "dist(x, y, 1, 2)": ((1.0, 2.0), FLAT),
    "sqrt(x)": (ORIGIN, FLAT),
    "x^half": (ORIGIN, FLAT),
    "cbrt(x)": (ORIGIN, FLAT),
    "asin(x)": ((1.0, 0.0), FLAT),
    "acos(x)": ((-1.0, 0.0), FLAT),
    "acosh(x)": ((1.0, 0.0), FLAT),
    "atan2(y, x)": (ORIGIN, FLAT),
    "relu(x)": (ORIGIN, FLAT),
    "max(x, 2y)": (ORIGIN, (1, 0)),
    "max(2y, x)": (ORIGIN, (0, 2)),
    "min(x, 2y)": (ORIGIN, (1, 0)),
    "clip(3x, 0, 1)": (ORIGIN, (3, 0)),
    "mod(x, 2)": (ORIGIN, (1, 0)),
    "x//2 + floor(x) + ceil(x) + round(x) + trunc(x) + sign(x) + step(x)": (ORIGIN, FLAT),
    "frac(x)": (ORIGIN, (1, 0)),
    "3x if x < 0 else 2x": (ORIGIN, (2, 0)),
    "sqrt(|x|)": (ORIGIN, FLAT),
    "exp(-hypot(x, y))": (ORIGIN, FLAT),
}
PARAMETERS = {"two": 2.0, "one": 1.0, "nought": 0.0, "half": 0.5}


@pytest.mark.parametrize("text", SMOOTH)
def test_a_smooth_point_has_its_slopes_though_a_rule_would_divide_by_zero(text: str) -> None:
    point, value, gradient, hessian = SMOOTH[text]
    loss = compile_loss(text)
    loss.set(**{name: PARAMETERS[name] for name in loss.parameters})
    found = [loss.value(*point), *loss.gradient(*point), *loss.hessian(*point)]
    np.testing.assert_allclose(found, [value, *gradient, *hessian], rtol=1e-14)


@pytest.mark.parametrize("text", KINKS)
def test_a_kink_has_the_slope_that_the_table_promises_and_no_nan_in_its_hessian(text: str) -> None:
    point, gradient = KINKS[text]
    loss = compile_loss(text)
    loss.set(**{name: PARAMETERS[name] for name in loss.parameters})
    np.testing.assert_array_equal(loss.gradient(*point), gradient)
    assert np.isfinite(loss.hessian(*point)).all()


@pytest.mark.parametrize("text", ["sigmoid(x)", "softplus(x)", "gelu(x)", "tanh(x)", "erfc(x)", "relu(x)"])
@pytest.mark.parametrize("x", [-800.0, -40.0, 40.0, 800.0])
def test_a_neuron_far_out_is_flat_or_straight_and_nothing_overflows(text: str, x: float) -> None:
    loss = compile_loss(text)
    found = np.array([loss.value(x, 0.0), *loss.gradient(x, 0.0), *loss.hessian(x, 0.0)])
    assert np.isfinite(found).all()
    assert found[0] == pytest.approx(found[1] * x, abs=2.0)


def test_a_branch_that_is_not_chosen_adds_nothing_to_the_gradient() -> None:
    gx, gy = compile_loss("x*log(x) if x > 0 else y").gradient([-1.0, 1.0], [2.0, 2.0])
    assert gx.tolist() == [0.0, 1.0]
    assert gy.tolist() == [1.0, 0.0]


def test_the_gradient_of_a_power_with_a_free_exponent_is_exact() -> None:
    loss = compile_loss("x^p + p^y", p=3.0)
    gx, gy = loss.gradient(2.0, 2.0)
    assert gx == pytest.approx(12.0, rel=1e-14)
    assert gy == pytest.approx(9.0 * np.log(3.0), rel=1e-14)


def test_rosenbrock_has_the_hessian_of_the_textbook() -> None:
    hxx, hxy, hyy = compile_loss("(a - x)^2 + b*(y - x^2)^2", a=1, b=100).hessian(-1.2, 1.0)
    assert (float(hxx), float(hxy), float(hyy)) == pytest.approx((1330.0, 480.0, 200.0), rel=1e-14)


HOSTILE = [-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0]
SPECS = [spec for spec in FUNCTIONS.values() if function_named(spec.name, rule=False) and not spec.inner]
formulas = st.recursive(
    st.sampled_from(["x", "y", "0", "1", "2", "0.5", "-1"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "^", "%", "//"]), inner).map(
            "({0[0]} {0[1]} ({0[2]}))".format
        ),
        st.sampled_from(SPECS).flatmap(
            lambda spec: st.lists(inner, min_size=spec.least, max_size=spec.most or 3).map(
                lambda arguments: f"{spec.name}({', '.join(arguments)})"
            )
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(formulas, st.sampled_from(HOSTILE), st.sampled_from(HOSTILE))
def test_slopes_are_finite_wherever_every_part_of_the_formula_is(text: str, x: float, y: float) -> None:
    graph = Graph()
    value = graph.build(text, {})
    slopes = [differentiate(graph, value, name) for name in "xy"]
    seconds = [differentiate(graph, slope, name) for slope in slopes for name in "xy"]
    names = {"x": x, "y": y}
    parts = evaluate(graph, graph.needed_for([value]), names)
    if np.isfinite(parts).all():
        assert np.isfinite(evaluate(graph, [*slopes, *seconds], names)).all()
