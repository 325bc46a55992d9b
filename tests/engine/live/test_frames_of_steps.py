"""At the speed of a screen each step of a race is in a frame, though a busy computer wakes the runner late."""

from itertools import cycle, pairwise

import pytest

from engine.live import pacing, race_controller
from engine.live import runner as runner_module
from engine.live.commands import Play, SetFormula, SetRacers, SetSpeed
from engine.live.frame import Frame
from engine.live.pacing import PUBLISH_S
from engine.live.race_controller import RaceController
from engine.live.runner import Runner
from tests.engine.live.running import BOUNDS, FIRST_RACERS, FORMULA

SCREEN_HZ = 60.0
SECONDS = 4.0
TURN_S = 1e-4
"""What a turn of the runner takes here, beside its rests."""
LATE_S = 0.0005, 0.0, 0.003, 0.001, 0.0, 0.002, 0.0005
"""By how much rests are too long."""


class BusyClock:
    """A clock that goes on by itself a little with each look at it, and whose rests are too long."""

    def __init__(self) -> None:
        self.now, self._late = 1.0, cycle(LATE_S)

    def monotonic(self) -> float:
        self.now += TURN_S
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds + next(self._late)


def test_each_step_is_in_a_frame_and_no_frame_comes_too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, runner, frames = BusyClock(), Runner(), list[tuple[float, int]]()
    for module in (runner_module, pacing, race_controller):
        monkeypatch.setattr(module, "time", clock)
    take_frame = RaceController.take_frame

    def noted(controller: RaceController) -> Frame | None:
        frame = take_frame(controller)
        if frame is not None and frame.playing and frame.step:
            frames.append((clock.now, frame.step))
        if clock.now > SECONDS:
            runner.stop()
        return frame

    monkeypatch.setattr(RaceController, "take_frame", noted)
    for command in (
        SetRacers(FIRST_RACERS),
        SetFormula(FORMULA, BOUNDS, {"a": 1.0, "b": 100.0}),
        SetSpeed(SCREEN_HZ),
        Play(),
    ):
        runner.post(command)
    runner._work()
    times, steps = zip(*frames, strict=True)
    assert len(set(steps)) > 0.97 * steps[-1] > 0.9 * SCREEN_HZ * (SECONDS - 1.0)
    assert min(after - before for before, after in pairwise(times)) >= PUBLISH_S
