"""What `compile_loss` promises to a person at a notebook."""

import pickle

import numpy as np
import pytest

from engine.language.errors import FormulaError
from engine.loss.loss import Loss, compile_loss
from landscapes import LANDSCAPES


def test_every_free_name_is_a_parameter_worth_one() -> None:
    assert compile_loss("(a - x)^2 + b*y + pi").parameters == {"a": 1.0, "b": 1.0}


def test_definitions_stand_before_the_loss() -> None:
    loss = compile_loss("r = hypot(x, y)\ns = r^2; s + r")
    assert loss.value(3.0, 4.0) == pytest.approx(30.0)
    assert loss.parameters == {}


def test_values_broadcast_like_numpy() -> None:
    loss = compile_loss("x + 10*y")
    assert loss.value(np.arange(3.0), np.arange(2.0)[:, None]).tolist() == [[0, 1, 2], [10, 11, 12]]
    assert loss.value(1.0, 2.0).shape == ()
    assert loss.value(np.zeros(0), 1.0).shape == (0,)


def test_an_unknown_parameter_is_refused_in_a_sentence_that_names_the_known_ones() -> None:
    with pytest.raises(FormulaError, match="Known: a"):
        compile_loss("a*x").set(b=1)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "3"])
def test_a_parameter_must_be_a_finite_number_and_a_refusal_changes_nothing(value: float) -> None:
    loss = compile_loss("a*x + b", a=2)
    with pytest.raises(FormulaError):
        loss.set(b=7.0, a=value)
    assert loss.parameters == {"a": 2.0, "b": 1.0}


def test_a_loss_pickles_as_its_text_and_parameters() -> None:
    copy = pickle.loads(pickle.dumps(compile_loss("a*x^2", a=3)))
    assert copy.value(2.0, 0.0) == 12.0


def test_parameters_may_be_called_like_greek_functions() -> None:
    assert compile_loss("gamma*x + gamma(y)", gamma=2.0).value(1.0, 5.0) == pytest.approx(26.0)


@pytest.mark.parametrize("name", ["Rosenbrock", "Ackley", "GoldsteinPriceLog", "MullerBrown", "DropWave"])
def test_a_glance_is_the_value_a_last_bit_apart_and_the_value_itself_once_that_is_compiled(name: str) -> None:
    landscape = LANDSCAPES[name]
    loss = Loss(landscape.formula, landscape.parameters)
    x, y = np.random.default_rng(0).uniform(-2.0, 2.0, (2, 1001))
    np.testing.assert_allclose(
        loss.quick_value(x, y), compile_loss(landscape.formula, **loss.parameters).value(x, y), 1e-11
    )
    assert np.array_equal(loss.compile().quick_value(x, y), loss.value(x, y))


def test_a_glance_at_a_large_formula_or_at_data_is_the_value() -> None:
    large = Loss("sum(sin(i*x) + y/i, i, 1, 400)", {})
    fitted = Loss("mean((a*s - t)^2) + x*y", {}, {"s": [1.0, 2.0], "t": [3.0, 5.0]})
    for loss in (large, fitted):
        assert loss.quick_value(0.5, 0.25) == loss.value(0.5, 0.25)
