"""The values of a step by the names of a rule's text, beside the race that computed them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import OPTIMIZERS, Race, compile_loss, compile_rule
from engine.language.types import Array
from engine.race.step_values.made import values_of
from engine.race.step_values.record import StepValues, Value
from engine.race.step_values.replay import Replay
from engine.race.step_values.updates import Updates
from engine.race.step_values.watch import Watch
from engine.rules.rule import Rule
from engine.solvers.solver import Solver

ROSENBROCK = "(a - x)^2 + b*(y - x^2)^2"
START = (-1.2, 1.0)
STEPS = 40
RULES = [name for name, entry in OPTIMIZERS.items() if not isinstance(entry, Solver)]
NEAR = 1e-9
"""Machine code rounds a product and a sum once, and other libraries round a power in another way."""


def adam_race(racer: str = "Adam(lr=0.02)", **settings: int) -> Race:
    return Race(compile_loss(ROSENBROCK, a=1, b=100), [racer], START, **settings)


def made(watch: Watch, number: int) -> StepValues:
    values = watch.made(number)
    assert values is not None
    return values


def lines_alone(race: Race, number: int, update: int) -> dict[str, Value]:
    """Return what the lines assign last to each name, without the help of what the race kept of the update."""
    stepper = race._timeline.stepper
    replayed = Replay(stepper, race.loss, race.seed, race.racers[number]).update(update)
    values = values_of(Updates([replayed], race.loss, stepper, race.seed), diverged=True)
    return {line.name: line.value for line in values.lines}


@pytest.fixture(scope="module")
def all_rules() -> Race:
    loss = compile_loss(ROSENBROCK, a=1, b=4)
    race = Race(loss, [OPTIMIZERS[name].compile(**OPTIMIZERS[name].playground) for name in RULES], START)
    race.advance(STEPS)
    return race


@pytest.mark.parametrize("name", RULES)
def test_every_rule_of_the_catalogue_tells_the_numbers_that_the_race_computed(all_rules: Race, name: str) -> None:
    number = RULES.index(name)
    watch, trail, rule = all_rules.watch(number), all_rules.trail(number), all_rules.racers[number].rule
    assert isinstance(rule, Rule)
    names = {traced.line.name for traced in rule.update.trace().lines}
    for update in (1, 2, 17, len(trail) - 1):
        values = made(watch, update)
        assert values.before_position == tuple(trail[update - 1]) and values.after_position == tuple(trail[update])
        gx, gy = all_rules.loss.gradient(*trail[update - 1])
        assert values.gradient == (float(gx), float(gy))
        assert values.given["f"] == all_rules.trail_losses(number)[update - 1]
        assert {line.name for line in values.lines} == names
        assert set(values.after) == {"w", *rule.states}


@pytest.mark.parametrize("name", RULES)
def test_what_the_lines_say_leads_to_where_the_race_went(all_rules: Race, name: str) -> None:
    number = RULES.index(name)
    watch = all_rules.watch(number)
    before = made(watch, STEPS - 1) if len(all_rules.trail(number)) > STEPS else made(watch, 1)
    after = made(watch, before.update + 1)
    assert {state: after.given[state] for state in before.after} == before.after
    alone = lines_alone(all_rules, number, before.update)
    for state, value in before.after.items():
        if state in alone:
            np.testing.assert_allclose(alone[state], value, rtol=NEAR, atol=1e-12, err_msg=state)


def test_adam_by_hand() -> None:
    race = adam_race()
    race.advance(3)
    values = made(race.watch(0), 3)
    m, g = np.array(values.given["m"]), np.array(values.gradient)
    np.testing.assert_allclose(values.value("m"), 0.9 * m + (1 - 0.9) * g, rtol=1e-14)
    np.testing.assert_allclose(values.value("m_hat"), np.array(values.value("m")) / (1 - 0.9**3), rtol=1e-14)
    assert values.hyperparameters["lr"] == 0.02 and values.given["t"] == 3.0
    line = next(line for line in values.lines if line.name == "m_hat")
    assert values.text[line.start : line.end].startswith("m_hat = m /")
    assert values.read_by(values.lines.index(line))["m"] == values.after["m"]


@pytest.mark.parametrize(
    "racer",
    [
        "Adam(lr=0.02) | noise(sigma=0.5)",
        "Momentum(lr=0.0005) | lookahead(k=3)",
        "SGD(lr=0.001) | cosine(T=20) | warmup(W=5)",
        "Adam(lr=0.02) | ema | clip_norm",
    ],
)
def test_wrapped_and_scheduled_racers_tell_theirs(racer: str) -> None:
    race = adam_race(racer, seeds=3)
    race.advance(STEPS)
    values, trail = made(race.watch(0), 21), race.trail(0)
    assert values.before_position == tuple(trail[20]) and values.after_position == tuple(trail[21])
    np.testing.assert_allclose(lines_alone(race, 0, 21)["w"], trail[21], rtol=NEAR)


def test_a_typed_rule_with_a_number_as_state_and_a_mixing_line() -> None:
    rule = compile_rule("s = 0.9*s + norm(g)\nu = vector(coordinate(g, 1), 0)\nw = w - lr*(g + u)/s", lr=0.01)
    race = Race(compile_loss("x^2 + 3*y^2"), [rule], START)
    race.advance(5)
    values = made(race.watch(0), 5)
    assert isinstance(values.value("s"), float)
    assert values.value("u") == (values.gradient[0], 0.0)
    assert values.value("s") == values.after["s"] == race.racers[0].block[2, 0]


def test_mini_batches_are_those_of_the_step() -> None:
    u = np.arange(10.0)
    race = Race(compile_loss("mean((x*u + y - v)^2)", {"u": u, "v": 2 * u + 1}), ["SGD(lr=0.001)"], batch=3)
    race.advance(30)
    values, trail = made(race.watch(0), 17), race.trail(0)
    x, y = values.before_position
    expected = np.array([x, y]) - 0.001 * np.array(values.gradient)
    np.testing.assert_allclose(expected, trail[17], rtol=1e-14)


@settings(max_examples=15)
@given(st.lists(st.integers(1, STEPS * 100), min_size=1, max_size=6))
def test_any_order_of_looking_back_tells_the_same_as_looking_anew(numbers: list[int]) -> None:
    race = adam_race()
    race.advance(STEPS * 100)
    watch = race.watch(0)
    for number in numbers:
        assert made(watch, number).after == made(race.watch(0), number).after
        assert made(watch, number).after_position == tuple(race.trail(0)[number])


def test_settings_rules_and_landscapes_of_an_earlier_step_hold_for_it() -> None:
    race = adam_race()
    race.advance(10)
    race.set(0, lr=0.05)
    race.loss.set(b=50)
    race.advance(10)
    race.replace(0, "SGD(lr=0.0001)")
    race.advance(10)
    watch, trail = race.watch(0), race.trail(0)
    for number, rate, state in ((10, 0.02, True), (11, 0.05, True), (20, 0.05, True), (21, 0.0001, False)):
        values = made(watch, number)
        assert values.hyperparameters["lr"] == rate and ("m" in values.after) == state
        assert values.after_position == tuple(trail[number])
    assert made(watch, 10).given["f"] == race.trail_losses(0)[9]


def test_the_coming_step_is_the_one_that_is_made_then() -> None:
    race = adam_race()
    race.advance(7)
    watch = race.watch(0)
    coming = watch.coming(7)
    race.advance(1)
    assert coming is not None and coming.after == made(watch, 8).after
    assert coming.lines == made(watch, 8).lines


def test_going_back_and_on_another_way_is_noticed() -> None:
    race = adam_race()
    race.advance(100)
    watch = race.watch(0)
    made(watch, 90)
    race.rewind(50)
    race.set(0, lr=0.1)
    race.advance(50)
    assert made(watch, 95).after_position == tuple(race.trail(0)[95])
    race.restart((1.0, 1.5))
    race.advance(99)
    assert made(watch, 96).after_position == tuple(race.trail(0)[96])


def test_a_racer_that_diverged_tells_of_its_last_update() -> None:
    race = adam_race("SGD(lr=1)")
    race.advance(50)
    watch = race.watch(0)
    last = int(race.status[0].rsplit(" ", 1)[1])
    values = made(watch, 50)
    assert values.update == last and values.reason == f"It diverged at step {last}."
    assert watch.coming(50) is None


def test_nothing_is_told_where_there_is_no_step() -> None:
    assert adam_race().watch(0).made(0) is None
    race = Race(compile_loss("log(x)"), ["SGD"], (-1, 0))
    race.advance(3)
    assert race.watch(0).made(3) is None and race.watch(0).coming(3) is None


def test_a_solver_says_why_it_has_no_lines_and_tells_what_it_can() -> None:
    race = adam_race("BFGS")
    race.advance(5)
    values = made(race.watch(0), 4)
    assert values.before_position == tuple(race.trail(0)[3]) and values.after_position == tuple(race.trail(0)[4])
    assert values.lines == () and values.reason.startswith("BFGS is a solver")
    assert values.gradient == tuple(float(slope) for slope in race.loss.gradient(*values.before_position))


def test_a_python_step_tells_its_states() -> None:
    race = Race(compile_loss("x^2 + y^2"), [with_momentum], START)
    race.advance(5)
    values = made(race.watch(0), 5)
    assert values.after["w"] == tuple(race.trail(0)[5])
    assert values.after["v"] != (0.0, 0.0) and "with_momentum is a Python function" in values.reason


def with_momentum(w: Array, g: Array, v: Array, lr: float = 0.01, mu: float = 0.9) -> None:
    v[:] = mu * v + g
    w -= lr * v
