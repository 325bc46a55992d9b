"""A runner at work, and how to wait for its frames."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.live.commands import SetFormula, SetRacers
from engine.live.frame import Frame
from engine.live.race_controller import ReportFailure
from engine.live.racer_settings import RacerSettings
from engine.live.runner import Runner
from engine.machine.failures import report_failure

BOUNDS = ((-2.0, 2.0), (-1.0, 3.0))
PATIENCE_S = 10.0
FORMULA = "(a - x)^2 + b*(y - x^2)^2"
FIRST_RACERS = (RacerSettings(1, "SGD", {"lr": 0.001}), RacerSettings(2, "Adam", {"lr": 0.02}))


@contextmanager
def running(report_failure: ReportFailure = report_failure) -> Iterator[Runner]:
    runner = Runner(report_failure)
    runner.post(SetRacers(FIRST_RACERS))
    runner.post(SetFormula(FORMULA, BOUNDS, {"a": 1.0, "b": 100.0}, (-1.2, 1.0)))
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


def answered(runner: Runner) -> Frame:
    """Return a frame from after every command so far: a wrong formula changes nothing but its request."""
    request = runner.post(SetFormula("(", BOUNDS, {}))
    return wait_for(runner, lambda frame: frame.formula.request == request)
