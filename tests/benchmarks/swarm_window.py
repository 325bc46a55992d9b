"""Swarms in the real window: how many pictures of them a second the contour view shows beside the race."""

import time

from measure import spread
from real_window import PaintClock, close, racing_window, run_for

from engine.live.commands import Seek
from gui.session.choices import RacerChoice
from gui.session.racer_visibility import release
from gui.window.main_window import MainWindow

GOALS_FPS = {1_000_000: 20, 250_000: 60}
STEPS_A_SECOND = 60.0
SECONDS, REST_S = 4.0, 1.0
SHARE, GOAL_MS = 0.99, 25.0


class PictureClock:
    """Counts the pictures of swarms that are shown, and notes the steps that they show."""

    def __init__(self, window: MainWindow) -> None:
        self.steps: list[int] = []
        contour, shown = window.contour, window.contour.show_swarms

        def count(images: object) -> None:
            swarms = window.landscape_views.swarms.shown
            if swarms is not None:
                self.steps.append(swarms.step)
            shown(images)

        contour.show_swarms = count


def measure(window: MainWindow, racer: RacerChoice, count: int, goal: int) -> None:
    """Print the pictures a second of a swarm, and the frames of the race beside it."""
    window.controller.runner.post(Seek(0))
    release(window.session, racer.key, count)
    run_for(REST_S)
    clock, paints = PictureClock(window), PaintClock(window.contour.panels[0].viewport(), window)
    window.controller.toggle()
    began, cpu = time.perf_counter(), time.process_time()
    run_for(SECONDS)
    wall = time.perf_counter() - began
    window.controller.toggle()
    fps, busy = len(set(clock.steps)) / wall, (time.process_time() - cpu) / wall
    print(f"{count:,} members of {racer.name} in the window: {fps:.0f} pictures a second at {STEPS_A_SECOND:.0f} steps "
          f"(goal {goal}), {busy:.2f} cores busy", flush=True)  # fmt: skip
    intervals = [1e3 * (after - before) for before, after in zip(paints.moments, paints.moments[1:], strict=False)]
    print(spread("  frames of the contour view", intervals, SHARE, GOAL_MS), flush=True)
    release(window.session, racer.key, 0)
    run_for(REST_S)


def main() -> None:
    """Print the figures with the contour view alone."""
    window = racing_window(["Adam", "Momentum"])
    window.controller.toggle()
    window.session.set_views("contour")
    window.session.set_speed(STEPS_A_SECOND)
    for count, goal in GOALS_FPS.items():
        measure(window, window.session.racers[0], count, goal)
    close(window)


if __name__ == "__main__":
    main()
