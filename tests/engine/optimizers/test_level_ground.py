"""On exactly level ground nobody divides 0 by 0: not the rules, not the solvers, nor at any end of a slider."""

import itertools
from collections.abc import Mapping

import numpy as np
import pytest

from engine import OPTIMIZERS, FormulaError, Race, compile_loss
from engine.optimizers import Optimizer
from engine.rules.modifiers.wrappers import WRAPPERS
from engine.solvers.solver import Solver
from landscapes import LANDSCAPES

NAMES = tuple(OPTIMIZERS)
RULES = {name: entry for name, entry in OPTIMIZERS.items() if not isinstance(entry, Solver)}
OF_ALL_KINDS = sorted(
    {*[*RULES][::4], "Muon", "PolyakSGD", "DAdaptSGD", "DAdaptAdam", "Prodigy", "AdaNorm", "PSGDKron"}
)
"""Rules that wrappers go round here: each fourth, since each must be compiled, and the guarded ones."""
START = (0.3, 1.4)
BOOTH = "(x + 2y - 7)^2 + (2x + y - 5)^2"
LEVEL = {
    "a plateau": ("0x", START),
    "a plateau above 0": ("0x + 3", START),
    "a plateau below 0": ("0x - 3", START),
    "a plateau with an edge": ("max(0, x^2 + y^2 - 9)", START),
    "a start of 0": ("0x", (0, 0)),
    "a minimum": (BOOTH, (1, 3)),
    "a minimum at 0": ("x^2 + y^2", (0, 0)),
    "a minimum below 0": ("x^2 + y^2 - 5", (0, 0)),
    "a kink": ("|x| + |y|", (0, 0)),
    "a peak": ("-x^2 - y^2", (0, 0)),
}
PULLED = {"AdamW", "StableAdamW", "FAdam", "Fromage", "ASGD"}
"""Weight decay, which is on by default, moves these wherever the ground is level."""
SHAKEN = {"NoisySGD", "Yogi", "SimulatedAnnealing", "CMAES"}
"""These move by noise, by an average that does not begin at 0, or to look round; CMAES comes back."""
GUARDED = ("PolyakSGD", "Muon", "AdaNorm", "DAdaptAdam", "Prodigy", "FTRL", "PSGDKron")
"""These divide by what is 0 on level ground.  DAdaptSGD does too, but takes a slope of 1e-16 for its measure."""
NO_RATE = {"Rprop", "PolyakSGD", "COCOB"}
"""These ask for no learning rate from step to step, which a schedule could multiply."""
STEPS = 100
GROWN = 1e6
"""A racer that was so far away has left the numbers by its strides, not by a quotient."""
BOWL = "a*((x - 1)^2 + 3(y - 2)^2)"


def diverged(race: Race) -> list[str]:
    """Return who diverged though it was never far away."""
    return [
        f"{racer.rule!r} {status}"
        for number, (racer, status) in enumerate(zip(race.racers, race.status, strict=True))
        if status.startswith("diverged") and np.abs(race.trail(number)).max() < GROWN
    ]


def at_corners(optimizer: Optimizer) -> list[Mapping[str, float]]:
    """Return every choice of one end of each slider."""
    rows = optimizer.hyperparameters
    return [
        dict(zip(optimizer.defaults, ends, strict=True))
        for ends in itertools.product(*((row.low, row.high) for row in rows))
    ]


@pytest.mark.parametrize("place", LEVEL)
def test_all_98_stay_among_the_numbers_on_level_ground(place: str) -> None:
    formula, start = LEVEL[place]
    race = Race(compile_loss(formula), NAMES, start=start)
    race.advance(STEPS)
    assert len(NAMES) == 98
    assert {status.split()[0] for status in race.status} <= {"converged", "running"}
    assert np.isfinite(race.positions).all() and np.isfinite(race.losses).all()


@pytest.mark.parametrize("place", LEVEL)
def test_whoever_is_not_pulled_or_shaken_stays_on_level_ground(place: str) -> None:
    formula, start = LEVEL[place]
    # Populations look beyond a peak and a kink.
    cloud = {"ParticleSwarm", "DifferentialEvolution", "NelderMead"} if place == "a peak" else set()
    names = [name for name in NAMES if name not in PULLED | SHAKEN | cloud | {"SPSA"}]
    race = Race(compile_loss(formula), names, start=start)
    race.advance(STEPS)
    np.testing.assert_allclose(race.positions, np.tile(start, (len(names), 1)), rtol=0, atol=1e-14)


@pytest.mark.parametrize("landscape", [name for name in LANDSCAPES if LANDSCAPES[name].minima])
def test_no_rule_with_a_guard_diverges_at_the_minimum_of_a_landscape(landscape: str) -> None:
    ground = LANDSCAPES[landscape]
    race = Race(compile_loss(ground.formula, **ground.parameters), GUARDED, start=ground.minima[0][:2])
    race.advance(20)
    assert not [status for status in race.status if status.startswith("diverged")]


@pytest.mark.parametrize("settings", ["defaults", "playground"])
def test_a_slope_that_ends_and_comes_again_throws_nobody_out(settings: str) -> None:
    loss = compile_loss(BOWL, a=1)
    race = Race(loss, [entry.compile(**getattr(entry, settings)) for entry in RULES.values()], start=START)
    for a, steps in ((1, 50), (0, 5000), (1, 200)):
        loss.set(a=a)
        race.advance(steps)
        assert not diverged(race)


@pytest.mark.parametrize("settings", ["defaults", "playground"])
def test_a_first_slope_after_level_ground_is_followed(settings: str) -> None:
    loss = compile_loss(BOWL, a=0)
    names = [name for name in RULES if name not in PULLED | SHAKEN]
    race = Race(loss, [RULES[name].compile(**getattr(RULES[name], settings)) for name in names], start=START)
    race.advance(50)
    assert race.positions == pytest.approx(np.tile(START, (len(names), 1)))
    loss.set(a=1)
    before = race.losses
    race.advance(300)
    assert not diverged(race)
    assert (race.losses != before).all()


@pytest.mark.parametrize("slope", ["max(0, x) + max(0, y)", "max(0, x)^2 + max(0, y - 1.39)"])
def test_nobody_is_thrown_out_by_running_onto_a_plain(slope: str) -> None:
    race = Race(compile_loss(slope), [entry.compile(**entry.playground) for entry in RULES.values()], start=START)
    race.advance(3000)
    assert not diverged(race)


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_a_wrapped_rule_stays_among_the_numbers_on_level_ground(wrapper: str) -> None:
    loss = compile_loss(BOWL, a=0)
    race = Race(loss, [f"{name} | {wrapper}" for name in OF_ALL_KINDS], start=START)
    race.advance(30)
    assert not diverged(race)
    loss.set(a=1)
    race.advance(30)
    loss.set(a=0)
    race.advance(300)
    assert not diverged(race)


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("formula", ["0x", BOOTH])
def test_a_wrapper_at_an_end_of_its_sliders_divides_nothing_by_0(wrapper: str, formula: str) -> None:
    rows = WRAPPERS[wrapper].hyperparameters
    corners = itertools.product(*((row.low, row.high) for row in rows))
    around = [
        f"{wrapper}({', '.join(f'{row.name}={value!r}' for row, value in zip(rows, corner, strict=True))})"
        for corner in corners
    ]
    race = Race(compile_loss(formula), [f"{rule} | {text}" for rule in ("SGD", "Muon", "SAM") for text in around],
                start=(1, 3))  # fmt: skip
    race.advance(60)
    assert not diverged(race)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_at_the_ends_of_its_sliders_leaves_the_numbers_only_by_growing(name: str) -> None:
    entry = RULES[name]
    loss = compile_loss(BOWL, a=0)
    race = Race(loss, [entry.compile(**corner) for corner in at_corners(entry)], start=START)
    race.advance(20)
    assert not diverged(race)
    for a in (1, 0):
        loss.set(a=a)
        race.advance(40)
        assert not diverged(race)


@pytest.mark.parametrize("schedule", ["step(step_size=5, gamma=0)", "cosine(T=20)", "triangular(low=0)"])
def test_a_learning_rate_that_falls_to_0_lets_a_racer_rest_and_not_diverge(schedule: str) -> None:
    texts = [
        f"{name}({', '.join(f'{key}={value!r}' for key, value in entry.playground.items())}) | {schedule}"
        for name, entry in RULES.items()
        if name not in NO_RATE
    ]
    race = Race(compile_loss(BOWL), texts, start=START)
    race.advance(120)
    assert not [status for status in race.status if status.startswith("diverged")]


def test_pid_without_momentum_is_plain_descent_as_in_pytorch_optimizer() -> None:
    race = Race(compile_loss(BOOTH), ["PID(lr=0.01, momentum=0)", "SGD(lr=0.01)"], start=START)
    race.advance(60)
    assert race.trail(0).tobytes() == race.trail(1).tobytes()


def test_polyak_descent_never_climbs_below_the_loss_that_it_was_told_is_lowest() -> None:
    race = Race(compile_loss("x^2 + y^2 - 5"), ["PolyakSGD", "PolyakSGD(f_min=-5)"], start=(2, 2))
    race.advance(200)
    below = race.trail_losses(0) < 0
    assert below.any() and (np.diff(race.trail(0)[below], axis=0) == 0).all()
    assert (np.diff(race.trail_losses(0)) <= 0).all() and race.losses[1] == pytest.approx(-5)


def test_polyak_descent_rests_where_optax_does() -> None:
    race = Race(compile_loss("1e-9*x + 1"), ["PolyakSGD(max_lr=100)", "PolyakSGD(max_lr=100, eps=1e-12)"])
    race.advance(1)
    assert race.positions[:, 0].tolist() == [0, pytest.approx(-1e-7)]


def test_d_adaptation_measures_by_the_first_slope_that_is_not_0() -> None:
    loss = compile_loss(BOWL, a=0)
    waiting, fresh = (Race(loss, ["DAdaptSGD(d0=0.01)"], start=START) for _ in range(2))
    waiting.advance(7)
    loss.set(a=1)
    waiting.advance(40)
    fresh.advance(40)
    np.testing.assert_allclose(waiting.trail(0)[7:], fresh.trail(0), rtol=1e-12)


def test_ftrl_leaves_alone_what_does_not_matter_to_the_loss() -> None:
    race = Race(compile_loss("(x - 1)^2"), ["FTRL(lr=0.5)"], start=(3, 5))
    race.advance(100)
    np.testing.assert_allclose(race.positions, [[1, 5]], atol=1e-3)


def test_ftrl_is_not_drawn_to_the_origin_by_a_learning_rate_that_falls() -> None:
    race = Race(compile_loss(BOWL), ["FTRL(lr=0.5) | cosine(T=50)"], start=START)
    race.advance(80)
    np.testing.assert_allclose(race.positions, [[1, 2]], atol=0.05)


def test_acc_sgd_without_its_constant_is_plain_descent() -> None:
    race = Race(compile_loss(BOOTH), ["AccSGD(lr=0.01, constant=0)", "SGD(lr=0.01)"], start=START)
    race.advance(60)
    np.testing.assert_allclose(race.trail(0), race.trail(1), rtol=1e-12)


def test_an_end_of_a_slider_that_no_rule_can_bear_is_no_end() -> None:
    with pytest.raises(FormulaError):
        OPTIMIZERS["Ano"].compile(beta2=float("nan"))
    assert OPTIMIZERS["Ano"].hyperparameter("beta2").low == 0.5
    assert OPTIMIZERS["FAdam"].hyperparameter("c").low > 0
    assert OPTIMIZERS["PSGDKron"].hyperparameter("precondition_lr").high < 1
