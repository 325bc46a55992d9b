"""From the click on a lesson to its first step on the screen, scene by scene, and what the window does meanwhile.

Pass ``--profile`` to see what the window's thread works at. Needs a display.
"""

import cProfile
import pstats
import sys
import time
from collections.abc import Callable
from functools import partial

from measure import spread
from PySide6.QtCore import QEvent, QObject
from real_window import PATIENCE_S, close, run_for, wait_for

from engine.live.frame import Frame
from gui.look.style import apply
from gui.look.theme import DARK
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.lessons.lesson_collection import read_collection
from gui.session.session import Session
from gui.shell.app import freeze_garbage_collection, make_application
from gui.window.lessons.course import Course
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE

READING_S = 2.5
"""Between two clicks: less than anyone reads a scene in."""
POLL_S = 2e-3
SHARE = 0.95
GOAL_MS, CLICK_GOAL_MS = 300.0, 40.0


class StepClock(QObject):
    """Notes when the contour view first paints a frame of a race that has begun since it was started."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window, self._request = window, sys.maxsize
        self.moment = 0.0
        window.contour.panels[0].viewport().installEventFilter(self)

    def start(self) -> None:
        """Wait for frames that answer what was posted so far."""
        self._request, self.moment = self._window.controller.runner.newest_request, 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at every paint, and let it pass."""
        if event.type() == QEvent.Type.Paint and not self.moment and self._shows_step(self._window.frame):
            self.moment = time.perf_counter()
        return False

    def _shows_step(self, frame: Frame | None) -> bool:
        """Return whether a frame shows a step, or a race that begins with a question."""
        return frame is not None and frame.answered >= self._request and (frame.step > 0 or not frame.playing)


def measured(
    clock: StepClock, click: Callable[[], object], profile: cProfile.Profile | None
) -> tuple[float, float, float]:
    """Return ms from a click to the first step, and the processor's ms of the click itself and until that step."""
    if profile is not None:
        profile.enable()
    began, worked = time.perf_counter(), time.thread_time()
    click()
    clock.start()
    clicked, click_work = time.perf_counter(), time.thread_time() - worked
    while not clock.moment and time.perf_counter() < clicked + PATIENCE_S:
        run_for(POLL_S)
    work = time.thread_time() - worked
    if profile is not None:
        profile.disable()
    run_for(READING_S)
    return tuple(1e3 * each for each in (clock.moment - began, click_work, work))  # type: ignore[return-value]


def main() -> None:
    """Print a line a scene, and the spreads."""
    application = make_application()
    apply(application, DARK)
    window = MainWindow(Session(CATALOGUE[FIRST_LANDSCAPE], FIRST_RACERS), DARK)
    window.resize(1280, 720)
    window.show()
    wait_for(window, lambda frame: True)
    while not window.precompiler.done:
        run_for(READING_S)
    freeze_garbage_collection()
    lessons = read_collection(None).lessons
    clock = StepClock(window)
    profile = cProfile.Profile(time.thread_time) if "--profile" in sys.argv else None
    rows = []
    # As pointing at it in the list does.
    window.lessons.prepare(Course("All", lessons))
    run_for(READING_S)
    for number, lesson in enumerate(lessons):
        course = Course("All", lessons, number)
        rows.append(measured(clock, partial(window.lessons.play, course), profile))
        print(f"{lesson.name}: {rows[-1][0]:.0f} ms, click {rows[-1][1]:.0f} ms, work {rows[-1][2]:.0f} ms", flush=True)
    if profile is not None:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(100)
    times, clicks, work = zip(*rows, strict=True)
    print(spread("a click on a lesson to its first step", times, SHARE, GOAL_MS))
    print(spread("what the click itself takes", clicks, SHARE, CLICK_GOAL_MS))
    print(spread("work of the window's thread until the first step", work, SHARE, GOAL_MS), flush=True)
    close(window)


if __name__ == "__main__":
    main()
