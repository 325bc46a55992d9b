"""The catalogue of optimizers: what every entry promises, and first steps that are known by hand."""

import importlib
import math
import pkgutil
from types import ModuleType

import numpy as np
import pytest

from engine import OPTIMIZERS, FormulaError, Race, Rule, Swarm, compile_loss
from engine.optimizers import FAMILIES, Optimizer, families
from engine.solvers import methods
from engine.solvers.solver import Solver

NAMES = tuple(OPTIMIZERS)
RULES = {name: entry for name, entry in OPTIMIZERS.items() if not isinstance(entry, Solver)}
PLANE = "3x - 0.5y"
SLOPE = np.array([3.0, -0.5])
PROGRESS_ON = {
    "Rosenbrock": ("(1 - x)^2 + 100*(y - x^2)^2", (-1.2, 1.0)),
    "Beale": ("(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2", (1.0, 1.5)),
    "Himmelblau": ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (0.5, -0.5)),
}
PROGRESS_STEPS = 1000
PROGRESS_FACTOR = 5
PYTORCH_DEFAULTS = {
    "SGD": {"lr": 1e-3, "weight_decay": 0},
    "Momentum": {"lr": 1e-3, "dampening": 0, "weight_decay": 0},
    "Nesterov": {"lr": 1e-3, "weight_decay": 0},
    "AdaGrad": {"lr": 1e-2, "lr_decay": 0, "weight_decay": 0, "initial_accumulator_value": 0, "eps": 1e-10},
    "Adadelta": {"lr": 1.0, "rho": 0.9, "eps": 1e-6, "weight_decay": 0},
    "RMSProp": {"lr": 1e-2, "alpha": 0.99, "eps": 1e-8, "weight_decay": 0, "momentum": 0, "centered": 0},
    "Adam": {"lr": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0},
    "AdamW": {"lr": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 1e-2},
}


def moves(racer: str | Rule, steps: int = 1, formula: str = PLANE, start: tuple[float, float] = (0, 0)) -> np.ndarray:
    """Return the moves of `steps` steps from `start`."""
    race = Race(compile_loss(formula), [racer], start=start)
    race.advance(steps)
    return np.diff(race.trail(0), axis=0)


def test_the_families_hold_every_optimizer_once() -> None:
    assert [entry.name for family in FAMILIES.values() for entry in family] == list(NAMES)
    assert len({name.lower() for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("folder", [families, methods], ids=["families", "methods"])
def test_a_file_with_entries_belongs_to_a_family(folder: ModuleType) -> None:
    for found in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
        module = importlib.import_module(found.name)
        entries = [entry for entry in vars(module).values() if isinstance(entry, Optimizer)]
        assert all(entry.name in OPTIMIZERS for entry in entries), f"Name {found.name} in engine/optimizers/entries.py."


@pytest.mark.parametrize("name", NAMES)
def test_names_are_looked_up_in_any_case(name: str) -> None:
    assert OPTIMIZERS[name.lower()] is OPTIMIZERS[name.upper()] is OPTIMIZERS[name]
    assert OPTIMIZERS[name].name == name
    assert name.swapcase() in OPTIMIZERS


def test_the_catalogue_is_read_only_and_knows_what_it_does_not_hold() -> None:
    with pytest.raises(TypeError):
        OPTIMIZERS["SGD"] = OPTIMIZERS["Adam"]  # type: ignore[index]
    assert "NoSuchOptimizer" not in OPTIMIZERS


@pytest.mark.parametrize("key", ["NoSuchOptimizer", 5, None, ("Adam",)])
def test_a_key_that_is_no_optimizer_is_told_which_there_are(key: object) -> None:
    assert key not in OPTIMIZERS
    with pytest.raises(KeyError, match=r"There is no optimizer .*Adam, "):
        OPTIMIZERS[key]  # type: ignore[index]


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=NAMES)
def test_hyperparameters_are_the_free_names_of_the_rule(optimizer: Optimizer) -> None:
    rule = optimizer.compile()
    assert rule.hyperparameters == optimizer.defaults
    assert optimizer.compile(**optimizer.playground).hyperparameters == optimizer.playground
    assert [row.name for row in optimizer.hyperparameters] == list(optimizer.defaults)
    assert rule.name == optimizer.name


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=NAMES)
def test_defaults_lie_in_ranges_that_a_slider_can_show(optimizer: Optimizer) -> None:
    for row in optimizer.hyperparameters:
        assert row.low <= row.default <= row.high
        assert row.low <= optimizer.playground[row.name] <= row.high
        assert row.low < row.high
        assert row.help
        assert row.scale in ("linear", "log", "switch")
        assert row.scale != "log" or row.low > 0
        assert row.scale != "switch" or (row.low, row.high) == (0, 1)


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=NAMES)
def test_every_entry_names_its_paper_with_year_and_tells_a_student_what_it_does(optimizer: Optimizer) -> None:
    assert any(str(year) in optimizer.source for year in range(1840, 2030))
    assert optimizer.link.startswith("https://")
    assert optimizer.summary.endswith(".") and optimizer.summary.count(".") == 1


@pytest.mark.parametrize("name", PYTORCH_DEFAULTS)
def test_defaults_are_those_of_pytorch(name: str) -> None:
    defaults = OPTIMIZERS[name].defaults
    assert {key: defaults[key] for key in PYTORCH_DEFAULTS[name]} == PYTORCH_DEFAULTS[name]


@pytest.mark.parametrize("optimizer", RULES.values(), ids=list(RULES))
@pytest.mark.parametrize("landscape", PROGRESS_ON)
def test_every_rule_makes_visible_progress_with_its_values_for_two_coordinates(
    optimizer: Optimizer, landscape: str
) -> None:
    formula, start = PROGRESS_ON[landscape]
    race = Race(compile_loss(formula), [optimizer.compile(**optimizer.playground)], start=start)
    before = race.losses[0]
    race.advance(PROGRESS_STEPS)
    assert race.losses[0] < before / PROGRESS_FACTOR
    assert not race.status[0].startswith("diverged")


def test_values_that_do_not_fit_are_refused_with_a_sentence() -> None:
    with pytest.raises(FormulaError, match="momentum"):
        OPTIMIZERS["Adam"].compile(momentum=0.9)
    with pytest.raises(FormulaError, match="finite"):
        OPTIMIZERS["Adam"].compile(lr=math.nan)
    with pytest.raises(FormulaError, match='no hyperparameter "rho"'):
        OPTIMIZERS["Adam"].hyperparameter("rho")


def test_compiling_with_values_leaves_the_entry_as_it_was() -> None:
    adam = OPTIMIZERS["Adam"]
    assert adam.compile(lr=0.5).hyperparameters["lr"] == 0.5
    assert adam.compile().hyperparameters["lr"] == adam.hyperparameter("lr").default


def test_sgd_steps_by_learning_rate_times_slope() -> None:
    np.testing.assert_allclose(moves("SGD(lr=0.1)", 2), [-0.1 * SLOPE] * 2, rtol=1e-12)


def test_noise_carries_racers_as_high_above_the_lowest_point_as_its_temperature_says() -> None:
    swarm = Swarm(compile_loss("x^2/2 + 3y^2/2"), "NoisySGD(lr=0.01, temperature=0.7)", np.zeros((4096, 2)))
    swarm.advance(1000)
    assert swarm.losses.mean() == pytest.approx(0.7, rel=0.05)


def test_shampoo_and_soap_see_no_difference_between_a_straight_valley_and_a_slanting_one() -> None:
    straight, slanting = "50x^2 + y^2/2", "50(0.6x + 0.8y)^2 + (0.6y - 0.8x)^2/2"
    turned = np.array([[0.6, 0.8], [-0.8, 0.6]])
    for racer in ("Shampoo(lr=0.5)", "SOAP(lr=0.05)"):
        along = moves(racer, 50, straight, (1, 2))
        across = moves(racer, 50, slanting, tuple(turned.T @ (1, 2)))
        np.testing.assert_allclose(across @ turned.T, along, atol=1e-5)


@pytest.mark.parametrize("name", ["AdaHessian", "Sophia", "Shampoo", "SOAP", "PSGDKron"])
def test_what_divides_by_curvature_or_by_a_matrix_rests_on_level_ground(name: str) -> None:
    race = Race(compile_loss("0x"), [name], start=(2, -1))
    race.advance(3000)
    assert (race.status, race.positions.tolist()) == (["converged"], [[2, -1]])


def test_weight_decay_pulls_towards_0() -> None:
    pulled = moves("SGD(lr=0.1, weight_decay=0.5)", formula="0x", start=(2, -4))
    np.testing.assert_allclose(pulled, [[-0.1, 0.2]], rtol=1e-12)


def test_the_first_velocity_of_momentum_is_the_gradient_whatever_the_dampening() -> None:
    first, second = moves("Momentum(lr=0.1, momentum=0.9, dampening=0.5)", 2)
    np.testing.assert_allclose(first, -0.1 * SLOPE, rtol=1e-12)
    np.testing.assert_allclose(second, -0.1 * (0.9 + 0.5) * SLOPE, rtol=1e-12)


def test_momentum_approaches_ten_times_the_step_of_sgd_on_a_plane() -> None:
    np.testing.assert_allclose(moves("Momentum(lr=0.1, momentum=0.9)", 400)[-1], -SLOPE, rtol=1e-10)


def test_nesterov_looks_ahead_from_the_first_step() -> None:
    np.testing.assert_allclose(moves("Nesterov(lr=0.1, momentum=0.9)"), [-0.1 * 1.9 * SLOPE], rtol=1e-12)


def test_the_steps_of_adagrad_shrink_with_the_root_of_their_number() -> None:
    lengths = np.abs(moves("AdaGrad(lr=0.1)", 4)[:, 0])
    np.testing.assert_allclose(lengths, 0.1 / np.sqrt([1, 2, 3, 4]), rtol=1e-9)


def test_adagrad_begins_more_carefully_with_an_initial_sum_of_squares() -> None:
    first = moves("AdaGrad(lr=0.1, initial_accumulator_value=1)")[0, 0]
    assert first == pytest.approx(-0.1 * 3 / math.sqrt(1 + 9), rel=1e-9)


def test_the_first_step_of_adadelta_comes_from_eps_alone() -> None:
    first = moves("Adadelta(rho=0.9, eps=1e-6)")[0]
    np.testing.assert_allclose(first, -np.sqrt(1e-6) / np.sqrt(0.1 * SLOPE**2 + 1e-6) * SLOPE, rtol=1e-12)


def test_the_first_step_of_rmsprop_is_as_long_on_a_cliff_as_on_a_plain() -> None:
    first = moves("RMSProp(lr=0.01, alpha=0.99)")[0]
    np.testing.assert_allclose(first, -0.01 * np.sign(SLOPE) / math.sqrt(0.01), rtol=1e-6)


def test_centered_rmsprop_stays_finite_where_the_slope_never_varies() -> None:
    race = Race(compile_loss(PLANE), ["RMSProp(lr=0.001, alpha=0.5, centered=1)"])
    race.advance(500)
    assert race.status == ["running"]
    assert np.isfinite(race.positions).all()


def test_the_first_step_of_adam_is_as_long_as_the_learning_rate() -> None:
    np.testing.assert_allclose(moves("Adam(lr=0.1)"), [-0.1 * np.sign(SLOPE)], rtol=1e-6)


def test_without_bias_correction_the_first_step_of_adam_is_another() -> None:
    first = moves("Adam(lr=0.1, bias_correction=0)")[0]
    np.testing.assert_allclose(first, -0.1 * np.sign(SLOPE) * 0.1 / math.sqrt(0.001), rtol=1e-5)


def test_the_weight_decay_of_adamw_is_not_divided_by_the_size_of_the_slope() -> None:
    steep = "1000x + 1000y"
    plain = moves("AdamW(lr=0.1, weight_decay=0)", formula=steep, start=(2, -4))
    decayed = moves("AdamW(lr=0.1, weight_decay=0.5)", formula=steep, start=(2, -4))
    np.testing.assert_allclose(decayed - plain, [[-0.1 * 0.5 * 2, 0.1 * 0.5 * 4]], rtol=1e-9)


def test_every_step_of_lion_is_equally_long() -> None:
    np.testing.assert_allclose(moves("Lion(lr=0.01)", 5), [-0.01 * np.sign(SLOPE)] * 5, rtol=1e-12)
