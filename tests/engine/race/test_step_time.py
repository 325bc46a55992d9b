"""How long a step takes by itself: measured without a trace in the race."""

import numpy as np
import pytest

from engine import compile_loss
from engine.race.race import Race

RACERS = ["Adam", "NelderMead", "Adam | lookahead", "SGD(lr=3.0)"]


@pytest.mark.parametrize("steps", [0, 3, 3000])
def test_measuring_changes_nothing_of_the_race(steps: int) -> None:
    loss = compile_loss("(1-x)^2 + 100*(y-x^2)^2")
    measured, left_alone = (Race(loss, RACERS, (-1.2, 1.0)) for _ in range(2))
    for race in (measured, left_alone):
        race.advance(steps)
    times = [measured.time_steps(number) for number in range(len(RACERS))]
    assert all(0.0 < step_s < 0.1 for step_s in times)
    for race in (measured, left_alone):
        race.advance(50)
        race.rewind(steps + 10)
    for number in range(len(RACERS)):
        assert np.array_equal(measured.trail(number), left_alone.trail(number))
        assert measured.evaluations(number) == left_alone.evaluations(number)
    assert measured.status == left_alone.status


def test_what_costs_more_takes_longer() -> None:
    terms = " + ".join(f"sin({number}*x)*exp(cos({number}*y))" for number in range(1, 60))
    cheap, dear = (Race(compile_loss(text), ["Adam"]).time_steps(0) for text in ("x^2 + y^2", terms))
    assert dear > 5 * cheap


def test_another_rule_is_measured_anew() -> None:
    race = Race(compile_loss("x^2 + y^2"), ["Adam"])
    race.time_steps(0)
    assert race.racers[0].step_s is not None
    race.advance(3)
    race.replace(0, "SGD")
    assert race.racers[0].step_s is None
    race.rewind(1)
    race.time_steps(0)
    assert race.racers[0].step_s is not None
