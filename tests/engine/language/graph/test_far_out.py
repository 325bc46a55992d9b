"""Slopes far out, where exp underflows or overflows: finite wherever all parts of a formula are, 0 where it is flat."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from engine import Race, compile_loss
from engine.language.graph.derivative import differentiate
from engine.language.graph.graph import Graph
from engine.language.graph.reference import evaluate
from engine.language.syntax.parser import parse_formula
from engine.loss.loss import Loss
from tests.engine.language.graph.fifty_digits import whole

UNDERFLOWN = {
    # text: point, where a positive function is 0 or less than the smallest normal number
    "sqrt(exp(x))": (-877.3, 0.0),
    "sqrt(exp(x)) ": (-730.0, 0.0),
    "sqrt(exp(-(x^2 + y^2)))": (28.0, 1.0),
    "sqrt(exp(-(x^2 + y^2))) ": (27.0, 1.0),
    "exp(x)^0.3": (-877.3, 0.0),
    "exp(x)^-1.5": (-300.0, 0.0),
    "hypot(exp(x), exp(y))": (-877.3, -800.0),
    "hypot(exp(x), exp(y)) ": (-730.0, -740.0),
    "hypot(sinh(x), y)": (400.0, 2.0),
    "norm(exp(x), exp(y), exp(x + y))": (-500.0, -600.0),
    "cbrt(exp(x))": (-740.0, 0.0),
    "sqrt(erfc(x))": (40.0, 0.0),
    "sqrt(1/(1 + x^2)^200)": (30.0, 0.0),
    "exp(x)/(exp(x) + exp(y))": (-720.0, -721.0),
    "exp(x)/(exp(x) + exp(y)) ": (-300.0, 600.0),
    "log(exp(x) + exp(y))": (-720.0, -721.0),
    "exp(-(x - 1)^2)/(exp(-(x - 1)^2) + exp(-(x + 1)^2))": (27.8, 0.0),
    "atan2(exp(x), exp(y))": (-400.0, -401.0),
    "csch(csch(x))": (-400.0, 0.0),
    "exp(x)^tanh(x)": (-400.0, 0.0),
    "gamma(exp(x))": (-200.0, 0.0),
}
FLAT = {
    # text: point, where a part is infinite and the value is not, or where the value is 0 at a kink
    "sqrt(x^2 + exp(-50*y))": (0.0, 20.0),
    "1/(1 + exp(-x))": (-800.0, 0.0),
    "x/(1 + exp(-x))": (-800.0, 0.0),
    "1/(1 + exp(-x))^2": (-800.0, 0.0),
    "(1 - exp(-x))/(1 + exp(-x))": (800.0, 0.0),
    "exp(-exp(-x))": (-800.0, 0.0),
    "log(1 + exp(x))": (-800.0, 0.0),
    "1/cosh(x)^2": (-800.0, 0.0),
    "1/(1 + x^2)^200": (10.0, 0.0),
    "1/(1 + exp(x)*(2 + sin(x)))": (803.0, 0.0),
    "x*exp(-x^2)": (1e200, 0.0),
    "exp(-x^4)": (1e150, 0.0),
    "exp(-1/x^2)": (0.0, 0.0),
    "tanh(exp(x))": (800.0, 0.0),
    "tanh(sinh(x))": (-800.0, 0.0),
    "atan(exp(x))": (800.0, 0.0),
    "atan2(exp(x), y)": (800.0, 1.0),
    "acot(exp(x))": (800.0, 0.0),
    "sigmoid(exp(x))": (800.0, 0.0),
    "softplus(-exp(x))": (800.0, 0.0),
    "erf(exp(x))": (800.0, 0.0),
    "erfc(exp(x))": (800.0, 0.0),
    "expm1(-exp(x))": (800.0, 0.0),
    "2^(-exp(x))": (800.0, 0.0),
    "0.5^exp(x)": (800.0, 0.0),
    "exp(x)^-1.5": (800.0, 0.0),
    "sech(exp(x))": (800.0, 0.0),
    "csch(exp(x))": (800.0, 0.0),
    "coth(exp(x))": (800.0, 0.0),
    "asec(exp(x))": (800.0, 0.0),
    "acsch(exp(x))": (800.0, 0.0),
    "acoth(exp(x))": (800.0, 0.0),
    "min(exp(x), 3)": (800.0, 0.0),
    "clip(exp(x), 0, 3)": (800.0, 0.0),
    "smoothstep(0, 1, exp(x))": (800.0, 0.0),
    "mod(3, exp(x))": (800.0, 0.0),
}
FAINT = 1e-290
"""Below this, digits are lost to underflow."""


def found(loss: Loss, x: float, y: float) -> np.ndarray:
    """Return value, gradient and Hessian at a point, float64 (6,)."""
    return np.array([loss.value(x, y), *loss.gradient(x, y), *loss.hessian(x, y)])


def true_slopes(text: str, x: float, y: float) -> list[float]:
    """Return two first and three second derivatives by differences in very many digits; infinite beyond doubles."""
    tree = parse_formula(text)
    with mp.workdps(900):
        step = mpf(10) ** -300

        def at(right: int, up: int) -> mpf:
            return whole(tree, {"x": mpf(x) + right * step, "y": mpf(y) + up * step})

        here, right, left, above, below = at(0, 0), at(1, 0), at(-1, 0), at(0, 1), at(0, -1)
        mixed = at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)
        first = [(right - left) / (2 * step), (above - below) / (2 * step)]
        second = [right - 2 * here + left, mixed / 4, above - 2 * here + below]
        return [float(slope) for slope in (*first, *(each / step**2 for each in second))]


@pytest.mark.parametrize("text", UNDERFLOWN)
def test_slopes_are_finite_and_right_where_something_positive_has_almost_vanished(text: str) -> None:
    point = UNDERFLOWN[text]
    slopes = found(compile_loss(text), *point)[1:]
    assert np.isfinite(slopes).all()
    np.testing.assert_allclose(slopes, true_slopes(text, *point), rtol=1e-2, atol=1e-40)


@pytest.mark.parametrize("text", FLAT)
def test_a_value_that_is_flat_at_infinity_has_slope_0_there(text: str) -> None:
    results = found(compile_loss(text), *FLAT[text])
    assert np.isfinite(results[0])
    np.testing.assert_array_equal(np.abs(results[1:]), 0.0)


def test_what_is_added_to_a_flat_value_keeps_its_slope() -> None:
    loss = compile_loss("3*x + y^2 + 1/(1 + exp(-x)) + exp(-exp(y))")
    assert loss.gradient(-800.0, 800.0) == (3.0, 1600.0)


@pytest.mark.parametrize("optimizer", ["SGD(lr=0.1)", "Adam(lr=0.1)", "Momentum"])
def test_a_racer_far_out_on_the_root_of_a_gaussian_does_not_diverge(optimizer: str) -> None:
    race = Race(compile_loss("sqrt(exp(-(x^2 + y^2)))"), [optimizer], start=(28.0, 1.0))
    race.advance(50)
    assert race.status[0].startswith(("running", "converged"))
    assert np.isfinite(race.positions).all()


@pytest.mark.parametrize("x", [-1e3, -720.0, -40.0, -3.0, 0.0, 1e-8, 2.0, 40.0, 720.0])
def test_the_typed_logistic_has_the_slopes_of_sigmoid(x: float) -> None:
    typed, named = (found(compile_loss(text), x, 0.0) for text in ("1/(1 + exp(-x)) + 0*y", "sigmoid(x)"))
    np.testing.assert_allclose(typed, named, rtol=1e-13, atol=1e-17)


POINTS = [-877.3, -745.1, -720.0, -400.0, -28.0, -5.5, -0.3, 1e-5, 0.7, 3.0, 28.0, 355.2, 705.0]
NAMES = ["exp", "tanh", "sigmoid", "softplus", "erfc", "erf", "sech", "cosh", "sinh", "log", "log1p", "sqrt", "cbrt"]
NAMES += ["atan", "expm1", "exp2", "coth", "csch", "abs", "gelu", "acot", "asinh", "acosh", "acsch"]
formulas = st.recursive(
    st.sampled_from(["x", "y", "x", "y", "1", "2", "0.5"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "/"]), inner).map("({0[0]} {0[1]} ({0[2]}))".format),
        st.tuples(inner, st.sampled_from(["2", "0.5", "-1", "-0.7", "1.5"])).map("(({0[0]})^({0[1]}))".format),
        st.tuples(st.sampled_from(NAMES), st.sampled_from(["", "-"]), inner).map("{0[0]}({0[1]}({0[2]}))".format),
        st.tuples(st.sampled_from(["hypot", "max", "atan2"]), inner, inner).map("{0[0]}({0[1]}, {0[2]})".format),
    ),
    max_leaves=4,
)


@settings(max_examples=300, deadline=None)
@given(formulas, st.sampled_from(POINTS), st.sampled_from(POINTS))
def test_a_gradient_is_finite_far_out_wherever_every_part_of_the_formula_is(text: str, x: float, y: float) -> None:
    graph, names = Graph(), {"x": x, "y": y}
    value = graph.build(text, {})
    if not np.isfinite(evaluate(graph, graph.needed_for([value]), names)).all():
        return
    gradient = np.array(evaluate(graph, [differentiate(graph, value, name) for name in "xy"], names))
    if not np.isfinite(gradient).all():
        true = np.array(true_slopes(text, x, y)[:2])
        assert (np.abs(true[~np.isfinite(gradient)]) > 1 / FAINT).all()
