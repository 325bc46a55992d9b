"""How long a turn of the event loop lasts at full speed with both views: ``turns.py [racers]``, without it of eight."""

import sys
from itertools import pairwise
from time import perf_counter

from measure import percentile, spread
from PySide6.QtCore import Qt, QTimer
from real_window import RACERS, close, has_surface, racing_window, run_for

SECONDS = 8.0
BEAT_MS = 1
SHARE, GOAL_MS = 0.99, 20.0


def beats() -> list[float]:
    """Return the moments at which a clock in the event loop beats: late, where a turn lasts longer than a beat."""
    moments: list[float] = []
    clock = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
    clock.timeout.connect(lambda: moments.append(perf_counter()))
    clock.start()
    run_for(SECONDS)
    clock.stop()
    return moments


def main() -> None:
    """Print the times between two beats."""
    racers = int(sys.argv[1]) if len(sys.argv) > 1 else len(RACERS)
    window = racing_window((RACERS * racers)[:racers])
    gaps = [1e3 * (later - earlier) for earlier, later in pairwise(beats())]
    views = "both views" if has_surface(window) else "the contour view alone: there is no OpenGL here"
    print(spread(f"{racers} racers, {views}, from turn to turn of the event loop", gaps, SHARE, GOAL_MS))
    print(f"  95th percentile {percentile(gaps, 0.95):.1f} ms, longest {max(gaps):.1f} ms, {len(gaps)} turns")
    print(f"the race ran at {window.frame.steps_per_second:,.0f} steps/s", flush=True)
    close(window)


if __name__ == "__main__":
    main()
