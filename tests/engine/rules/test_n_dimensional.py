"""A rule over any number of coordinates does what it does in a race, to the last bit."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import OPTIMIZERS, FormulaError, Loss, Race, Rule, Swarm, compile_loss, compile_rule
from engine.rules.n_dimensional import NDimensionalRule
from engine.solvers.solver import Solver
from tests.mutations import mutations

Vector = np.ndarray
RULES = {name: entry.compile() for name, entry in OPTIMIZERS.items() if not isinstance(entry, Solver)}
BY_COORDINATE = [name for name, rule in RULES.items() if rule.per_coordinate]
MIXING = [name for name, rule in RULES.items() if not rule.per_coordinate]
WAVY = "sin(3x)*cos(2y) + x^2*y^2/10 + exp(-x*y)"
START = (-0.7, 0.4)
MANY = 1000
WIDE = np.random.default_rng(5).uniform(-2, 2, MANY)
BOWL = "x^2 + 10y^2"
STEEP = np.tile([2.0, 20.0], MANY // 2)
"""The second derivatives of MANY/2 bowls side by side."""
LOOKS_AHEAD = "v = mu*v - lr*grad(w + mu*v)\nw = w + v"


def bowls(w: Vector) -> tuple[float, Vector]:
    slope = STEEP[: len(w)] * w
    return float(w @ slope) / 2, slope


def asked(loss: Loss) -> Callable[[Vector], tuple[float, Vector]]:
    def ask(w: Vector) -> tuple[float, Vector]:
        f, *slope = loss.value_and_gradient(*w)
        return float(f), np.array(slope)

    return ask


def go(
    descent: NDimensionalRule, ask: Callable[[Vector], tuple[float, Vector]], steps: int, bend: Vector | None = None
) -> None:
    for _ in range(steps):
        f, g = ask(descent.w)
        descent.step(g, f, bend, ask)


@pytest.mark.parametrize("name", BY_COORDINATE)
def test_over_two_coordinates_every_rule_leaves_the_trail_of_a_race(name: str) -> None:
    rule = RULES[name]
    # Second derivatives worked out beside the slopes, as in a race, may round otherwise where they are not so plain.
    loss = compile_loss(BOWL if "Hessian" in rule.asks else WAVY)
    race, descent = Race(loss, [rule], start=START, seed=3), rule.over(START, seed=3)
    race.advance(40)
    places = [descent.w]
    for _ in range(len(race.trail(0)) - 1):
        hxx, _, hyy = loss.hessian(*descent.w)
        go(descent, asked(loss), 1, np.array([hxx, hyy]))
        places.append(descent.w)
    assert np.array(places).tobytes() == race.trail(0).tobytes()


# The loss of many bowls is no loss of one of them: rules that read it would go elsewhere.
@pytest.mark.parametrize("name", [name for name in BY_COORDINATE if "loss" not in RULES[name].asks])
def test_over_many_coordinates_every_rule_goes_where_as_many_racers_on_two_go(name: str) -> None:
    rule = RULES[name]
    swarm = Swarm(compile_loss(BOWL), rule, WIDE.reshape(-1, 2), seed=3)
    descent = rule.over(WIDE, seed=3)
    swarm.advance(30)
    go(descent, bowls, 30, STEEP)
    assert descent.t == 30 and descent.diverged is None
    assert descent.w.tobytes() == swarm.positions.tobytes() != WIDE.tobytes()


@pytest.mark.parametrize("name", MIXING)
def test_a_rule_that_mixes_the_coordinates_says_where(name: str) -> None:
    with pytest.raises(FormulaError, match="is not updated by itself") as caught:
        RULES[name].over(WIDE)
    found = RULES[name].text[caught.value.start : caught.value.end]
    assert found.startswith(str(caught.value).split('"')[1])


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 60))
def test_a_coordinate_does_not_notice_how_many_there_are(count: int) -> None:
    rule = compile_rule("m = 0.9m + g + 0.1*randn()\nw = w - 0.01*m*rand()")
    few, many = rule.over(WIDE[:count], seed=1), rule.over(WIDE, seed=1)
    for descent in (few, many):
        go(descent, bowls, 4)
    assert few.w.tobytes() == many.w[:count].tobytes()
    assert np.asarray(few.states["m"]).tobytes() == np.asarray(many.states["m"])[:count].tobytes()


def test_the_same_seed_draws_the_same_numbers_and_each_coordinate_its_own() -> None:
    rule = compile_rule("w = w + randn()")
    first, again, other = (rule.over(np.zeros(MANY), seed) for seed in (1, 1, 2))
    for descent in (first, again, other):
        descent.step(np.zeros(MANY))
    assert first.w.tolist() == again.w.tolist() != other.w.tolist()
    assert len(set(first.w)) == MANY
    assert abs(first.w.mean()) < 0.1 and first.w.std() == pytest.approx(1, abs=0.1)


def test_a_rule_that_looks_ahead_asks_there() -> None:
    descent, w, v = compile_rule(LOOKS_AHEAD, mu=0.9, lr=0.01).over(WIDE), WIDE, np.zeros(MANY)
    go(descent, bowls, 20)
    for _ in range(20):
        v = 0.9 * v - 0.01 * bowls(w + 0.9 * v)[1]
        w = w + v
    np.testing.assert_allclose(descent.w, w, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize(
    ("rule", "points"),
    [
        ("w = w - lr*g", 0),
        ("w = w - lr*(grad(w) + g)", 0),
        ("w = w - lr*(grad(w - lr*g) + grad(w + lr*g))*loss(w + lr*g)", 2),
        ("w = w - lr*grad(w - lr*grad(w - lr*g))", 2),
        ("b = min(b, loss(w - lr*grad(w + lr*g)))\ninit b = f\nw = w - lr*g/(1 + b^2)", 2),
    ],
)
def test_each_point_is_asked_about_once_a_step_and_the_last_bit_is_that_of_a_race(rule: str, points: int) -> None:
    loss, built, questions = compile_loss(WAVY), compile_rule(rule, lr=0.01), list[Vector]()
    race, descent = Race(loss, [built], start=START), built.over(START)

    def ask(w: Vector) -> tuple[float, Vector]:
        questions.append(w)
        return asked(loss)(w)

    race.advance(10)
    for _ in range(10):
        f, g = asked(loss)(descent.w)
        descent.step(g, f, ask=ask)
    assert len(questions) == 10 * points
    assert descent.w.tobytes() == race.positions[0].tobytes()


def test_a_rule_that_a_person_may_type_on_the_way_elsewhere_leaves_the_trail_of_a_race_too() -> None:
    loss, compared = compile_loss(WAVY), 0
    for text in mutations(160, seed=4):
        try:
            rule = compile_rule(text)
        except FormulaError:
            continue
        rule.set(**dict.fromkeys(rule.hyperparameters, 0.05))
        if rule.per_coordinate and "Hessian" not in rule.asks:
            race, descent = Race(loss, [rule], start=START, seed=3), rule.over(START, seed=3)
            race.advance(5)
            go(descent, asked(loss), 5)
            if race.status == ["running"]:
                assert descent.w.tobytes() == race.positions[0].tobytes(), text
                compared += 1
    assert compared > 5


def test_states_are_vectors_or_numbers_and_begin_as_init_lines_say() -> None:
    descent = compile_rule("init p = w - grad(2w)\ninit best = f\nbest = min(best, f)\np = p\nw = w - 0.01*g").over(
        WIDE
    )
    assert descent.states == {}
    go(descent, bowls, 1)
    assert descent.states["best"] == bowls(WIDE)[0]
    np.testing.assert_array_equal(descent.states["p"], WIDE - bowls(2 * WIDE)[1])


def test_settings_may_be_changed_under_way() -> None:
    descent = compile_rule("w = w - lr*g", lr=1).over([0.0, 0.0, 0.0])
    descent.step([1, 2, 3])
    descent.rule.set(lr=10)
    descent.step([1, 1, 1])
    assert descent.w.tolist() == [-11, -12, -13]


def test_a_descent_has_settings_of_its_own() -> None:
    rule = compile_rule("w = w - lr*g", lr=1)
    rule.over(WIDE).rule.set(lr=5)
    assert rule.hyperparameters == {"lr": 1}


@pytest.mark.parametrize("rule", ["w = w - g", "w = w*exp(w^2)*sign(g)"])
def test_what_diverges_stays_where_all_is_finite_and_tells_the_step_of_a_swarm(rule: str) -> None:
    loss, built = compile_loss("x^4 + y^4"), compile_rule(rule)
    swarm, descent = Swarm(loss, built, [(3, 3)]), built.over((3, 3))
    swarm.advance(20)
    go(descent, asked(loss), 20)
    assert descent.diverged == swarm.diverged[0] < 20
    assert descent.w.tolist() == swarm.positions[0].tolist()


def test_one_coordinate_that_leaves_the_finite_numbers_stops_all() -> None:
    descent = compile_rule("w = w - g").over(np.zeros(5))
    descent.step([0, 0, 1, 0, np.inf])
    descent.step([1, 1, 1, 1, 1])
    assert (descent.diverged, descent.t) == (1, 0)
    assert descent.w.tolist() == [0, 0, -1, 0, 0]


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        ("w = w - lr*f*g", 'reads the loss: give it as "f"'),
        ("init m = f\nm = m\nw = w - m*g", 'reads the loss: give it as "f"'),
        ("w = w - lr*g/hessdiag()", 'give their diagonal as "hessdiag"'),
        (LOOKS_AHEAD, 'give a function of a point as "ask"'),
        ("init m = grad(2w)\nm = m\nw = w - m", 'give a function of a point as "ask"'),
    ],
)
def test_what_a_rule_reads_and_is_not_given_is_told(rule: str, missing: str) -> None:
    descent = compile_rule(rule).over(WIDE)
    with pytest.raises(ValueError, match=missing):
        descent.step(STEEP)
    assert descent.t == 0 and descent.w.tolist() == WIDE.tolist()
    go(descent, bowls, 1, STEEP)
    assert descent.t == 1


def test_what_a_rule_reads_elsewhere_and_is_not_told_is_told() -> None:
    descent = compile_rule("w = w - lr*hessdiag(2w)").over(WIDE)
    with pytest.raises(ValueError, match='"ask" must return their diagonal as well'):
        go(descent, bowls, 1)
    assert descent.t == 0


def test_what_has_another_size_is_told() -> None:
    with pytest.raises(ValueError, match=r"A row of 1,000 numbers is needed, and this is an array of shape \(3,\)"):
        compile_rule("w = w - g").over(WIDE).step([1, 2, 3])
    for start in (3.0, [], [[1, 2]]):
        with pytest.raises(ValueError, match="A start is a row of numbers"):
            compile_rule("w = w - g").over(start)


@pytest.mark.parametrize("racer", ["Adam | ema", "AdaHessian | polyak", "Sophia(k=2) | lookahead | ema"])
def test_what_goes_round_a_rule_does_not_keep_it_from_the_trail_of_a_race(racer: str) -> None:
    loss = compile_loss(BOWL)
    race = Race(loss, [racer], start=START)
    race.advance(20)
    descent = race.racers[0].rule.over(START)

    def ask(w: Vector) -> tuple[float, Vector, Vector]:
        return *asked(loss)(w), STEEP[:2]

    for _ in range(20):
        f, g, bend = ask(descent.w)
        descent.step(g, f, bend, ask)
    assert descent.w.tobytes() == race.positions[0].tobytes()


def test_a_wrapped_rule_goes_over_any_number_too() -> None:
    rule: Rule = OPTIMIZERS["Adam | clip_value | ema"].compile(lr=0.1)
    descent = rule.over(WIDE)
    go(descent, bowls, 200)
    assert bowls(descent.w)[0] < 1e-2 * bowls(WIDE)[0]
    assert rule.written.reads("grad")
