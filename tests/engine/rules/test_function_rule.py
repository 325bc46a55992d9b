"""A step of one's own races beside typed rules, and does what they do."""

import math
from pathlib import Path

import numpy as np
import pytest

from engine import OPTIMIZERS, FormulaError, Race, Swarm, compile_loss, compile_rule, function_optimizer
from engine.data.datasets import generate
from engine.optimizers.function_optimizer import optimizer_at
from engine.own.function_location import parse_location
from engine.rules.function_rule import is_step
from tests.engine.own import hills

VALLEY = compile_loss("(1-x)^2 + 100*(y-x^2)^2")
TWINS = [
    (hills.adam, {"lr": 0.02}, "Adam(lr=0.02)"),
    (hills.momentum, {"lr": 0.0005}, "Momentum(lr=0.0005)"),
    (hills.plain_descent, {"lr": 0.001}, "SGD(lr=0.001)"),
]


def test_the_names_of_its_arguments_say_what_they_are() -> None:
    rule = compile_rule(hills.adam, lr=0.02)
    assert rule.states == ("m", "v")
    assert rule.hyperparameters == {"lr": 0.02, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}
    assert rule.name == "adam"


@pytest.mark.parametrize(("step", "settings", "typed"), TWINS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_step_goes_where_the_typed_rule_goes(step: object, settings: dict[str, float], typed: str) -> None:
    race = Race(VALLEY, [compile_rule(step, **settings), typed], start=(-1.2, 1.0))
    race.advance(300)
    np.testing.assert_allclose(race.trail(0), race.trail(1), rtol=1e-9, atol=1e-11)
    race.set(0, lr=0.0001)
    race.set(1, lr=0.0001)
    race.advance(100)
    np.testing.assert_allclose(race.positions[0], race.positions[1], rtol=1e-9, atol=1e-11)


def test_it_races_down_a_function_of_ones_own() -> None:
    race = Race(compile_loss(hills.valley), [compile_rule(hills.adam, lr=0.02), "Adam(lr=0.02)"], start=(-1.2, 1.0))
    race.advance(300)
    np.testing.assert_allclose(race.trail(0), race.trail(1), rtol=1e-9, atol=1e-11)


def test_a_swarm_of_it_is_a_race_of_it_bit_for_bit() -> None:
    rule = compile_rule(hills.adam, lr=0.05)
    starts = np.random.default_rng(3).normal(size=(2500, 2))
    swarm = Swarm(VALLEY, rule, starts)
    swarm.advance(40)
    swarm.advance(17)
    race = Race(VALLEY, [rule] * 4, start=starts[-4:])
    race.advance(57)
    assert np.array_equal(swarm.positions[-4:], race.positions)
    swarm.set(lr=0.01)
    assert swarm.rule.hyperparameters["lr"] == 0.01


def test_any_step_can_be_gone_back_to() -> None:
    race = Race(VALLEY, [hills.adam], start=(-1.2, 1.0))
    race.advance(40)
    race.set(0, lr=0.1)
    race.advance(60)
    trail = race.trail(0).copy()
    race.rewind(37)
    assert np.array_equal(race.positions[0], trail[37])
    race.rewind(0)
    assert np.array_equal(race.positions[0], trail[0])


def test_it_is_told_the_loss_and_leaves_off_at_the_bottom() -> None:
    race = Race(compile_loss("x^2 + 4y^2"), [hills.polyak], start=(2.0, 1.0))
    race.advance(200)
    assert race.losses[0] < 1e-20


def test_a_racer_may_change_from_a_typed_rule_to_ones_own_and_back() -> None:
    race = Race(VALLEY, ["Adam(lr=0.02)"], start=(-1.2, 1.0))
    race.advance(20)
    race.replace(0, hills.plain_descent)
    race.advance(20)
    race.replace(0, "Adam(lr=0.02)")
    race.advance(20)
    assert race.step == 60
    assert race.status == ["running"]
    before = race.trail(0)[10].copy()
    race.rewind(10)
    assert np.array_equal(race.positions[0], before)


def test_it_learns_from_mini_batches_as_a_typed_rule_does() -> None:
    loss = compile_loss("mean((x*u + y - v)^2)", generate("line"))
    race = Race(loss, [compile_rule(hills.plain_descent, lr=0.01), "SGD(lr=0.01)"], seed=4, batch=8)
    race.advance(50)
    np.testing.assert_allclose(race.trail(0), race.trail(1), rtol=1e-12)


def test_a_diverged_racer_keeps_its_last_finite_point() -> None:
    race = Race(VALLEY, [compile_rule(hills.plain_descent, lr=1.0), "SGD(lr=1)"], start=(3.0, 3.0))
    race.advance(30)
    assert race.status[0] == race.status[1]
    assert race.status[0].startswith("diverged")
    assert np.isfinite(race.positions).all()


def test_an_optimizer_of_ones_own_has_a_row_for_each_slider() -> None:
    optimizer = function_optimizer(hills.polyak, source="Polyak, 1987")
    assert (optimizer.name, optimizer.source) == ("polyak", "Polyak, 1987")
    assert optimizer.summary == "Step as far as the loss says, whose least value is known."
    row = optimizer.hyperparameter("least")
    assert row.low < row.default < row.high
    race = Race(compile_loss("x^2 + 4y^2"), [optimizer], start=(2.0, 1.0))
    race.advance(100)
    assert race.losses[0] < 1e-10
    assert optimizer.bare


def test_a_name_that_the_catalogue_knows_has_the_slider_that_it_has_there() -> None:
    rows = {row.name: row for row in function_optimizer(hills.adam).hyperparameters}
    for name in ("lr", "beta1", "eps"):
        row, known = rows[name], OPTIMIZERS["Adam"].hyperparameter(name)
        assert (row.low, row.high, row.scale, row.default) == (known.low, known.high, known.scale, known.default)

    def impatient(w, g, beta1=-3.0):
        w += beta1 * g

    row = function_optimizer(impatient).hyperparameter("beta1")
    assert row.low < -3.0 < row.high


def test_an_optimizer_of_a_file_is_compiled_once_and_may_be_set_to_stand_still(tmp_path: Path) -> None:
    path = tmp_path / "rules.py"
    path.write_text("def adam(w, g, lr=0.1):\n    w -= lr*g\n")
    optimizer = optimizer_at(parse_location(f"{path}:adam"))
    assert (optimizer.name, optimizer.source, optimizer.badge) == ("adam", "adam in rules.py", "")
    path.unlink()
    race = Race(compile_loss("x^2 + 4y^2"), [optimizer.compile(lr=0.0), optimizer], start=(2.0, 1.0))
    race.advance(10)
    assert race.positions[0].tolist() == [2.0, 1.0]
    assert race.losses[1] < 1.0
    assert optimizer.defaults == {"lr": 0.1}


def test_a_function_is_meant_as_a_step_by_the_names_of_its_arguments() -> None:
    steps = [hills.adam, hills.plain_descent, lambda g, w: w, lambda w: w, lambda w, *g: w]
    losses = [hills.valley, hills.eggs, lambda w, b: w * b, lambda x: x, math.hypot]
    assert [is_step(function) for function in steps] == [True] * 5
    assert [is_step(function) for function in losses] == [False] * 5


def test_only_its_own_hyperparameters_can_be_set() -> None:
    rule = compile_rule(hills.momentum)
    with pytest.raises(FormulaError, match='no hyperparameter "v"'):
        rule.set(v=1.0)
    with pytest.raises(FormulaError, match='no hyperparameter "beta"'):
        compile_rule(hills.momentum, beta=0.5)
    assert rule.copy().hyperparameters == rule.hyperparameters


def test_members_of_a_swarm_may_differ_in_its_hyperparameters() -> None:
    starts, rates = np.random.default_rng(4).normal(size=(21, 2)), np.linspace(0.001, 0.1, 21)
    widths = np.linspace(1.0, 20.0, 21)
    loss = compile_loss("(1-x)^2 + b*(y-x^2)^2")
    swarm = Swarm(loss, hills.adam, starts, hyperparameters={"lr": rates}, parameters={"b": widths})
    swarm.advance(30)
    for number in (0, 7, 20):
        own = compile_loss("(1-x)^2 + b*(y-x^2)^2", b=widths[number])
        race = Race(own, [compile_rule(hills.adam, lr=rates[number])], start=starts[number])
        race.advance(30)
        np.testing.assert_array_equal(swarm.positions[number], race.positions[0])
