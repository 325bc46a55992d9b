"""Machine code has the values of the NumPy reference, however many instances run together."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language.functions import FUNCTIONS, Function
from engine.language.syntax.names import function_named
from engine.loss.loss import Loss, compile_loss

UNARY = sorted(spec.name for spec in FUNCTIONS.values() if spec.most == 1 and function_named(spec.name, rule=False))
BINARY = ["+", "-", "*", "/", "^", "%", "//", "<", "<=", ">", ">=", "!="]
X = np.array([0.3, -1.7, 2.5, 0.0, -0.0, 1e300, -1e-300, 40.0, np.inf, -np.inf, np.nan])
Y = np.array([1.1, 0.4, -2.0, 0.0, 3.0, 1e10, 1e-300, -0.5, 2.0, 1.0, 1.0])
WITHIN_FEW_ULP = 1e-13

leaves = st.sampled_from(["x", "y", "2", "0.5", "a"])
formulas = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(BINARY), inner).map(lambda parts: "(({}) {} ({}))".format(*parts)),
        st.tuples(st.sampled_from(["sin", "exp", "tanh", "abs", "floor", "sqrt"]), inner).map("{0[0]}({0[1]})".format),
        st.tuples(inner, inner, inner).map(lambda parts: "where({}, {}, {})".format(*parts)),
    ),
    max_leaves=8,
)


def assert_same(loss: Loss, x: np.ndarray, y: np.ndarray) -> None:
    native, reference = loss.value(x, y), loss.preview(x, y)
    np.testing.assert_array_equal(np.isnan(native), np.isnan(reference))
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(native, reference, rtol=WITHIN_FEW_ULP, atol=1e-300)


def without_poles(spec: Function, x: np.ndarray) -> np.ndarray:
    """Return `x` without the poles of a function and, for a part of other specs, without all outside of its domain."""
    intervals = spec.domain[0] if spec.domain else ((-np.inf, np.inf),)
    poles = [high for (_, high), (low, _) in pairwise(intervals) if high == low]
    inside = np.any([(low < x) & (x < high) for low, high in intervals], axis=0)
    return x[inside if spec.inner else ~np.isin(x, poles)]


@pytest.mark.parametrize("name", UNARY)
def test_every_function_agrees_with_its_numpy_meaning(name: str) -> None:
    x = without_poles(FUNCTIONS[name], np.linspace(-3.0, 3.0, 601))
    loss = compile_loss(f"{name}(x)")
    np.testing.assert_allclose(loss.value(x, 0.0), loss.preview(x, 0.0), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("operator", BINARY)
def test_every_operator_agrees_with_its_numpy_meaning_at_hostile_points(operator: str) -> None:
    # The remainder of a number with no digits after the point left is rounding alone.
    meaningful = ~(np.abs(X) > 1e15) if operator == "%" else np.full(X.shape, True)
    assert_same(compile_loss(f"x {operator} y"), X[meaningful], Y[meaningful])


@settings(max_examples=60, deadline=None)
@given(formulas)
def test_any_formula_gives_the_same_by_machine_code_and_by_numpy(text: str) -> None:
    x, y = np.random.default_rng(1).uniform(0.5, 2.0, (2, 16))
    loss = compile_loss(text)
    native, reference = loss.value(x, y), loss.preview(x, y)
    # Rounding may fall on either side of a jump; all else must agree closely.
    both = np.isfinite(native) & np.isfinite(reference) & (np.abs(reference) < 1e100)
    close = np.isclose(native[both], reference[both], rtol=1e-8, atol=1e-10)
    jumps = any(sign in text for sign in ("floor", "%", "//", "<", ">", "!=", "where"))
    assert close.all() or jumps


def test_a_point_gives_the_same_bits_alone_and_among_many() -> None:
    loss = compile_loss("sin(x)*exp(-y) + x^1.5/log(y + 3)")
    x, y = np.random.default_rng(0).uniform(0.0, 2.0, (2, 37))
    together = loss.value(x, y)
    assert [float(loss.value(a, b)) for a, b in zip(x, y, strict=True)] == together.tolist()


def test_a_parameter_changes_the_value_without_recompiling() -> None:
    loss = compile_loss("a*x", a=2)
    address = loss.point_address
    loss.set(a=5)
    assert loss.value(3.0, 0.0) == 15.0
    assert loss.point_address == address
