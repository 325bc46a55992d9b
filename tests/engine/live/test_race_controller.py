"""How much of a race goes by between two looks at the queue of commands."""

import time

import pytest

from engine import OPTIMIZERS
from engine.live.commands import Play, Seek, SetFormula, SetRacers, SetSpeed, SetStop
from engine.live.pacing import FEWEST_STEPS, LONGEST_SLICE_S
from engine.live.race_controller import RaceController
from engine.live.racer_settings import RacerSettings

BOUNDS = ((-2.0, 2.0), (-1.0, 3.0))
FULL_SPEED = 1e7
"""Steps per second: more than there is time for, so that the length of a slice is the controller's own choice."""


def racing(optimizers: list[str]) -> RaceController:
    """Return the controller of a race at full speed."""
    controller = RaceController()
    commands = (
        SetRacers(racers_of(optimizers)),
        SetFormula("x^4 + y^2", BOUNDS, {}, (1.5, 2.0)),
        SetSpeed(FULL_SPEED),
        Play(),
    )
    for request, command in enumerate(commands):
        controller.execute(request, command)
    return controller


def racers_of(optimizers: list[str]) -> tuple[RacerSettings, ...]:
    return tuple(RacerSettings(key, name) for key, name in enumerate(optimizers))


def slices(controller: RaceController, count: int) -> list[tuple[int, float]]:
    """Return the steps and the seconds of this thread's work of so many slices."""
    assert controller.race is not None
    found = []
    while len(found) < count:
        step, began = controller.race.step, time.thread_time()
        if controller.advance_slice():
            found.append((controller.race.step - step, time.thread_time() - began))
    return found


@pytest.mark.parametrize("joining", [False, True])
def test_slow_solvers_make_fewer_steps_at_a_time_so_that_no_command_waits_for_them(joining: bool) -> None:
    slow = ["CMAES", "SPSA", "ParticleSwarm"]
    for name in ["Adam", *slow]:
        # Compiling takes seconds, once for each computer, and is told; what is measured here comes after.
        for driver in OPTIMIZERS[name].drivers:
            driver.prepare()
    controller = racing(["Adam"] if joining else slow)
    if joining:
        slices(controller, 20)
        controller.race.restart()
        controller.execute(9, SetRacers(racers_of(["Adam", *slow])))
    assert max(seconds for _, seconds in slices(controller, 8)) < 4 * LONGEST_SLICE_S


def test_quick_racers_make_so_many_steps_at_a_time_that_what_goes_by_the_slice_matters_little() -> None:
    controller = racing(["SGD"] * 8)
    assert max(steps for steps, _ in slices(controller, 30)) > FEWEST_STEPS


def test_a_race_plays_exactly_as_far_as_its_stop_and_no_farther_until_that_is_taken_back() -> None:
    controller = racing(["Adam"])
    for request, command in enumerate((SetSpeed(1e6), SetStop(1234), Play()), start=10):
        controller.execute(request, command)
    while controller.playing:
        controller.advance()
    assert controller.live.race is not None and controller.live.race.step == 1234
    controller.execute(13, Play())
    while controller.playing:
        controller.advance()
    assert controller.live.race.step == 1234
    controller.execute(14, Seek(1300))
    assert controller.live.race.step == 1300
    controller.execute(15, SetStop(None))
    controller.execute(16, Play())
    while controller.live.race.step == 1300:
        controller.advance()
    assert controller.playing
