"""Measures the real window: the start, the frame interval of eight racers at full speed, a slider's way to the race."""

import statistics
import time
from itertools import pairwise

BEGAN = time.perf_counter()

from PySide6.QtWidgets import QApplication, QLabel  # noqa: E402

from gui.app import make_application  # noqa: E402
from gui.main_window import MainWindow  # noqa: E402
from gui.session import Session  # noqa: E402
from gui.style import apply  # noqa: E402
from gui.theme import DARK  # noqa: E402
from landscapes import LANDSCAPES  # noqa: E402

RACERS = ["SGD(lr=0.001)", "Momentum(lr=0.001)", "Nesterov(lr=0.001)", "AdaGrad", "Adadelta", "RMSProp", "Adam", "Lion"]
SECONDS = 6.0
FULL_SPEED = 100_000.0


def process_for(application: QApplication, seconds: float) -> list[float]:
    """Return the intervals in ms between turns of the event loop in which a frame was shown."""
    moments: list[float] = []
    end = time.perf_counter() + seconds
    seen = window.frame
    while time.perf_counter() < end:
        application.processEvents()
        if window.frame is not seen:
            seen = window.frame
            moments.append(time.perf_counter())
        time.sleep(0.0005)
    return [1e3 * (later - earlier) for earlier, later in pairwise(moments)]


def report(name: str, intervals: list[float]) -> None:
    """Print the median and the 99th percentile."""
    ninety_ninth = sorted(intervals)[int(0.99 * len(intervals))]
    print(f"{name}: frame interval median {statistics.median(intervals):.1f} ms, 99th percentile {ninety_ninth:.1f} ms")


if __name__ == "__main__":
    application = make_application()
    apply(application, DARK)
    window = MainWindow(Session(LANDSCAPES["Rosenbrock"], RACERS), DARK)
    window.show()
    while window.frame is None:
        application.processEvents()
    application.processEvents()
    print(f"start to first painted landscape: {time.perf_counter() - BEGAN:.2f} s")
    process_for(application, 1.0)
    window.session.set_speed(FULL_SPEED)
    window.controller.runner.play()
    process_for(application, 1.0)
    if not isinstance(window.surface, QLabel):
        report("both views, 8 racers at full speed", process_for(application, SECONDS))
        window.surface.hide()
    report("contour view alone, 8 racers at full speed", process_for(application, SECONDS))
    assert window.frame is not None
    print(f"reached {window.frame.steps_per_second:,.0f} steps/s")
    began = time.perf_counter()
    window.session.set_parameter("b", 50.0)
    while window.frame.formula.parameters["b"] != 50.0:
        application.processEvents()
    print(f"a slider reached the frame in {1e3 * (time.perf_counter() - began):.1f} ms")
    window.close()
