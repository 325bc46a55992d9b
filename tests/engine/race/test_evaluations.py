"""How often racers have evaluated the loss, step by step."""

import numpy as np
import pytest

from engine import Race, compile_loss
from engine.race.evaluations import MOST_ROWS

LOSS = "(1 - x)^2 + 20*(y - x^2)^2"
START = (-1.2, 1.0)


def race_of(*racers: str) -> Race:
    return Race(compile_loss(LOSS), list(racers), start=START)


def counted(racer: str, steps: int) -> list[int]:
    """Return the evaluations of a solver after each step, from a race that looks at every step."""
    race, counts = race_of(racer), [0]
    for _ in range(steps):
        race.advance(1)
        counts.append(race.evaluations(0))
    return counts


def test_a_step_of_a_rule_costs_as_many_evaluations_as_it_asks_points() -> None:
    race = race_of("SGD(lr=0.001)", "Adam")
    race.advance(40)
    assert race.evaluations_by_step(0).at(np.array([0, 1, 40])).tolist() == [0.0, 1.0, 40.0]
    assert race.evaluations_by_step(1).step_at(17.0) == 17.0


@pytest.mark.parametrize("solver", ["NelderMead", "BFGS"])
def test_the_evaluations_of_a_solver_are_counted_at_every_step_though_it_made_them_at_once(solver: str) -> None:
    race = race_of(solver)
    race.advance(30)
    assert race.evaluations_by_step(0).at(np.arange(31)).tolist() == counted(solver, 30)


def test_counts_stay_few_in_a_long_race_and_true_where_they_are_kept() -> None:
    race = race_of("NelderMead")
    race.advance(3000)
    cost = race.evaluations_by_step(0)
    assert len(cost.steps) <= MOST_ROWS + 2
    assert cost.at(3000.0) == race.evaluations(0)
    assert (np.diff(cost.counts) >= 0.0).all()


def test_going_back_and_forth_again_counts_the_same() -> None:
    race = race_of("BFGS", "SGD(lr=0.001)")
    race.advance(20)
    before = [race.evaluations_by_step(number).at(np.arange(21)).tolist() for number in (0, 1)]
    race.rewind(7)
    assert race.evaluations_by_step(0).at(7.0) == before[0][7]
    race.advance(13)
    assert [race.evaluations_by_step(number).at(np.arange(21)).tolist() for number in (0, 1)] == before


def test_a_replaced_rule_goes_on_counting_from_what_was_spent() -> None:
    race = race_of("SGD(lr=0.001)")
    race.advance(10)
    race.replace(0, "BFGS")
    race.advance(5)
    cost = race.evaluations_by_step(0)
    assert cost.at(10.0) == 10.0
    assert cost.at(15.0) == 10.0 + race.evaluations(0)
    race.rewind(4)
    assert race.evaluations_by_step(0).at(4.0) == 4.0
