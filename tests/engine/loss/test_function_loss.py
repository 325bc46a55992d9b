"""A function of one's own is a loss as a formula is: the same values, slopes as exact as they are said to be."""

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba import njit

from engine import Race, Swarm, compile_loss
from engine.loss.machine_loss import MachineLoss
from tests.engine.own import hills

X, Y = np.random.default_rng(5).uniform(-2.0, 2.0, (2, 1001))
VALLEY = "(a-x)^2 + b*(y-x^2)^2"
CAMEL = (
    "(4 - 2.1x^2 + x^4/3)x^2 + x*y + (-4 + 4y^2)y^2 + x^3 + y^3 + 2^x + (2 + sin(x))^(1.5 + cos(y)) + (x*x + 1)^(-0.5)"
)
EGGS = "-20exp(-0.2sqrt((x*x+y*y)/2)) - exp((cos(2pi*x)+cos(2pi*y))/2) + e + 20"
STEPS = "max(x*x, y*y) if x > y else 3(y - x) + max(x*x, y*y)"
SAME = [
    (hills.valley, VALLEY, "complex step"),
    (hills.eggs, EGGS, "complex step"),
    (hills.camel, CAMEL, "complex step"),
    (hills.tent, "abs(x) + 2abs(y - 0.25)", "differences"),
    (hills.steps, STEPS, "differences"),
    (hills.table, "x^2 + y^2 + 1", "complex step"),
]
SLOPE_ERROR = {"exact": 0.0, "given": 1e-14, "complex step": 1e-14, "differences": 2e-8}
CURVE_ERROR = {"exact": 0.0, "given": 1e-7, "complex step": 1e-7, "differences": 2e-5}
"""Beside numbers of the size 1 and their own size: what docs/own_functions.md says."""


def formula_of(text: str) -> MachineLoss:
    return compile_loss(text, **({"b": 100.0} if text == VALLEY else {}))


def error(found: object, expected: object) -> float:
    pairs = zip(np.atleast_2d(np.array(found)), np.atleast_2d(np.array(expected)), strict=True)
    return max(float(np.max(np.abs(a - b) / (1.0 + np.abs(b)))) for a, b in pairs)


@pytest.fixture(scope="module", params=SAME, ids=lambda case: case[0].__name__)
def case(request: pytest.FixtureRequest) -> tuple[MachineLoss, MachineLoss, str]:
    function, text, slopes = request.param
    return compile_loss(function), formula_of(text), slopes


def test_a_function_has_the_values_of_its_formula(case: tuple[MachineLoss, MachineLoss, str]) -> None:
    own, formula, _ = case
    assert error(own.value(X, Y), formula.value(X, Y)) < 1e-14
    assert np.array_equal(own.value(X, Y), own.value_and_gradient(X, Y)[0])
    assert np.array_equal(own.preview(X, Y), own.value(X, Y))


def test_slopes_are_as_exact_as_their_kind_says(case: tuple[MachineLoss, MachineLoss, str]) -> None:
    own, formula, slopes = case
    assert own.slopes == slopes
    assert formula.slopes == "exact"
    # Differences look to both sides: within a step of a kink they see both slopes.
    smooth = np.abs(np.abs(X) - np.abs(Y)) > 1e-3
    assert (
        error([g[smooth] for g in own.gradient(X, Y)], [g[smooth] for g in formula.gradient(X, Y)])
        < SLOPE_ERROR[slopes]
    )


def test_second_derivatives_are_as_exact_as_the_page_says(case: tuple[MachineLoss, MachineLoss, str]) -> None:
    own, formula, slopes = case
    far = (
        (np.abs(np.abs(X) - np.abs(Y)) > 1e-3) & (np.abs(X) > 1e-3) & (np.abs(Y - 0.25) > 1e-3) & (np.hypot(X, Y) > 0.1)
    )
    found, expected = own.hessian(X[far], Y[far]), formula.hessian(X[far], Y[far])
    assert error(found, expected) < CURVE_ERROR[slopes]


def test_a_transform_is_exact_for_a_function_too(case: tuple[MachineLoss, MachineLoss, str]) -> None:
    own, formula, slopes = case
    turned = [loss.transformed(angle=30.0, stretch=1.5, shift=(0.3, -0.2)) for loss in (own, formula)]
    assert error(*(loss.value(X, Y) for loss in turned)) < 1e-13
    u, v = (turned[0].transform.own((x, y)) for x, y in zip(X, Y, strict=True)), None
    places = np.array(list(u)).T
    far = (np.abs(np.abs(places[0]) - np.abs(places[1])) > 1e-3) & (np.hypot(*places) > 0.1)
    far &= (np.abs(places[0]) > 1e-3) & (np.abs(places[1] - 0.25) > 1e-3)
    assert v is None
    gradients = [loss.gradient(X[far], Y[far]) for loss in turned]
    assert error(*gradients) < max(10 * SLOPE_ERROR[slopes], 1e-13)
    hessians = [loss.hessian(X[far], Y[far]) for loss in turned]
    assert error(*hessians) < 10 * CURVE_ERROR[slopes]


def test_further_arguments_are_parameters_that_are_set_live() -> None:
    loss = compile_loss(hills.valley, b=10)
    assert loss.parameters == {"a": 1.0, "b": 10.0}
    before = loss.value(X, Y)
    loss.set(a=2)
    assert error(loss.value(X, Y), compile_loss(VALLEY, a=2, b=10).value(X, Y)) < 1e-14
    loss.set(a=1)
    assert np.array_equal(loss.value(X, Y), before)


def test_a_parameter_without_a_default_is_1_as_in_a_formula() -> None:
    assert compile_loss(lambda x, y, depth: depth * x * x + y).parameters == {"depth": 1.0}


def test_a_given_gradient_is_taken_at_its_word_where_differences_agree() -> None:
    loss = compile_loss(hills.valley, gradient=hills.valley_slopes)
    assert loss.slopes == "given"
    assert error(loss.gradient(X, Y), formula_of(VALLEY).gradient(X, Y)) < 1e-14
    assert error(loss.hessian(X, Y), formula_of(VALLEY).hessian(X, Y)) < CURVE_ERROR["given"]
    loss.set(b=3)
    assert error(loss.gradient(X, Y), compile_loss(VALLEY, b=3).gradient(X, Y)) < 1e-14


def test_a_given_gradient_may_choose_a_side_at_kinks() -> None:
    def slopes(x, y):
        return (1.0 if x >= 0 else -1.0), 2.0 * (1.0 if y >= 0.25 else -1.0)

    loss = compile_loss(hills.tent, gradient=slopes)
    assert (loss.slopes, *map(float, loss.gradient(0.0, 0.25))) == ("given", 1.0, 2.0)


def test_a_function_may_return_whole_numbers() -> None:
    loss = compile_loss(hills.whole)
    assert loss.value(1.3, -0.6) == 5 - 2
    assert loss.slopes == "differences"


def test_where_a_function_raises_it_has_no_value_and_says_so() -> None:
    loss = compile_loss(hills.gate)
    assert np.isnan(loss.value(0.1, 0.2))
    assert np.isnan(loss.gradient(0.1, 0.2)).all()
    assert loss.value(2.0, 1.0) == 5.0
    assert "raised ValueError: too near the middle." in loss.remark
    race = Race(loss, ["SGD(lr=0.1)", "SGD(lr=1e-9)"], start=(1.2, 0.5))
    race.advance(50)
    assert race.status[0].startswith("diverged")
    assert race.status[1] == "running"


def test_a_function_that_allows_itself_everything_keeps_its_holes() -> None:
    """With fastmath, LLVM may take NaN for a number; with parallel loops, two threads would end the process."""
    loss = compile_loss(hills.hurried)
    assert np.isnan(loss.value(-1.0, 0.0))
    assert loss.value(math.e, 2.0) == pytest.approx(5.0)
    swarm = Swarm(loss, "SGD(lr=0.01)", np.column_stack([np.linspace(-1, 3, 5000), np.ones(5000)]))
    swarm.advance(3)
    assert np.isfinite(swarm.diverged[:1000]).all()


def test_closures_and_lambdas_are_losses_with_the_values_that_they_had() -> None:
    depth = 3.0
    loss = compile_loss(lambda x, y: depth * x * x + y * y)
    depth = 4.0
    assert loss.value(1.0, 1.0) == 4.0


RACERS = ["SGD(lr=0.001)", "Adam(lr=0.02)", "AdaHessian(lr=0.05)", "BFGS", "NelderMead", "Newton"]


def test_every_kind_of_racer_goes_where_it_goes_on_the_formula() -> None:
    races = [Race(loss, RACERS, start=(-1.2, 1.0)) for loss in (compile_loss(hills.valley), formula_of(VALLEY))]
    for race in races:
        race.advance(200)
    own, formula = races
    assert own.status == formula.status
    np.testing.assert_allclose(own.positions, formula.positions, atol=1e-6)
    np.testing.assert_allclose(own.trail(1), formula.trail(1), atol=1e-12)
    own.rewind(50)
    np.testing.assert_allclose(own.positions[1], formula.trail(1)[50], atol=1e-12)


def test_a_swarm_goes_where_a_race_goes_bit_for_bit() -> None:
    loss = compile_loss(hills.camel)
    starts = np.random.default_rng(1).normal(size=(3000, 2))
    swarm = Swarm(loss, "Adam(lr=0.02)", starts)
    swarm.advance(60)
    race = Race(loss, ["Adam(lr=0.02)"] * 5, start=starts[1000:1005])
    race.advance(60)
    assert np.array_equal(swarm.positions[1000:1005], race.positions)


def test_to_import_the_engine_and_to_type_formulas_imports_no_numba() -> None:
    program = (
        "import sys; from engine import *; loss = compile_loss('x^2 + y^2'); loss.gradient(1, 2);"
        "compile_rule('w = w - lr*g'); assert not [name for name in sys.modules if name.startswith('numba')]"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", program], cwd=root, check=True, timeout=60)


def test_a_jitted_function_and_its_plain_one_are_one_loss() -> None:
    plain, made = compile_loss(hills.valley.py_func), compile_loss(njit(hills.valley.py_func))
    assert np.array_equal(plain.value(X, Y), made.value(X, Y))


@pytest.fixture(scope="module")
def own_valley() -> MachineLoss:
    return compile_loss(hills.valley)


@pytest.mark.parametrize("racer", ["Adam", "AdaHessian", "BFGS", "NelderMead"])
@pytest.mark.parametrize("angle", [0.0, 30.0])
def test_members_of_a_swarm_may_differ_on_a_function_too(own_valley: MachineLoss, racer: str, angle: float) -> None:
    starts, widths = np.random.default_rng(2).normal(size=(20, 2)), np.linspace(1.0, 20.0, 20)
    rates = {} if racer in ("BFGS", "NelderMead") else {"lr": np.linspace(0.001, 0.05, 20)}
    own, formula = own_valley.transformed(angle=angle), formula_of(VALLEY).transformed(angle=angle)
    swarms = [Swarm(loss, racer, starts, hyperparameters=rates, parameters={"b": widths}) for loss in (own, formula)]
    for swarm in swarms:
        swarm.advance(40)
    np.testing.assert_allclose(swarms[0].positions, swarms[1].positions, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(swarms[0].losses, swarms[1].losses, rtol=1e-3, atol=1e-4)
    single = own_valley.transformed(angle=angle)
    single.set(b=float(widths[7]))
    settings = "".join(f"(lr={rate!r})" for rate in [float(rates["lr"][7])] if rates) if rates else ""
    race = Race(single, [racer + settings], start=starts[7])
    race.advance(40)
    assert np.array_equal(race.positions[0], swarms[0].positions[7])
