"""The best weights of a classifier against its own optimality, and standardised columns against NumPy's."""

import numpy as np
import pytest

from engine import compile_loss
from engine.data.classifier import classifier_view, logistic_weights
from engine.data.scaling import as_they_are, is_standardised, standardised

DRAWS = np.random.default_rng(4)
SIDES = np.where(np.arange(200) % 3 == 0, -1.0, 1.0)
U, V = 30 + 4 * DRAWS.normal(size=200) + 3 * SIDES, -2 + 0.1 * DRAWS.normal(size=200) - 0.05 * SIDES


def test_at_the_best_weights_the_gradient_of_the_loss_is_zero() -> None:
    weights, separated = logistic_weights([U, V], SIDES)
    design = np.array([U, V, np.ones(200)])
    wrong = 1 / (1 + np.exp(SIDES * (weights @ design)))
    assert not separated and np.abs(design @ (SIDES * wrong)).max() < 1e-8


def test_of_two_groups_of_equal_values_the_weights_have_a_closed_form() -> None:
    # Of 10 rows at 0 three are 1, of 10 rows at 1 eight are: the logarithms of the odds are log(3/7) and log(8/2).
    column = np.repeat([0.0, 1.0], 10)
    sides = np.where(np.concatenate([np.arange(10) < 3, np.arange(10) < 8]), 1.0, -1.0)
    weights, _ = logistic_weights([column], sides)
    assert weights == pytest.approx([np.log(4) - np.log(3 / 7), np.log(3 / 7)], rel=1e-12)


@pytest.mark.parametrize("features", [("u",), ("u", "v")])
@pytest.mark.parametrize("scaled", [False, True])
def test_the_best_weights_lie_in_the_middle_of_the_view(features: tuple[str, ...], scaled: bool) -> None:
    columns = {"u": U, "v": V}
    view = classifier_view([columns[name] for name in features], SIDES, scaled)
    margin = "x*u + y*v + bias" if len(features) > 1 else "x*u + y"
    text = f"mean(softplus(-s*({margin})))"
    bias = {"bias": view.bias} if len(features) > 1 else {}
    loss = compile_loss(standardised(text, features) if scaled else text, {**columns, "s": SIDES}, **bias)
    x, y = (sum(side) / 2 for side in view.bounds)
    assert np.hypot(*loss.gradient(x, y)) < 1e-9 * (1.0 if scaled else np.abs(U).max())
    assert all(low < value < high for value, (low, high) in zip(view.start, view.bounds, strict=True))


def test_classes_that_a_line_separates_are_said_to_have_no_best_weights() -> None:
    view = classifier_view([SIDES + 0.1 * U / 100], SIDES, True)
    assert view.separated and np.isfinite(view.bounds).all()


@pytest.mark.parametrize(
    "text", ["mean((x*u + y - v)^2)  # u stays here", "r = x*u + y*u^2 - v\nmean(r^2)", "mean(|x*u + mean(u) - v|)"]
)
def test_standardised_columns_have_mean_0_and_deviation_1_and_the_formula_comes_back(text: str) -> None:
    scaled = standardised(text, ["u"])
    z = (U - U.mean()) / U.std()
    ours, numpys = compile_loss(scaled, {"u": U, "v": V}), compile_loss(text, {"u": z, "v": V})
    assert float(ours.value(0.7, -1.2)) == pytest.approx(float(numpys.value(0.7, -1.2)), rel=1e-12)
    assert is_standardised(scaled, ["u"]) and not is_standardised(text, ["u"])
    assert as_they_are(scaled, ["u"]) == text and standardised(scaled, ["u"]) == scaled


def test_a_text_that_reads_no_column_or_cannot_be_read_stays() -> None:
    assert standardised("x^2 + y^2", ["u"]) == "x^2 + y^2" and standardised("mean(u € )", ["u"]) == "mean(u € )"
