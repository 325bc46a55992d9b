"""Who arrives near the minimum, after which step, and that nothing that comes later changes it."""

import numpy as np
import pytest

import engine.race.race as race_module
from engine import Race, compile_loss
from engine.race.arrivals import TOLERANCES, Arrival, Arrivals, ranks
from engine.race.trail import Trail

BOWL = "x^2 + y^2"
TOLERANCE = 1e-6
CUBIC = compile_loss("(x^2 + y - 11)^2 + (x + y^2 - 7)^2")
RACERS = ["SGD(lr=0.004)", "Momentum(lr=0.0015)", "Adam(lr=0.12)", "BFGS", "CMAES", "NelderMead"]


def himmelblau_race() -> Race:
    race = Race(CUBIC, RACERS, start=(-1.2, 1.0))
    race.set_minimum(0.0)
    return race


def steps_of(race: Race, tolerance: float = TOLERANCE) -> list[int | None]:
    found = [race.arrival(number, tolerance) for number in range(len(race.racers))]
    return [None if arrival is None else arrival.step for arrival in found]


def first_near(losses: np.ndarray, tolerance: float = TOLERANCE, minimum: float = 0.0) -> int:
    return int(np.flatnonzero(losses - minimum <= tolerance * (losses[0] - minimum))[0])


def test_a_racer_arrives_after_the_first_step_that_leaves_it_a_millionth_of_its_height() -> None:
    race = himmelblau_race()
    race.advance(3000)
    for number, step in enumerate(steps_of(race)):
        losses = race.trail_losses(number)
        assert step is not None and step <= first_near(losses)
        if race.racers[number].rule.name != "CMAES":
            assert race.arrival(number, TOLERANCE) == Arrival(step, losses[step]) and step == first_near(losses)


@pytest.mark.parametrize("tolerance", TOLERANCES)
def test_every_tolerance_has_its_step_without_another_race(tolerance: float) -> None:
    race = Race(compile_loss(f"{BOWL} + 3"), ["SGD(lr=0.1)"], start=(1, 1))
    race.set_minimum(3.0)
    race.advance(200)
    assert steps_of(race, tolerance) == [first_near(race.trail_losses(0), tolerance, 3.0)]


def test_without_a_minimum_nobody_arrives_and_one_that_is_found_later_lets_them() -> None:
    race, told = himmelblau_race(), himmelblau_race()
    race.set_minimum(None)
    race.advance(1000)
    assert steps_of(race) == [None] * len(RACERS)
    race.set_minimum(0.0)
    told.advance(1000)
    assert steps_of(race)[:4] == steps_of(told)[:4]
    race.set_minimum(None)
    assert steps_of(race) == [None] * len(RACERS)


def test_whoever_starts_at_the_minimum_has_arrived_at_once() -> None:
    race = Race(compile_loss(BOWL), ["SGD", "Adam"])
    race.set_minimum(0.0)
    assert steps_of(race, 1e-12) == [0, 0]


def test_a_racer_that_leaves_again_has_arrived_all_the_same() -> None:
    race = Race(compile_loss(BOWL), ["SGD(lr=0.1)"], start=(1, 1))
    race.set_minimum(0.0)
    race.advance(100)
    there = steps_of(race)
    race.set(0, lr=1.5)
    race.advance(200)
    assert race.losses[0] > 1.0 and steps_of(race) == there


def test_the_way_is_the_same_however_the_race_is_cut_rewound_and_thinned(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, cut = himmelblau_race(), himmelblau_race()
    whole.advance(2000)
    monkeypatch.setattr(race_module, "ROWS_IN_ALL", 1)
    monkeypatch.setattr(race_module, "CHUNK", 32)
    for steps in (1, 7, 200, 900, 892):
        cut.advance(steps)
    assert len(cut.trail(0)) < 100, "the rows of the arrivals are thinned away"
    assert steps_of(cut) == steps_of(whole)
    cut.set_minimum(-1e-300)
    assert steps_of(cut) == steps_of(whole), "a minimum that is lower by nothing moves nobody"
    cut.rewind(50)
    assert all(step is None or step <= 50 for step in steps_of(cut))
    cut.advance(1950)
    assert steps_of(cut) == steps_of(whole)


def test_a_setting_that_changes_between_leaves_earlier_arrivals_and_rewinding_keeps_it() -> None:
    race = Race(compile_loss("a*(x^2 + y^2) + a", a=1), ["SGD(lr=0.1)", "SGD(lr=0.01)"], start=(1, 1))
    race.set_minimum(1.0)
    race.advance(100)
    first, late = steps_of(race)
    assert first is not None and late is None
    race.loss.set(a=2)
    race.set_minimum(2.0)
    race.set(1, lr=0.1)
    race.advance(100)
    late = steps_of(race)[1]
    assert steps_of(race)[0] == first and late is not None and late > 100
    race.rewind(90)
    race.advance(60)
    assert steps_of(race) == [first, steps_of(race)[1]] and 90 < (steps_of(race)[1] or 0) <= late


def test_a_newcomer_catches_up_with_an_arrival_of_its_own() -> None:
    race = himmelblau_race()
    race.advance(1500)
    race.add("Adam(lr=0.12)")
    assert steps_of(race)[-1] == steps_of(race)[2]
    race.restart()
    assert steps_of(race) == [None] * 7
    race.advance(1500)
    assert steps_of(race)[-1] == steps_of(race)[2] is not None


def test_a_diverged_racer_has_arrived_only_if_it_was_there_before() -> None:
    race = Race(compile_loss(BOWL), ["SGD(lr=1.5)", "SGD(lr=0.1)"], start=(1, 1))
    race.set_minimum(0.0)
    race.advance(60)
    race.set(1, lr=3)
    race.advance(2000)
    assert [status.split()[0] for status in race.status] == ["diverged", "diverged"]
    assert steps_of(race)[0] is None and steps_of(race)[1] is not None


def test_whoever_arrived_comes_first_by_step_and_ties_share_a_place() -> None:
    arrivals = [None, Arrival(30, 1e-9), Arrival(12, 1e-7), None, Arrival(12, 1e-30), None]
    losses = np.array([0.5, 7.0, 1e-7, np.nan, 1e-30, 0.5])
    assert ranks(arrivals, losses) == [4, 3, 1, 6, 1, 4]
    assert ranks([], np.empty(0)) == []


def test_a_lower_minimum_keeps_a_row_that_was_thinned_since() -> None:
    arrivals = Arrivals(1.0)
    arrivals.look(0, np.array([1.0, 1e-3, 1e-8, 1e-9]), 0.0)
    thinned = Trail(object(), np.array([0, 3]), np.zeros((2, 2)), np.array([1.0, 1e-9]))
    arrivals.look_again(thinned, 0, -1e-10)
    assert arrivals.at(1e-6) == Arrival(2, 1e-8)
    arrivals.look_again(thinned, 0, -1e-3)
    assert arrivals.at(1e-6) is None


@pytest.mark.parametrize("seed", range(3))
def test_a_population_has_arrived_once_its_best_point_has(seed: int) -> None:
    race = Race(CUBIC, [f"CMAES(seed={seed})"], start=(-1.2, 1.0))
    race.set_minimum(0.0)
    threshold, lowest = TOLERANCE * race.losses[0], []
    for _ in range(150):
        race.advance()
        points = race.population(0)
        lowest.append(min(race.losses[0], *CUBIC.value(points[:, 0], points[:, 1]).tolist()))
    first = 1 + int(np.flatnonzero(np.array(lowest) <= threshold)[0])
    assert steps_of(race) == [first] and first <= first_near(race.trail_losses(0))
    whole = Race(CUBIC, [f"CMAES(seed={seed})"], start=(-1.2, 1.0))
    whole.set_minimum(0.0)
    whole.advance(150)
    assert steps_of(whole) == [first]
