"""Sharpness and effective rates beside what can be derived on paper."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Race, compile_loss, compile_rule
from engine.language.types import Array
from engine.race.curves.quantities import RATE, SHARPNESS, measured
from engine.race.curves.sharpness import largest_eigenvalue
from engine.rules.rule import Rule
from tests.engine.race.curves.watching import updates_of
from tests.pace import is_within

entries = st.floats(-1e3, 1e3)


def values_of(quantity: str, racer: str, formula: str = "x^2 + 3*y^2", steps: int = 20) -> Array:
    race = Race(compile_loss(formula), [racer], (1.0, 0.5))
    race.advance(steps)
    values = measured(quantity, updates_of(race, 0, range(1, steps + 1)))
    assert values is not None
    return values


@given(entries, entries, entries)
def test_the_largest_eigenvalue_is_numpys(a: float, b: float, d: float) -> None:
    found = largest_eigenvalue(np.array([a]), np.array([b]), np.array([d]))[0]
    np.testing.assert_allclose(found, np.linalg.eigvalsh([[a, b], [b, d]])[1], rtol=1e-12, atol=1e-10)


def test_plain_descent_on_a_quadratic_has_its_second_derivative_and_the_edge_at_two_over_the_rate() -> None:
    sharp, edge = values_of(SHARPNESS, "SGD(lr=0.1)")
    np.testing.assert_allclose(sharp, 6.0, rtol=1e-14)
    np.testing.assert_allclose(edge, 20.0, rtol=1e-14)


def test_a_turned_ravine_is_as_sharp_as_the_upright_one() -> None:
    sharp, _ = values_of(SHARPNESS, "SGD(lr=0.1)", "((x - y)^2 + 3*(x + y)^2)/2")
    np.testing.assert_allclose(sharp, 6.0, rtol=1e-12)


@pytest.mark.parametrize("share", [0.99, 1.01])
def test_descent_leaves_the_minimum_just_beyond_the_edge(share: float) -> None:
    sharp, edge = 6.0, 2.0 / (share * 2.0 / 6.0)
    racer = f"SGD(lr={2.0 / edge})"
    assert values_of(SHARPNESS, racer)[1][0] == pytest.approx(edge)
    race = Race(compile_loss("x^2 + 3*y^2"), [racer], (0.0, 0.5))
    race.advance(400)
    assert (abs(race.positions[0, 1]) > 0.5) == (sharp > edge)


def test_a_schedule_moves_the_edge() -> None:
    _, edge = values_of(SHARPNESS, "SGD(lr=0.1) | warmup(W=10)")
    np.testing.assert_allclose(edge[:12], 20.0 / np.minimum(1.0, np.arange(1, 13) / 10), rtol=1e-12)


def test_adam_sees_the_landscape_stretched_by_its_own_rates() -> None:
    race = Race(compile_loss("x^2 + 3*y^2"), ["Adam(lr=0.1)"], (1.0, 0.5))
    race.advance(20)
    updates = updates_of(race, 0, range(1, 21))
    divisor = np.sqrt(updates.after[4:6] / (1 - 0.999 ** np.arange(1, 21))) + 1e-8
    found, sharp = measured(RATE, updates), measured(SHARPNESS, updates)
    assert found is not None and sharp is not None
    np.testing.assert_allclose(found, 0.1 / divisor, rtol=1e-12)
    np.testing.assert_allclose(sharp[0], np.maximum(2.0 / divisor[0], 6.0 / divisor[1]), rtol=1e-12)
    np.testing.assert_allclose(sharp[1], 20.0, rtol=1e-14)


@pytest.mark.parametrize(
    ("racer", "squares", "eps", "corrected"),
    [
        ("NAdam(lr=0.1)", "v", 1e-8, True),
        ("AdamW(lr=0.1)", "v", 1e-8, True),
        ("AdaGrad(lr=0.1)", "s", 1e-10, False),
        ("RMSProp(lr=0.1)", "v", 1e-8, False),
        ("AdaBelief(lr=0.1, eps=1e-8)", "s", 1e-8, True),
    ],
)
def test_effective_rates_are_those_of_the_papers(racer: str, squares: str, eps: float, corrected: bool) -> None:
    race = Race(compile_loss("x^2 + 3*y^2"), [racer], (1.0, 0.5))
    race.advance(10)
    updates, rule = updates_of(race, 0, range(1, 11)), race.racers[0].rule
    assert isinstance(rule, Rule)
    means = updates.after[rule.update.step.places[squares]]
    means = means / (1 - 0.999 ** np.arange(1, 11)) if corrected else means
    found = measured(RATE, updates)
    assert found is not None
    np.testing.assert_allclose(found, 0.1 / (np.sqrt(means) + eps), rtol=1e-9)


@pytest.mark.parametrize("racer", ["SGD(lr=0.1)", "Momentum(lr=0.1)", "SAM(lr=0.1)", "Momentum(lr=0.1) | clip_norm"])
def test_without_squares_the_rate_is_the_learning_rate(racer: str) -> None:
    np.testing.assert_allclose(values_of(RATE, racer), 0.1, rtol=1e-12)


@pytest.mark.parametrize(
    "racer", ["RAdam(lr=0.1)", "LaProp(lr=0.1)", "Adadelta(lr=1)", "AdaBound(lr=0.1)", "NovoGrad(lr=0.1)"]
)
def test_rates_that_stand_deeper_in_a_rule_are_found(racer: str) -> None:
    rates = values_of(RATE, racer)
    assert (rates > 0.0).all() and not np.allclose(rates, 0.1)


def test_within_a_clip_the_rate_is_the_rules_and_at_its_bounds_nothing_since_other_slopes_make_the_same_step() -> None:
    race = Race(compile_loss("x^2 + 3*y^2"), [compile_rule("w = w - clip(lr*g, -0.2, 0.2)", lr=0.1)], (1.0, 3.0))
    race.advance(8)
    rates = measured(RATE, updates_of(race, 0, range(1, 9)))
    lengths = np.abs(np.diff(race.trail(0), axis=0)).T
    assert (lengths[1] == pytest.approx(0.2)) and (lengths[0, 1:] < 0.2).all()
    np.testing.assert_allclose(rates, [[0.1] * 8, [0.0] * 8])


@pytest.mark.parametrize("racer", ["SignSGD(lr=0.01)", "Lion(lr=0.01)", "Newton", "Muon(lr=0.01)"])
def test_a_racer_without_rates_has_the_sharpness_of_the_loss_and_no_edge(racer: str) -> None:
    sharp, edge = values_of(SHARPNESS, racer, steps=3)
    np.testing.assert_allclose(sharp, 6.0, rtol=1e-12)
    assert np.isnan(edge).all()


def test_arithmetic_that_much_of_a_rule_shares_is_looked_at_once() -> None:
    # Muon multiplies a matrix by itself five times over: on every way through it, this took 12 seconds.
    began = time.thread_time()
    values_of(SHARPNESS, "Muon(lr=0.01) | clip_norm(max_norm=3)", steps=3)
    assert is_within(time.thread_time() - began, 1.0)


@pytest.mark.parametrize("average", ["ema", "polyak"])
def test_an_average_has_the_rates_and_the_sharpness_of_the_steps_that_it_averages(average: str) -> None:
    formula = "x^4 + 3*y^2"
    for racer in ("SGD(lr=0.1)", "Adam(lr=0.1)"):
        for quantity in (RATE, SHARPNESS):
            averaged = values_of(quantity, f"{racer} | {average}", formula)
            np.testing.assert_allclose(averaged, values_of(quantity, racer, formula), rtol=1e-12)


RULES_OF_MEANS = ["Adam", "Adamax", "AMSGrad", "AdaBelief", "CautiousAdam", "LaProp", "PAdam", "SWATS", "Momentum"]


@pytest.mark.parametrize("racer", [*RULES_OF_MEANS, "COCOB"])
def test_a_first_step_is_the_gradient_times_the_effective_rate_however_its_rule_is_written(racer: str) -> None:
    race = Race(compile_loss("(x^2 + 5*y^2)/2"), [racer], (3.0, -2.0))
    race.advance(1)
    updates = updates_of(race, 0, [1])
    rate = measured(RATE, updates)
    assert rate is not None and (rate > 0.0).all()
    step = updates.after[:2, 0] - updates.before[:2, 0]
    np.testing.assert_allclose(step, -rate[:, 0] * [3.0, -10.0], rtol=1e-6)


CLIPPED = ["AdaBound(lr=0.1)", "AMSBound(lr=0.1)", "AdaMod(lr=0.1)", "MomoAdam(lr=0.1)"]
TYPED = """
m = beta1*m + (1 - beta1)*g
v = beta2*v + (1 - beta2)*g^2
eta = clip(lr/(1 - beta1^t)/(sqrt(v/(1 - beta2^t)) + 1e-8), 0.01, 0.02)
w = w - eta*m
"""


@pytest.mark.parametrize("racer", [*CLIPPED, compile_rule(TYPED, lr=0.1, beta1=0.9, beta2=0.99)], ids=str)
def test_a_rate_clipped_with_the_correction_of_its_mean_is_that_of_the_corrected_mean(
    racer: str | Rule,
) -> None:
    race = Race(compile_loss("(x^2 + 5*y^2)/2"), [racer], (3.0, -2.0))
    race.advance(40)
    steps, rule = np.arange(1, 41), race.racers[0].rule
    updates = updates_of(race, 0, steps.tolist())
    assert isinstance(rule, Rule)
    mean = measured("d" if "d" in rule.states else "m", updates)
    rate = measured(RATE, updates)
    assert mean is not None and rate is not None and (rate > 0.0).all()
    moves = updates.after[:2] - updates.before[:2]
    np.testing.assert_allclose(moves[:, 0], -rate[:, 0] * [3.0, -10.0], rtol=1e-6)
    np.testing.assert_allclose(moves, -rate * mean / (1.0 - 0.9**steps), rtol=1e-6, atol=1e-12)


def test_a_cautious_racer_has_adams_rates_where_it_moves_and_none_where_it_waits() -> None:
    loss = compile_loss("(x^2 + 50*y^2)/2")
    race = Race(loss, ["CautiousAdam(lr=0.3)"], (3.0, -1.0))
    race.advance(30)
    updates = updates_of(race, 0, range(1, 31))
    rate = measured(RATE, updates)
    moves = updates.after[:2] - updates.before[:2]
    assert rate is not None
    waits = moves == 0.0
    assert waits.any() and not waits.all()
    np.testing.assert_array_equal(rate == 0.0, waits)
    v_hat = measured("v", updates) / (1.0 - 0.999 ** np.arange(1, 31))
    alone = np.where(waits.any(axis=0), 2.0, 1.0) * 0.3 / (np.sqrt(v_hat) + 1e-8)
    np.testing.assert_allclose(rate[~waits], alone[~waits], rtol=1e-9)
