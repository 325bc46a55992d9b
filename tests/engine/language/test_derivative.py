"""Derivatives are exact: checked against complex-step-free central differences for every row of the function table."""

import numpy as np
import pytest

from engine.language.functions import FUNCTIONS
from engine.language.names import function_named
from engine.loss import compile_loss

STEP = 1e-6
POINTS = np.random.default_rng(3).uniform(0.15, 0.85, (2, 64))
ABOVE_ONE = {"acosh", "asec", "acsc", "acoth"}
ROWS = [row for row in FUNCTIONS.values() if function_named(row.name, rule=False)]


def formula_of(name: str) -> str:
    """Return a smooth formula that applies the row to arguments that depend on both variables."""
    row = FUNCTIONS[name]
    inner = ["1.5 + x*y" if name in ABOVE_ONE else "0.1 + x*y", "x + y/2", "2 + x - y", "x - 3"]
    return f"{name}({', '.join(inner[: row.least if row.most else 2])})"


@pytest.mark.parametrize("name", [row.name for row in ROWS])
def test_the_gradient_of_every_function_agrees_with_differences(name: str) -> None:
    loss, (x, y) = compile_loss(formula_of(name)), POINTS
    gx, gy = loss.gradient(x, y)
    np.testing.assert_allclose(
        gx, (loss.value(x + STEP, y) - loss.value(x - STEP, y)) / (2 * STEP), rtol=1e-5, atol=1e-6
    )
    np.testing.assert_allclose(
        gy, (loss.value(x, y + STEP) - loss.value(x, y - STEP)) / (2 * STEP), rtol=1e-5, atol=1e-6
    )


@pytest.mark.parametrize("name", [row.name for row in ROWS])
def test_the_hessian_of_every_function_agrees_with_differences_of_the_gradient(name: str) -> None:
    loss, (x, y) = compile_loss(formula_of(name)), POINTS
    hxx, hxy, hyy = loss.hessian(x, y)
    plus, minus = loss.gradient(x + STEP, y), loss.gradient(x - STEP, y)
    np.testing.assert_allclose(hxx, (plus[0] - minus[0]) / (2 * STEP), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(hxy, (plus[1] - minus[1]) / (2 * STEP), rtol=1e-4, atol=1e-5)
    above, below = loss.gradient(x, y + STEP)[1], loss.gradient(x, y - STEP)[1]
    np.testing.assert_allclose(hyy, (above - below) / (2 * STEP), rtol=1e-4, atol=1e-5)


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
