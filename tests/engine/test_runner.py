"""The runner as the window meets it: commands go in, frames come out."""

import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from engine.frame import Frame
from engine.runner import RacerSettings, Runner

BOUNDS = ((-2.0, 2.0), (-1.0, 3.0))
PATIENCE_S = 10.0


@pytest.fixture
def runner() -> Iterator[Runner]:
    runner = Runner()
    runner.set_racers([RacerSettings(1, "SGD", {"lr": 0.001}), RacerSettings(2, "Adam", {"lr": 0.02})])
    runner.set_formula("(a - x)^2 + b*(y - x^2)^2", BOUNDS, {"a": 1.0, "b": 100.0}, (-1.2, 1.0))
    runner.start()
    yield runner
    runner.stop()


def wait_for(runner: Runner, holds: Callable[[Frame], bool]) -> Frame:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        frame = runner.latest()
        if frame is not None and holds(frame):
            return frame
        time.sleep(0.002)
    raise AssertionError(f"no such frame within {PATIENCE_S} s; the last: {runner.latest()}")


def test_the_first_frame_shows_a_waiting_race(runner: Runner) -> None:
    frame = wait_for(runner, lambda frame: True)
    assert (frame.step, frame.playing, len(frame.racers), frame.start) == (0, False, 2, (-1.2, 1.0))
    assert frame.terrain.heights.shape == (256, 256)


def test_playing_moves_and_pausing_holds(runner: Runner) -> None:
    runner.set_speed(100_000)
    runner.play()
    wait_for(runner, lambda frame: frame.step > 1000)
    runner.pause()
    held = wait_for(runner, lambda frame: not frame.playing)
    time.sleep(0.05)
    latest = runner.latest()
    assert latest is not None and latest.step == held.step


def test_the_speed_is_what_was_asked_for(runner: Runner) -> None:
    runner.set_speed(500)
    runner.play()
    first = wait_for(runner, lambda frame: frame.step > 50)
    began = time.monotonic()
    second = wait_for(runner, lambda frame: frame.step > first.step + 300)
    assert (second.step - first.step) / (time.monotonic() - began) == pytest.approx(500, rel=0.25)


def test_stepping_back_shows_what_was(runner: Runner) -> None:
    runner.step(20)
    there = wait_for(runner, lambda frame: frame.step == 20).racers[1].trail.positions
    runner.back(5)
    back = wait_for(runner, lambda frame: frame.step == 15)
    assert back.racers[1].position == tuple(there[15])


def test_a_wrong_formula_is_told_and_the_last_good_one_stays(runner: Runner) -> None:
    request = runner.set_formula("sinn(x)", BOUNDS, {})
    frame = wait_for(runner, lambda frame: frame.formula.request == request)
    assert frame.formula.error is not None and "sinn" in frame.formula.error.message
    assert frame.formula.text.startswith("(a - x)")


def test_a_parameter_and_a_hyperparameter_reach_the_running_race(runner: Runner) -> None:
    runner.play()
    before = wait_for(runner, lambda frame: frame.step > 5)
    runner.set_parameter("b", 5.0)
    runner.set_hyperparameter(1, "lr", 0.0)
    frame = wait_for(runner, lambda frame: frame.formula.parameters["b"] == 5.0)
    assert frame.step >= before.step
    assert frame.terrain.number > before.terrain.number
    later = wait_for(runner, lambda later: later.step > frame.step + 10)
    assert later.racers[0].position == frame.racers[0].position


def test_who_stays_goes_on_and_a_newcomer_catches_up(runner: Runner) -> None:
    runner.step(50)
    before = wait_for(runner, lambda frame: frame.step == 50)
    runner.set_racers([RacerSettings(2, "Adam", {"lr": 0.02}), RacerSettings(3, "Lion", {"lr": 0.01})])
    frame = wait_for(runner, lambda frame: frame.racers[0].position == before.racers[1].position)
    assert len(frame.racers[1].trail.steps) == 51


def test_a_new_start_restarts_the_race(runner: Runner) -> None:
    runner.step(9)
    runner.set_start(0.5, 0.5)
    frame = wait_for(runner, lambda frame: frame.start == (0.5, 0.5))
    assert frame.step == 0 and frame.racers[0].position == (0.5, 0.5)


@pytest.mark.parametrize("formula", ["1/0*x", "log(-1)", "1e300*(x^2 + y^2)", "3", "1/x", "floor(9x)"])
def test_a_hostile_landscape_has_frames(runner: Runner, formula: str) -> None:
    request = runner.set_formula(formula, BOUNDS, {}, (0.5, 0.5))
    frame = wait_for(runner, lambda frame: frame.formula.request == request)
    heights = frame.terrain.heights
    assert np.all(np.isnan(heights) | ((heights >= 0) & (heights <= 1.0001)))
