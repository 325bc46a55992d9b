"""Members of a swarm that differ do, bit for bit, what racers with their settings do."""

import math
from functools import cache

import numpy as np
import pytest

from engine import OPTIMIZERS, FormulaError, Race, Swarm, compile_loss
from engine.language.errors import FormulaError as Refused
from engine.loss.machine_loss import MachineLoss
from engine.race.compile_racer import compile_racer
from engine.race.randomness import NOISES
from engine.rules.modifiers.wrappers import WRAPPERS
from engine.rules.modifiers.wrapping import wrapped
from engine.rules.optimizer import Optimizer
from engine.solvers.solver import Solver

TEXT = "a*sin(3x)*cos(2y) + (x^2 + b*y^2)/10 + exp(-a*x*y)"
COUNT = 13
SPREAD = np.random.default_rng(4)
STARTS = SPREAD.uniform(-2, 2, (COUNT, 2))
SHARES = SPREAD.uniform(0.2, 1.0, COUNT)
A, B = SPREAD.uniform(0.5, 2.0, (2, COUNT))
SEEDS = np.arange(COUNT) * 7 - 20
STEPS = 41
SOME = [0, 3, 7, 8, 12]
"""Members that are set beside races."""


def differing(optimizer: Optimizer) -> dict[str, np.ndarray]:
    """Return values of the first two hyperparameters of an optimizer, one for each member."""
    return {row.name: row.low + (row.default - row.low) * SHARES for row in optimizer.hyperparameters[:2]}


@cache
def loss_of(member: int) -> MachineLoss:
    return compile_loss(TEXT, a=A[member], b=B[member])


def race_of(optimizer: Optimizer, member: int, settings: dict[str, np.ndarray], seed: int) -> Race:
    own = {name: float(values[member]) for name, values in settings.items()}
    race = Race(loss_of(member), [optimizer.compile(**own)], start=STARTS[member], seed=seed)
    race.advance(STEPS)
    return race


def assert_members_are_racers(optimizer: Optimizer) -> None:
    settings = differing(optimizer)
    swarm = Swarm(loss_of(0), optimizer, STARTS, hyperparameters=settings, parameters={"a": A, "b": B}, seeds=SEEDS)
    swarm.advance(STEPS - 20)
    swarm.advance(20)
    for member in SOME:
        race = race_of(optimizer, member, settings, int(SEEDS[member]))
        assert swarm.positions[member].tolist() == race.positions[0].tolist(), (optimizer.name, member)
        diverged = race.racers[0].diverged_at
        assert swarm.diverged[member] == (math.inf if diverged is None else diverged)
        if diverged is None:
            assert swarm.losses[member] == race.loss.value(*race.positions[0])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_with_settings_of_its_own_for_each_member(name: str) -> None:
    assert_members_are_racers(OPTIMIZERS[name])


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("name", ["Adam", "SGD", "Lion"])
def test_every_wrapper_round_a_rule(name: str, wrapper: str) -> None:
    try:
        optimizer = wrapped(OPTIMIZERS[name], WRAPPERS[wrapper])
    except Refused:
        pytest.skip(f"{wrapper} does not go round {name}")
    assert_members_are_racers(optimizer)


@pytest.mark.parametrize("name", ["Adam", "NelderMead", "CMAES"])
def test_one_number_for_all_is_as_good_as_one_for_each(name: str) -> None:
    row = OPTIMIZERS[name].hyperparameters[0]
    loss = compile_loss(TEXT)
    for_all = Swarm(loss, name, STARTS, hyperparameters={row.name: row.default / 2}, parameters={"a": 0.5}, seeds=3)
    for_each = Swarm(loss, name, STARTS, hyperparameters={row.name: np.full(COUNT, row.default / 2)},
                     parameters={"a": np.full(COUNT, 0.5)}, seeds=np.full(COUNT, 3))  # fmt: skip
    for swarm in (for_all, for_each):
        swarm.advance(30)
    assert for_all.positions.tobytes() == for_each.positions.tobytes()


def test_members_without_seeds_draw_what_the_instances_of_a_plain_swarm_draw() -> None:
    optimizer = wrapped(OPTIMIZERS["SGD"], WRAPPERS[NOISES[0]])
    plain = Swarm(compile_loss(TEXT), optimizer, STARTS, seed=9)
    differing = Swarm(compile_loss(TEXT), optimizer, STARTS, seed=9, hyperparameters={"lr": optimizer.defaults["lr"]})
    for swarm in (plain, differing):
        swarm.advance(30)
    assert plain.positions.tobytes() == differing.positions.tobytes()


@pytest.mark.parametrize("batch", [None, 4])
def test_a_loss_from_data_has_parameters_and_mini_batches_of_each_member(batch: int | None) -> None:
    columns = {"u": np.linspace(-1, 1, 21), "v": np.linspace(0, 3, 21) ** 2}
    text = "mean((x*u + a*y - v)^2)"
    swarm = Swarm(compile_loss(text, columns), "Adam", STARTS, batch=batch, hyperparameters={"lr": SHARES},
                  parameters={"a": A}, seeds=SEEDS)  # fmt: skip
    swarm.advance(33)
    for member in SOME:
        loss = compile_loss(text, columns, a=A[member])
        race = Race(
            loss, [f"Adam(lr={float(SHARES[member])!r})"], start=STARTS[member], seed=int(SEEDS[member]), batch=batch
        )
        race.advance(33)
        assert swarm.positions[member].tolist() == race.positions[0].tolist()
        assert swarm.losses[member] == race.losses[0]


def test_settings_of_all_members_can_be_changed_under_way() -> None:
    swarm = Swarm(compile_loss(TEXT), "SGD", STARTS, hyperparameters={"lr": SHARES / 50})
    swarm.advance(5)
    swarm.set(lr=0.0)
    before = swarm.positions
    swarm.advance(5)
    assert swarm.positions.tobytes() == before.tobytes()


@pytest.mark.parametrize("name", ["Adam(lr=0.1)", "NelderMead", "BFGS"])
@pytest.mark.parametrize("differing", [False, True])
def test_the_step_that_reaches_a_loss_is_noted(name: str, differing: bool) -> None:
    loss = compile_loss("x^2 + a*y^2")
    settings = {"parameters": {"a": np.linspace(1, 3, COUNT)}} if differing else {}
    swarm = Swarm(loss, name, STARTS, threshold=0.01, **settings)
    for steps in (10, 1, 40, 100):
        swarm.advance(steps)
    for member in SOME:
        loss.set(a=float(np.linspace(1, 3, COUNT)[member]) if differing else 1.0)
        race = Race(loss, [name], start=STARTS[member])
        race.advance(151)
        low = np.flatnonzero(race.trail_losses(0) <= 0.01)
        assert swarm.steps_to_threshold[member] == (low[0] if len(low) else np.inf)


@pytest.mark.parametrize("name", ["SGD(lr=0.1)", "NelderMead"])
def test_each_member_can_have_a_loss_of_its_own_to_reach(name: str) -> None:
    loss, thresholds = compile_loss("x^2 + y^2"), np.geomspace(1e-6, 1.0, COUNT)
    swarm = Swarm(loss, name, STARTS, threshold=thresholds)
    swarm.advance(150)
    for member in SOME:
        one = Swarm(loss, name, STARTS[member], threshold=float(thresholds[member]))
        one.advance(150)
        assert swarm.steps_to_threshold[member] == one.steps_to_threshold[0]


def test_a_swarm_of_one_more_than_a_block_draws_what_races_draw() -> None:
    swarm = Swarm(compile_loss("x^2 + y^2"), "SPSA", np.ones((2049, 2)), seeds=5)
    swarm.advance(3)
    assert (swarm.positions == swarm.positions[0]).all()


def test_a_loss_with_other_parameters_shares_its_machine_code() -> None:
    loss = compile_loss("a*x^2 + y^2")
    other = loss.with_parameters(np.array([3.0]))
    assert other.value(1.0, 0.0) == 3.0 and loss.value(1.0, 0.0) == 1.0
    assert other.address("value") == loss.address("value")


@pytest.mark.parametrize("side", [12, 24], ids=["numbers of each block", "numbers of the swarm"])
@pytest.mark.parametrize("name", [*list(OPTIMIZERS)[:80:6], "Adam | cosine(T=9) | clip_norm", "Lion | warmup | noise"])
def test_members_that_share_some_settings_do_what_they_do_without_the_others(name: str, side: int) -> None:
    rule = compile_racer(name)
    first, second = list(rule.hyperparameters.items())[:2]
    grid = np.meshgrid(np.linspace(0.2, 1.0, side), np.linspace(0.3, 0.9, side))
    settings = {row: value * share.ravel() for (row, value), share in zip((first, second), grid, strict=True)}
    many = Swarm(loss_of(0), rule, np.tile(STARTS[0], (side**2, 1)), hyperparameters=settings, seeds=1)
    few = [0, 40, side**2 - 1]
    own = {row: values[few] for row, values in settings.items()}
    alone = Swarm(loss_of(0), rule, np.tile(STARTS[0], (3, 1)), hyperparameters=own, seeds=1)
    for swarm in (many, alone):
        swarm.advance(STEPS)
    assert many.positions[few].tobytes() == alone.positions.tobytes()


def test_without_a_threshold_nothing_is_reached() -> None:
    assert np.isinf(Swarm(compile_loss("x^2 + y^2"), "SGD", STARTS).steps_to_threshold).all()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"hyperparameters": {"lr": np.ones(5)}}, "needs one number, or 13"),
        ({"hyperparameters": {"lr": np.where(SHARES > 0.5, np.nan, 0.1)}}, "finite for every member"),
        ({"hyperparameters": {"speed": 1.0}}, 'no hyperparameter "speed"'),
        ({"hyperparameters": {"lr": "fast"}}, "must be a number"),
        ({"parameters": {"c": 1.0}}, 'no parameter "c"'),
        ({"parameters": {"a": np.ones((13, 2))}}, "needs one number, or 13"),
        ({"seeds": np.ones(3, dtype=int)}, "Seeds are whole numbers"),
        ({"seeds": 0.5}, "Seeds are whole numbers"),
    ],
)
def test_settings_that_do_not_fit_are_refused_in_a_sentence(settings: dict, sentence: str) -> None:
    with pytest.raises(FormulaError, match=sentence):
        Swarm(compile_loss(TEXT), "Adam", STARTS, **settings)


@pytest.mark.parametrize("name", [name for name, entry in OPTIMIZERS.items() if isinstance(entry, Solver)][:3])
def test_a_swarm_of_nobody_is_no_mistake(name: str) -> None:
    swarm = Swarm(compile_loss(TEXT), name, np.empty((0, 2)), parameters={"a": np.empty(0)})
    swarm.advance(3)
    assert swarm.positions.shape == (0, 2) and swarm.losses.shape == (0,)


@pytest.mark.parametrize("racer", ["Adam", "SGD | cosine(T=5)", "BFGS"])
def test_a_swarm_without_members_steps(racer: str) -> None:
    swarm = Swarm(compile_loss("x^2 + a*y^2", a=2.0), racer, np.empty((0, 2)))
    swarm.advance(5)
    assert swarm.positions.shape == (0, 2) and swarm.step == 5
