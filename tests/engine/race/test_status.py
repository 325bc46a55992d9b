"""The status of a racer, and what has died of one that moves no more before a minimum."""

import pytest

from engine import Race, compile_loss, compile_rule

BOWL = "x^2 + y^2"


def raced(racer: object, steps: int = 300, formula: str = BOWL) -> Race:
    race = Race(compile_loss(formula), [racer], start=(0.7, 0.3))
    race.advance(steps)
    return race


def test_a_learning_rate_that_has_died_before_the_minimum_is_told_with_the_slope() -> None:
    race = raced(compile_rule("w = w - lr * 0.5^t * g", lr=0.1))
    assert race.status == ["running"], "outside scripts know three words"
    assert race.stall(0) == "Its step has shrunk to less than 1e-16, which moves it no more, while the slope is 1.2."
    assert raced("SGD(lr=1e-14)").stall(0) == "Its step has shrunk to 2e-14 while the slope is 1.5."


def test_a_learning_rate_of_0_is_told() -> None:
    assert raced("SGD(lr=0)").stall(0) == "Its learning rate is 0 while the slope is 1.5."


def test_a_schedule_that_ends_stalls_a_rule_and_a_solver() -> None:
    for racer in ("SGD(lr=1e-4) | cosine(T=100)", "Newton(lr=0.001) | cosine(T=100)"):
        assert raced(racer, 400).stall(0)


@pytest.mark.parametrize(
    "racer",
    ["SGD(lr=0.1)", "Adam(lr=0.01)", "SGD(lr=1e-6)", "SimulatedAnnealing", "SPSA", "CMAES", "BFGS", "SGD(lr=2)"],
)
def test_whoever_moves_has_arrived_rests_or_has_diverged_does_not_stall(racer: str) -> None:
    race = raced(racer)
    assert race.stall(0) == ""
    race.advance(5000)
    assert race.stall(0) == ""


def test_a_racer_that_pauses_for_some_steps_does_not_stall() -> None:
    race = raced(compile_rule("w = w - (lr*g if floor(t/20) == t/20 else 0*g)", lr=0.01), 119)
    assert race.stall(0) == ""


def test_a_racer_that_climbed_to_a_hilltop_has_not_converged_and_stalls() -> None:
    race = raced("SGD(lr=-0.1)", 600, "-x^2 - y^2")
    climbed = Race(compile_loss("4 - x^2 - y^2"), [compile_rule("w = 0.5*w")], start=(1.0, 1.0))
    climbed.advance(300)
    assert race.status == climbed.status == ["running"]
    assert climbed.stall(0) == "It rests on level ground, higher than it began."
