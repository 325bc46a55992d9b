"""A race as a person at a notebook meets it."""

import gc

import numpy as np
import pytest

import engine.race.race as race_module
from engine import FormulaError, Race, compile_loss, compile_rule
from engine.race.compile_racer import compile_racer
from engine.race.timeline import CHUNK

ROSENBROCK = "(a - x)^2 + b*(y - x^2)^2"
START = (-1.2, 1.0)


def rosenbrock_race(*racers: str) -> Race:
    return Race(compile_loss(ROSENBROCK, a=1, b=100), list(racers), start=START)


def test_the_trail_has_every_step() -> None:
    race = rosenbrock_race("Adam(lr=0.02)", "SGD(lr=0.001)")
    race.advance(500)
    assert race.trail(0).shape == (501, 2)
    assert race.trail(0)[0].tolist() == list(START)
    assert race.trail(0)[-1].tolist() == race.positions[0].tolist()


def test_gradient_descent_makes_the_steps_of_the_textbook() -> None:
    race = Race(compile_loss("x^2 + 3*y^2"), ["SGD(lr=0.1)"], start=(1, 1))
    race.advance(2)
    np.testing.assert_allclose(race.trail(0), [[1, 1], [0.8, 0.4], [0.64, 0.16]], rtol=1e-15)
    np.testing.assert_allclose(race.trail_losses(0), [4, 0.64 + 0.48, 0.4096 + 0.0768], rtol=1e-14)


def test_a_diverged_racer_keeps_its_last_finite_point_and_the_others_go_on() -> None:
    race = rosenbrock_race("SGD(lr=1)", "Adam(lr=0.02)")
    race.advance(100)
    assert race.status[0].startswith("diverged at step ")
    step = int(race.status[0].rsplit(" ", 1)[1])
    assert len(race.trail(0)) == step
    assert np.isfinite(race.trail(0)).all() and np.isfinite(race.losses).all()
    assert len(race.trail(1)) == 101


def test_a_racer_that_starts_in_a_hole_has_diverged_at_once() -> None:
    race = Race(compile_loss("log(x) + y^2"), ["SGD"], start=(-1, 0))
    race.advance(5)
    assert race.status == ["diverged at step 0"]
    assert race.positions.tolist() == [[-1.0, 0.0]]


def test_a_racer_at_rest_at_a_minimum_has_converged() -> None:
    race = Race(compile_loss("x^2 + y^2"), ["SGD(lr=0.1)"], start=(1, 1))
    assert race.status == ["running"]
    race.advance(500)
    assert race.status == ["converged"]


def test_a_race_is_the_same_however_it_is_cut_into_slices() -> None:
    whole, sliced = rosenbrock_race("Adam(lr=0.05)"), rosenbrock_race("Adam(lr=0.05)")
    whole.advance(3000)
    for steps in (1, 2, 997, 1500, 500):
        sliced.advance(steps)
    assert whole.trail(0).tobytes() == sliced.trail(0).tobytes()


def test_going_back_and_on_again_repeats_the_race_bit_for_bit() -> None:
    race = rosenbrock_race("Adam(lr=0.05)", "Momentum(lr=0.0005)", "SGD(lr=1)")
    race.advance(2500)
    trails = [race.trail(racer).copy() for racer in range(3)]
    race.rewind(700)
    assert race.step == 700 and race.trail(0).tobytes() == trails[0][:701].tobytes()
    race.advance(1800)
    assert [race.trail(racer).tobytes() for racer in range(3)] == [trail.tobytes() for trail in trails]


def test_going_back_replays_live_changes_at_the_steps_where_they_were_made() -> None:
    race = rosenbrock_race("Adam(lr=0.05)")
    race.advance(100)
    race.set(0, lr=0.01)
    race.advance(100)
    race.loss.set(b=10)
    race.advance(100)
    trail = race.trail(0).copy()
    race.rewind(250)
    assert race.positions[0].tolist() == trail[250].tolist()
    race.advance(50)
    assert race.trail(0).tobytes() == trail.tobytes()


def test_a_thinned_step_comes_back_bit_for_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    full = rosenbrock_race("Adam(lr=0.05)")
    full.advance(60_000)
    monkeypatch.setattr(race_module, "ROWS_IN_ALL", 4 * CHUNK)
    thinned = rosenbrock_race("Adam(lr=0.05)")
    thinned.advance(60_000)
    assert len(thinned.trail(0)) <= 4 * CHUNK
    missing = sorted(set(range(60_000)) - set(thinned.trail_steps(0).tolist()))
    step = missing[len(missing) // 2]
    thinned.rewind(step)
    assert thinned.positions[0].tolist() == full.trail(0)[step].tolist()


def test_a_trail_in_hand_never_changes() -> None:
    race = rosenbrock_race("Adam(lr=0.05)")
    race.advance(50)
    trail = race.trail(0)
    before = trail.copy()
    race.rewind(10)
    race.set(0, lr=0.5)
    race.advance(5000)
    assert trail.tobytes() == before.tobytes()
    with pytest.raises(ValueError):
        trail[0, 0] = 1.0


def test_a_hyperparameter_acts_on_the_running_race_without_recompiling() -> None:
    race = rosenbrock_race("SGD(lr=0.001)")
    kernel = race.racers[0].kernel
    race.advance(1)
    race.set(0, lr=0.0)
    race.advance(5)
    assert race.trail(0)[1:].tolist() == [race.trail(0)[1].tolist()] * 6
    assert race.racers[0].kernel is kernel


def test_restarting_elsewhere_begins_a_new_trail() -> None:
    race = rosenbrock_race("Adam(lr=0.05)")
    race.advance(10)
    race.restart((0.5, 0.5))
    assert race.step == 0 and race.trail(0).tolist() == [[0.5, 0.5]]


def test_a_newcomer_catches_up() -> None:
    race, fair = rosenbrock_race("SGD"), rosenbrock_race("SGD", "Lion(lr=0.01)")
    race.advance(300)
    fair.advance(300)
    assert race.add("Lion(lr=0.01)") == 1
    assert race.trail(1).tobytes() == fair.trail(1).tobytes()
    race.remove(0)
    assert len(race.positions) == 1


def test_a_rule_of_ones_own_races_beside_the_catalogue() -> None:
    rule = compile_rule("look = w - mu*v\nv = mu*v + lr*grad(look)\nw = w - v/(1 + norm(v))", mu=0.9, lr=0.001)
    race = Race(compile_loss("x^2 + 10*y^2"), ["SGD", rule], start=(2, 1))
    race.advance(2000)
    assert race.losses[1] < 1e-6


@pytest.mark.parametrize("racer", ["Adm", "Adam(lr)", "Adam(speed=1)", "Adam(lr=1", ""])
def test_a_racer_that_is_none_is_refused_in_a_sentence(racer: str) -> None:
    with pytest.raises(FormulaError):
        rosenbrock_race(racer)


@pytest.mark.parametrize("lr", [0.0, -1.0, 1e300, -1e300])
def test_absurd_hyperparameters_race_or_diverge(lr: float) -> None:
    race = rosenbrock_race("Adam", "Lion", "Adadelta", "SGD")
    for racer in range(4):
        race.set(racer, lr=lr)
    race.advance(200)
    assert np.isfinite(race.positions).all()


@pytest.mark.parametrize("formula", ["3", "0*x", "1/(x*y)", "1e300*(x^2 + y^2)", "floor(5x)", "sqrt(x)", "log(-1)"])
def test_hostile_landscapes_race(formula: str) -> None:
    race = Race(compile_loss(formula), ["SGD", "Adam(lr=0.1)"], start=(0.7, 0.3))
    race.advance(300)
    assert np.isfinite(race.positions).all()
    assert all(status.split()[0] in ("running", "converged", "diverged") for status in race.status)


def test_two_races_of_one_rule_set_it_apart() -> None:
    rule = compile_rule("w = w - lr*g", lr=0.1)
    race = Race(compile_loss("x^2 + y^2"), [rule, rule])
    race.set(0, lr=0.2)
    assert [racer.rule.hyperparameters["lr"] for racer in race.racers] == [0.2, 0.1]
    assert rule.hyperparameters == {"lr": 0.1}


@pytest.mark.parametrize("racer", ["Adam", "BFGS", "AdaHessian"])
def test_a_loss_that_nobody_else_holds_stays_as_long_as_a_kernel_asks_it(racer: str) -> None:
    held = compile_loss("a*x^2 + sin(x*y) + y^2")
    rule = compile_racer(racer)
    hyper = np.array(list(rule.hyperparameters.values()))
    alone = rule.kernel(compile_loss("a*x^2 + sin(x*y) + y^2"))
    beside = rule.kernel(held)
    gc.collect()
    # They take the memory of machine code that has gone.
    others = [compile_loss(f"x^2 + {number}*y^2") for number in range(20)]
    ends = []
    for kernel in (alone, beside):
        block = rule.start_block(np.array([[1.0, -2.0]]), hyper, held)
        table = kernel.prepare(1, 30, hyper, held.parameter_array)
        kernel.run(block, np.full(block.shape[1], np.inf), 1, table, held.parameter_array)
        ends.append(block[:2, 0].tolist())
    assert ends[0] == ends[1] != [1.0, -2.0] and others
