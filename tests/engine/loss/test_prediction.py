"""What a model says of a row, found in its loss."""

import numpy as np
import pytest

from engine import FormulaError, compile_loss
from engine.data.columns import Columns
from engine.data.datasets import generate
from engine.loss.prediction import Prediction

COLUMNS = Columns(generate("two columns", points=40, correlation=0.5))
NAMES = tuple(COLUMNS)
X, Y, K = np.array([0.3, 1.2, -0.4]), np.array([0.8, -0.5, 0.1]), 0.7
SQUARED = (
    "mean((x*u + y - v)^2)",
    "mean((v - x*u - y)^2)",
    "mean((x*u + y*s - v)^2)",
    "mean(((x*sin(k*u) + y) - v)**2)",
    "m = mean(u)\nd = sqrt(mean((u - m)^2))\nmean((x*(u - m)/d + y - v)^2)",
    "f(h) = tanh(x*h + y)\nmean((f(f(u)) - v)^2)",
    "r = x*y - v\nmean(r*r)",
)


@pytest.mark.parametrize("text", SQUARED)
def test_the_squared_error_is_measured_from_the_prediction(text: str) -> None:
    loss = compile_loss(text, COLUMNS)
    parameters = dict.fromkeys(loss.parameters, K)
    loss.set(**parameters)
    said = Prediction(text, NAMES).values(X, Y, COLUMNS, parameters)
    assert said.shape == (3, COLUMNS.rows)
    assert np.mean((said - COLUMNS["v"]) ** 2, axis=1) == pytest.approx(loss.value(X, Y), rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "mean(|x*u + y - v|) + k*x^2",
        "r = v - x*u - y\nmean(where(|r| < k, r^2/2, k*(|r| - k/2)))",
        "sqrt(mean(((x*u + y - v)/3)^2))",
        "mean(log(cosh(2*(x*u + y - v))))",
        "x*u + y",
    ],
)
def test_a_line_is_found_however_its_errors_are_weighed(text: str) -> None:
    model = Prediction(text, NAMES)
    assert model.reads == {"u"}
    assert model.values(X, Y, COLUMNS, {"k": K})[1] == pytest.approx(X[1] * COLUMNS["u"] + Y[1])


@pytest.mark.parametrize(
    "text", ["x^2 + y^2", "mean(v*(x*u + y))", "mean(softplus(x*u + y) - v*(x*u + y))", "mean(v)*x"]
)
def test_a_loss_without_a_difference_from_the_last_column_has_none(text: str) -> None:
    with pytest.raises(FormulaError, match='Nothing here is a difference from "v"'):
        Prediction(text, NAMES)
