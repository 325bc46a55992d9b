"""Time between painted frames of the real window at full speed: ``frame_interval.py [racers]``, without it of eight."""

import sys
from itertools import pairwise

from measure import spread
from PySide6.QtWidgets import QWidget
from real_window import RACERS, PaintClock, close, has_surface, racing_window, run_for

from engine.optimizers import OPTIMIZERS
from gui.window.main_window import MainWindow

SECONDS = 8.0
SHARE = 0.99
CONTOUR_GOAL_MS, BOTH_GOAL_MS = 25.0, 50.0


def intervals_ms(window: MainWindow, views: dict[str, QWidget]) -> dict[str, list[float]]:
    """Return, view by view, the times between one painted frame and the next."""
    clocks = {name: PaintClock(view, window) for name, view in views.items()}
    run_for(SECONDS)
    return {
        name: [1e3 * (later - earlier) for earlier, later in pairwise(clock.moments)] for name, clock in clocks.items()
    }


def main() -> None:
    """Print the frame intervals with both views, then with the contour view alone; many racers include all solvers."""
    racers = [*RACERS, *reversed(list(OPTIMIZERS))][: int(sys.argv[1]) if len(sys.argv) > 1 else len(RACERS)]
    window = racing_window(racers)
    contour = window.contour.panels[0].viewport()
    if has_surface(window):
        both = {
            "contour view beside the 3-D view": contour,
            "3-D view beside the contour view": window.surface.panels[0],
        }
        for name, intervals in intervals_ms(window, both).items():
            print(spread(f"{len(racers)} racers, {name}", intervals, SHARE, BOTH_GOAL_MS), flush=True)
        window.surface.hide()
    else:
        print("Both views: there is no OpenGL here, so no 3-D view to measure.")
    run_for(1.0)
    alone = intervals_ms(window, {"contour view alone": contour})
    for name, intervals in alone.items():
        print(spread(f"{len(racers)} racers, {name}", intervals, SHARE, CONTOUR_GOAL_MS), flush=True)
    print(f"the race ran at {window.frame.steps_per_second:,.0f} steps/s", flush=True)
    close(window)


if __name__ == "__main__":
    main()
