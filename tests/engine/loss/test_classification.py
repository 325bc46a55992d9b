"""What a loss says of two classes, against the margins that its author wrote."""

import numpy as np
import pytest

from engine import FormulaError
from engine.data.columns import Columns
from engine.loss.classification import Classification

DRAWS = np.random.default_rng(0)
U, V = 5 + DRAWS.normal(size=40), DRAWS.normal(size=40)
SIDES = np.where(U + V > 5, 1.0, -1.0)
X, Y, B = np.array([0.3, 1.0]), np.array([0.2, -0.5]), 0.1
MARGINS = X[:, np.newaxis] * U + Y[:, np.newaxis] * V + B
SIGNED, COUNTED = (-1.0, 1.0), (0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("mean(softplus(-s*(x*u + y*v + b)))", SIGNED),
        ("mean(log(1 + exp(-s*(x*u + y*v + b)))) + 0.1*(x^2 + y^2)", SIGNED),
        ("k = 2*s - 1\nmean(log(1 + exp(-k*(x*u + y*v + b))))", COUNTED),
        ("p = 1/(1 + exp(-(x*u + y*v + b)))\nmean(-s*log(p) - (1 - s)*log(1 - p))", COUNTED),
        ("mean(softplus(x*u + y*v + b) - s*(x*u + y*v + b))", COUNTED),
        ("p = sigmoid(x*u + y*v + b)\n-mean(s*log(p) + (1 - s)*log(1 - p))", COUNTED),
    ],
)
def test_every_form_of_the_logistic_loss_has_its_margin_for_the_logarithm_of_the_odds(
    text: str, classes: tuple[float, float]
) -> None:
    columns = Columns({"u": U, "v": V, "s": SIDES if classes == SIGNED else (SIDES + 1) / 2})
    found = Classification(text, list(columns))
    assert found.reads == ("u", "v")
    odds = found.odds(X, Y, columns, {"u": U, "v": V}, classes, {"b": B})
    assert odds == pytest.approx(MARGINS, rel=1e-11, abs=1e-11)


def test_means_within_stay_those_of_all_rows_wherever_the_loss_is_asked() -> None:
    text = "z = (u - mean(u))/sqrt(mean((u - mean(u))^2))\nmean(softplus(-s*(x*z + y)))"
    columns = Columns({"u": U, "s": SIDES})
    places = {"u": [U.mean(), U.mean() + U.std()]}
    odds = Classification(text, ["u", "s"]).odds([2.0], [0.5], columns, places, SIGNED, {})
    assert odds[0] == pytest.approx([0.5, 2.5], rel=1e-12)


@pytest.mark.parametrize("text", ["x^2 + y^2", "mean(s)*x", "mean(x*u + y)"])
def test_a_loss_that_weighs_no_classes_has_none(text: str) -> None:
    with pytest.raises(FormulaError, match='No mean here weighs the classes of "s"'):
        Classification(text, ["u", "s"])
