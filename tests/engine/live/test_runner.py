"""The runner as the window meets it: commands go in, frames come out."""

import threading
import time
import traceback
from collections.abc import Iterator

import numpy as np
import pytest

from engine.compiled.driver import Driver, NoCompilerError
from engine.live import live_race
from engine.live.commands import (
    GoBack,
    Pause,
    Play,
    Restart,
    SetBounds,
    SetFormula,
    SetHeight,
    SetHyperparameter,
    SetParameter,
    SetRacers,
    SetRandomness,
    SetSpeed,
    SetStart,
    SetTransform,
    SetViewport,
    Step,
)
from engine.live.live_race import LiveRace
from engine.live.racer_settings import RacerSettings
from engine.live.runner import Runner
from engine.loss.loss import Loss
from engine.loss.terrain_sampler import DETAIL_PAUSE_S
from engine.loss.transform import IDENTITY, Transform
from engine.optimizers.function_optimizer import function_optimizer
from engine.race.race import Race
from engine.race.randomness import Randomness
from tests.engine.live.running import BOUNDS, FIRST_RACERS, answered, running, wait_for
from tests.engine.own import hills


@pytest.fixture
def runner() -> Iterator[Runner]:
    with running() as runner:
        yield runner


@pytest.fixture
def time_to_race_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a race be run again to its end on a machine with much else to do, too."""
    monkeypatch.setattr(live_race, "REPEAT_S", 10.0)


def test_the_first_frame_shows_a_waiting_race(runner: Runner) -> None:
    frame = wait_for(runner, lambda frame: True)
    assert (frame.step, frame.playing, len(frame.racers), frame.start) == (0, False, 2, (-1.2, 1.0))
    assert frame.terrain.heights.shape == (256, 256)


def test_playing_moves_and_pausing_holds(runner: Runner) -> None:
    runner.post(SetSpeed(100_000))
    runner.post(Play())
    wait_for(runner, lambda frame: frame.step > 1000)
    runner.post(Pause())
    held = wait_for(runner, lambda frame: not frame.playing)
    time.sleep(0.05)
    latest = runner.latest()
    assert latest is not None and latest.step == held.step


class Broken(SetHeight):
    """A command that a mistake in the program lets fail."""

    def apply(self, live: LiveRace) -> None:
        raise KeyError("a mistake")


class BrokenFormula(SetFormula):
    """The same for a text."""

    def apply(self, live: LiveRace) -> None:
        raise KeyError("a mistake")


def test_a_mistake_of_ours_is_reported_with_what_failed_and_the_race_goes_on(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", taken.append)
    request = runner.post(Broken("rank"))
    frame = wait_for(runner, lambda frame: frame.answered == request)
    assert frame.formula.error is None, "the formula is as good as before"
    assert [(report.exc_type, report.exc_value.__notes__) for report in taken] == [
        (KeyError, ["Changing the height failed"])
    ]
    assert traceback.extract_tb(taken[0].exc_traceback)[-1].name == "apply"
    runner.post(Step(7))
    assert wait_for(runner, lambda frame: frame.step == 7)


def test_a_mistake_of_ours_about_a_text_is_an_error_of_the_formula_too() -> None:
    failures: list[tuple[str, Exception]] = []
    with running(lambda *failure: failures.append(failure)) as runner:
        request = runner.post(BrokenFormula("x", BOUNDS, {}))
        frame = wait_for(runner, lambda frame: frame.formula.request == request)
        assert frame.formula.error is not None
        assert frame.formula.error.message == "Racing on the new formula failed (KeyError)."
        assert [(failed, type(error)) for failed, error in failures] == [("Racing on the new formula failed", KeyError)]


def test_a_race_that_fails_is_held_and_can_be_played_again(monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[tuple[str, Exception]] = []

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with running(lambda *failure: failures.append(failure)) as runner, monkeypatch.context() as broken:
        broken.setattr(Race, "advance", fail)
        runner.post(Play())
        wait_for(runner, lambda frame: not frame.playing and bool(failures))
        assert [(failed, type(error)) for failed, error in failures] == [
            ("The race failed and is held", ZeroDivisionError)
        ]
        broken.undo()
        runner.post(Play())
        wait_for(runner, lambda frame: frame.step > 0)


def test_what_is_tried_again_and_again_reports_its_failure_once(monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[tuple[str, Exception]] = []

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with running(lambda *failure: failures.append(failure)) as runner, monkeypatch.context() as broken:
        wait_for(runner, lambda frame: True)
        broken.setattr("engine.live.runner.IDLE_S", 0.001)
        broken.setattr(Loss, "compile", fail)
        runner.post(Pause())
        wait_for(runner, lambda frame: bool(failures))
        time.sleep(0.1)
        assert [failed for failed, _ in failures] == ["Compiling the formula failed"]


def test_a_snapshot_that_fails_does_not_end_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[tuple[str, Exception]] = []

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with running(lambda *failure: failures.append(failure)) as runner, monkeypatch.context() as broken:
        wait_for(runner, lambda frame: True)
        broken.setattr("engine.live.race_controller.racer_frames", fail)
        runner.post(Step(3))
        wait_for(runner, lambda frame: bool(failures))
        broken.undo()
        runner.post(Step(4))
        assert wait_for(runner, lambda frame: frame.step == 7)


def test_what_ends_a_race_at_once_is_told(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(driver: Driver, *values: object) -> int:
        raise NoCompilerError("Numba cannot be imported.")

    monkeypatch.setattr(Driver, "_run", refuse)
    # As where the frame before took so long that the next is not due yet.
    monkeypatch.setattr("engine.live.runner.PUBLISH_S", np.inf)
    runner.post(Play())
    ended = wait_for(runner, lambda frame: frame.formula.error is not None and not frame.playing)
    assert ended.formula.error.message == "Numba cannot be imported."
    assert ended.formula.error.hint == "Start the program with --selfcheck: it lists what there is."


def test_the_speed_is_what_was_asked_for(runner: Runner) -> None:
    runner.post(SetSpeed(500))
    runner.post(Play())
    first = wait_for(runner, lambda frame: frame.step > 50)
    began = time.monotonic()
    second = wait_for(runner, lambda frame: frame.step > first.step + 300)
    rate = (second.step - first.step) / (time.monotonic() - began)
    assert 200 < rate < 625, "never faster, and slower only where a machine has much else to do"


def test_stepping_back_shows_what_was(runner: Runner) -> None:
    runner.post(Step(20))
    there = wait_for(runner, lambda frame: frame.step == 20).racers[1].trail.positions
    runner.post(GoBack(5))
    back = wait_for(runner, lambda frame: frame.step == 15)
    assert back.racers[1].position == tuple(there[15])


def test_a_parameter_and_a_hyperparameter_reach_the_running_race(runner: Runner) -> None:
    runner.post(Play())
    before = wait_for(runner, lambda frame: frame.step > 5)
    runner.post(SetParameter("b", 5.0))
    runner.post(SetHyperparameter(1, "lr", 0.0))
    frame = wait_for(runner, lambda frame: frame.formula.parameters["b"] == 5.0)
    assert frame.step >= before.step
    assert frame.terrain.number > before.terrain.number
    later = wait_for(runner, lambda later: later.step > frame.step + 10)
    assert later.racers[0].position == frame.racers[0].position


def test_a_frame_tells_the_newest_command_that_it_knows_of(runner: Runner) -> None:
    first = runner.post(SetParameter("a", 2.0))
    second = runner.post(SetHyperparameter(1, "lr", 0.01))
    assert second > first
    frame = wait_for(runner, lambda frame: frame.answered == second)
    assert frame.formula.parameters["a"] == 2.0


def test_what_is_visible_is_sampled_more_finely_once_nobody_asks_for_anything(runner: Runner) -> None:
    runner.post(SetViewport(((0.0, 1.0), (0.0, 1.0)), 50, 40))
    fine = wait_for(runner, lambda frame: frame.detail is not None)
    assert fine.detail is not None and fine.detail.heights.shape == (40, 50)
    moved = runner.post(SetParameter("a", 2.0))
    assert wait_for(runner, lambda frame: frame.answered == moved).detail is None, "the answer does not wait for it"
    finer = wait_for(runner, lambda frame: frame.detail is not None)
    assert finer.detail is not None and finer.detail.number > finer.terrain.number > fine.detail.number


def test_who_stays_goes_on_and_a_newcomer_catches_up(runner: Runner) -> None:
    runner.post(Step(50))
    before = wait_for(runner, lambda frame: frame.step == 50)
    runner.post(SetRacers((RacerSettings(2, "Adam", {"lr": 0.02}), RacerSettings(3, "Lion", {"lr": 0.01}))))
    frame = wait_for(runner, lambda frame: frame.racers[0].position == before.racers[1].position)
    assert len(frame.racers[1].trail.steps) == 51


def test_an_edited_rule_takes_over_where_its_racer_stands(runner: Runner) -> None:
    runner.post(Step(50))
    before = wait_for(runner, lambda frame: frame.step == 50)
    runner.post(SetRacers((FIRST_RACERS[0], RacerSettings(2, "Adam", {"pull": 0.5}, "w = w*pull"))))
    swapped = answered(runner)
    assert [racer.position for racer in swapped.racers] == [racer.position for racer in before.racers]
    # A value of a name that the rule has no more may still be on its way.
    runner.post(SetHyperparameter(2, "lr", 3.0))
    runner.post(SetHyperparameter(2, "pull", 0.25))
    runner.post(Step(1))
    after = wait_for(runner, lambda frame: frame.step == 51)
    assert after.racers[1].position == tuple(0.25 * number for number in before.racers[1].position)
    assert after.racers[0].position != before.racers[0].position


def test_a_function_of_ones_own_races_and_another_takes_over_where_it_stands(runner: Runner) -> None:
    first, second = function_optimizer(hills.plain_descent), function_optimizer(hills.momentum)
    runner.post(SetRacers((FIRST_RACERS[0], RacerSettings(5, "", {"lr": 0.001}, function=first))))
    runner.post(Step(50))
    before = wait_for(runner, lambda frame: frame.step == 50)
    assert before.racers[1].position == pytest.approx(before.racers[0].position)
    runner.post(SetRacers((FIRST_RACERS[0], RacerSettings(5, "", {"lr": 0.0, "mu": 0.9}, function=second))))
    runner.post(Step(5))
    after = wait_for(runner, lambda frame: frame.step == 55)
    assert after.racers[1].position == before.racers[1].position
    runner.post(SetHyperparameter(5, "lr", 0.001))
    runner.post(Step(1))
    assert wait_for(runner, lambda frame: frame.step == 56).racers[1].position != before.racers[1].position


def test_a_rule_takes_over_within_a_tenth_of_a_second_at_full_speed(runner: Runner) -> None:
    runner.post(SetSpeed(100_000))
    runner.post(Play())
    wait_for(runner, lambda frame: frame.step > 100)
    took = []
    for number in range(5):
        began = time.monotonic()
        request = runner.post(SetRacers((FIRST_RACERS[0], RacerSettings(2, "Adam", {}, f"w = w - 0*(g + {number})"))))
        swapped = wait_for(runner, lambda frame, request=request: frame.answered >= request)
        took.append(time.monotonic() - began)
        later = wait_for(runner, lambda frame, swapped=swapped: frame.step > swapped.step + 100)
        assert later.racers[1].position == swapped.racers[1].position
    assert min(took) < 0.1, "the least of five: a machine may have much else to do"


def test_a_new_start_restarts_the_race(runner: Runner) -> None:
    runner.post(Step(9))
    runner.post(SetStart(0.5, 0.5))
    frame = wait_for(runner, lambda frame: frame.start == (0.5, 0.5))
    assert frame.step == 0 and frame.racers[0].position == (0.5, 0.5)


@pytest.mark.usefixtures("time_to_race_again")
def test_a_turned_landscape_takes_the_race_along_step_for_step(runner: Runner) -> None:
    runner.post(Step(40))
    before = wait_for(runner, lambda frame: frame.step == 40)
    for angle in (10.0, 60.0):
        transform = Transform(angle, pivot=(0.0, 1.0))
        turned = runner.post(SetTransform(transform, transform.shown((-1.2, 1.0))))
    frame = wait_for(runner, lambda frame: (frame.answered, frame.step) == (turned, 40))
    assert frame.start == transform.shown((-1.2, 1.0))
    assert frame.racers[0].position == pytest.approx(transform.shown(before.racers[0].position), abs=1e-6)
    assert frame.racers[1].position != pytest.approx(transform.shown(before.racers[1].position), abs=1e-3)
    upright = runner.post(SetTransform(IDENTITY, (-1.2, 1.0)))
    again = wait_for(runner, lambda frame: (frame.answered, frame.step) == (upright, 40))
    assert [racer.position for racer in again.racers] == [racer.position for racer in before.racers]
    np.testing.assert_allclose(again.terrain.values, before.terrain.values, rtol=1e-12, atol=1e-12)


def test_another_height_draws_the_same_losses_and_keeps_the_race(runner: Runner) -> None:
    before = wait_for(runner, lambda frame: True)
    asked = runner.post(SetHeight("rank"))
    frame = wait_for(runner, lambda frame: frame.answered == asked)
    assert frame.terrain.values is before.terrain.values
    assert np.mean(frame.terrain.heights) == pytest.approx(0.5, abs=0.01), "half lies below the middle"
    refused = runner.post(SetHeight("upside down"))
    told = wait_for(runner, lambda frame: frame.answered == refused)
    assert told.formula.error is not None and told.terrain.number == frame.terrain.number


def test_another_domain_is_sampled_under_the_running_race(runner: Runner) -> None:
    runner.post(Step(9))
    asked = runner.post(SetBounds(((0.0, 1.0), (0.5, 1.5))))
    frame = wait_for(runner, lambda frame: frame.answered == asked)
    assert (frame.step, frame.terrain.bounds) == (9, ((0.0, 1.0), (0.5, 1.5)))
    refused = runner.post(SetBounds(((1.0, 1.0), (0.5, 1.5))))
    told = wait_for(runner, lambda frame: frame.answered == refused)
    assert told.formula.error is not None and told.terrain.bounds == ((0.0, 1.0), (0.5, 1.5))


def test_what_is_visible_follows_while_it_moves(runner: Runner) -> None:
    wait_for(runner, lambda frame: True)
    began = time.monotonic()
    for place in range(5):
        bounds = ((0.1 * place, 1.0 + 0.1 * place), (0.0, 1.0))
        runner.post(SetViewport(bounds, 60, 50))
        wait_for(runner, lambda frame, bounds=bounds: frame.detail is not None and frame.detail.bounds == bounds)
    assert time.monotonic() - began < 5 * DETAIL_PAUSE_S, "it does not wait for the hand to rest"


def test_a_frame_tells_what_each_racer_costs_and_why_a_solver_stays(runner: Runner) -> None:
    racers = [RacerSettings(1, "Adam | sam"), RacerSettings(2, "CMAES"), RacerSettings(3, "DampedNewton")]
    runner.post(SetRacers(racers))
    runner.post(SetFormula("x^2 + y^2", BOUNDS, {}, (1.0, 1.0)))
    runner.post(Step(10))
    rule, swarm, still = wait_for(runner, lambda frame: frame.step == 10 and len(frame.racers) == 3).racers
    assert (rule.asks, rule.evaluations, rule.population) == ({"gradient": 2}, None, None)
    assert swarm.evaluations > 10 and swarm.population.shape[1] == 2 and swarm.rested is None
    assert still.reason.startswith("The ground is level") and still.rested < 10


def test_noise_comes_and_goes_under_the_running_race(runner: Runner) -> None:
    runner.post(Step(20))
    calm = wait_for(runner, lambda frame: frame.step == 20)
    asked = runner.post(SetRandomness(Randomness("noise", 5.0)))
    shaken = wait_for(runner, lambda frame: frame.answered == asked)
    assert [racer.position for racer in shaken.racers] == [racer.position for racer in calm.racers]
    runner.post(SetRandomness(Randomness()))
    runner.post(Restart())
    runner.post(Step(20))
    again = wait_for(runner, lambda frame: frame.step == 20 and frame.answered > asked)
    assert [racer.position for racer in again.racers] == [racer.position for racer in calm.racers]


@pytest.mark.usefixtures("time_to_race_again")
def test_other_seeds_race_again_and_show_their_spread(runner: Runner) -> None:
    runner.post(Step(30))
    wait_for(runner, lambda frame: frame.step == 30)
    asked = runner.post(SetRandomness(Randomness("noise", 0.5, seed=4, seeds=9)))
    frame = wait_for(runner, lambda frame: frame.answered == asked)
    assert frame.step == 30
    for racer in frame.racers:
        assert racer.band is not None and racer.band.steps[-1] == 30
        assert racer.band.low[-1] < racer.band.high[-1]


def test_a_new_formula_keeps_seeds_and_noise(runner: Runner) -> None:
    runner.post(SetRandomness(Randomness("noise", 0.5, seeds=5)))
    runner.post(SetFormula("x^2 + y^2", BOUNDS, {}, (1.0, 1.0)))
    runner.post(Step(5))
    frame = wait_for(runner, lambda frame: frame.formula.text == "x^2 + y^2" and frame.step == 5)
    assert all(racer.band is not None and racer.band.low[-1] < racer.band.high[-1] for racer in frame.racers)
