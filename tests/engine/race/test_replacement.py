"""A rule is replaced under a running race: its racer goes on from where it stands, and any step can be gone back to."""

import numpy as np
import pytest

import engine.race.timeline as timeline_module
from engine import OPTIMIZERS, Race, Rule, compile_loss
from engine.optimizers.racer_text import optimizer_of

START = (-1.2, 1.0)
EDITED = OPTIMIZERS["Adam"].rule + "\nw = w - push*g"


def running(*racers: str, steps: int = 200) -> Race:
    race = Race(compile_loss("(a - x)^2 + b*(y - x^2)^2", a=1, b=100), list(racers), start=START)
    race.advance(steps)
    return race


def edited(rule: str = EDITED, **values: float) -> Rule:
    return optimizer_of("Adam", rule).compile(**values)


def test_the_trail_and_the_position_stay_and_the_others_notice_nothing() -> None:
    race, calm = running("Adam(lr=0.05)", "Lion(lr=0.01)"), running("Adam(lr=0.05)", "Lion(lr=0.01)", steps=500)
    before = race.trail(0).copy()
    race.replace(0, edited("w = w - lr*g", lr=1e-4))
    assert race.positions[0].tolist() == before[-1].tolist()
    race.advance(300)
    assert race.trail(0)[:201].tobytes() == before.tobytes() and len(race.trail(0)) == 501
    assert race.trail(1).tobytes() == calm.trail(1).tobytes()


def test_states_that_both_rules_have_are_kept() -> None:
    race, calm = running("Adam(lr=0.05)"), running("Adam(lr=0.05)", steps=400)
    race.replace(0, edited(lr=0.05, push=0.0))
    race.advance(200)
    assert race.trail(0).tobytes() == calm.trail(0).tobytes()


def test_a_new_state_begins_as_before_a_first_step() -> None:
    race = running("Adam(lr=0.05)")
    race.replace(0, edited("init seen = 7\nseen = seen + 1\nnever = never + 1\nw = w*0 + seen + 10*never"))
    race.advance(1)
    assert race.positions[0].tolist() == [18.0, 18.0]


def test_any_step_before_can_be_gone_back_to_bit_for_bit() -> None:
    race = running("Adam(lr=0.05)", steps=1500)
    race.replace(0, edited("w = w - lr*sign(g)", lr=0.001))
    race.advance(700)
    race.replace(0, edited(lr=0.01, push=1e-4))
    race.advance(900)
    trail = race.trail(0).copy()
    for step in (3100, 2500, 2200, 2199, 1700, 1500, 1499, 1200, 3):
        race.rewind(step)
        assert race.trail(0).tobytes() == trail[: step + 1].tobytes()


def test_after_going_back_the_racer_goes_on_by_its_new_rule() -> None:
    race, fair = running("Adam(lr=0.05)"), running("Adam(lr=0.05)", steps=50)
    race.replace(0, edited("w = w - lr*g", lr=1e-4))
    race.advance(100)
    race.rewind(50)
    fair.replace(0, edited("w = w - lr*g", lr=1e-4))
    for each in (race, fair):
        each.advance(100)
    assert race.trail(0).tobytes() == fair.trail(0).tobytes()


def test_rules_that_held_for_no_step_leave_the_states_alone() -> None:
    race, calm = running("Adam(lr=0.05)"), running("Adam(lr=0.05)", steps=400)
    for rule in ("w = w - lr*g", "n = m\nw = w - lr*g", EDITED):
        race.replace(0, edited(rule, lr=0.05))
    race.set(0, push=0.0)
    race.advance(200)
    assert race.trail(0).tobytes() == calm.trail(0).tobytes()


def test_a_diverged_racer_goes_on_from_its_last_finite_point() -> None:
    race = running("SGD(lr=1)", "Adam(lr=0.05)")
    assert race.status[0].startswith("diverged")
    there = race.positions[0].tolist()
    race.replace(0, edited("w = w - lr*w", lr=0.1))
    assert race.positions[0].tolist() == there
    race.advance(300)
    assert race.status[0] == "running" and race.positions[0].tolist() != there
    race.rewind(100)
    assert race.positions[0].tolist() == there and race.trail_steps(0).max() <= 100
    race.advance(10)
    assert race.positions[0].tolist() != there


def test_restarting_begins_with_the_new_rule_alone() -> None:
    race, fair = running("Adam(lr=0.05)"), running("Adam", steps=0)
    for each in (race, fair):
        each.replace(0, edited("w = w - lr*g", lr=1e-4))
        each.restart()
        each.advance(300)
        each.rewind(150)
    assert race.trail(0).tobytes() == fair.trail(0).tobytes()


def test_a_solver_can_be_replaced_and_come_back() -> None:
    race = running("NelderMead", steps=20)
    trail = race.trail(0).copy()
    race.replace(0, edited("w = w - lr*g", lr=1e-4))
    race.advance(20)
    race.rewind(10)
    assert race.trail(0).tobytes() == trail[:11].tobytes()


def test_more_replacements_than_are_remembered_take_a_racer_back_by_its_new_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timeline_module, "MOST_EARLIER", 3)
    race, fair = running("Adam(lr=0.05)"), running("Adam", steps=0)
    for number in range(6):
        race.replace(0, edited("w = w - lr*g", lr=1e-4 * (1 + number)))
        race.advance(10)
    fair.replace(0, edited("w = w - lr*g", lr=6e-4))
    fair.advance(100)
    race.rewind(100)
    assert race.trail(0).tobytes() == fair.trail(0).tobytes()


def test_a_long_race_thins_its_checkpoints_and_keeps_the_first_of_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline_module, "MOST_CHECKPOINTS", 4)
    race = running("Adam(lr=0.05)", steps=1000)
    race.replace(0, edited("w = w - lr*g/(1 + norm(g))", lr=1e-3))
    race.advance(20_000)
    trail = race.trail(0).copy()
    race.rewind(1010)
    assert np.array_equal(race.trail(0), trail[:1011])


def test_every_seed_goes_on_from_where_it_stands() -> None:
    noisy = "m = 0.9*m + g + randn()\nw = w - lr*m"
    race = Race(compile_loss("x^2 + y^2"), [edited(noisy, lr=0.01)], start=(1, 2), seeds=4)
    race.advance(50)
    places, states = race.racers[0].block[:2, :4].copy(), race.racers[0].block[2:4, :4].copy()
    race.replace(0, edited("m = 0.9*m + 0*g\nw = w + m"))
    race.advance(1)
    np.testing.assert_allclose(race.racers[0].block[:2, :4], places + 0.9 * states, rtol=1e-15)
    assert len(np.unique(places)) == 8 and race.band(0).steps[-1] == 51
