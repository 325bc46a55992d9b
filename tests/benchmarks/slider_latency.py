"""From a slider's move to the racers that step with the new value, and to the frame that shows it, at full speed."""

import random
import statistics
import threading
import time

from measure import spread
from real_window import close, racing_window, run_for, wait_for

from gui.main_window import MainWindow

MOVES = 40
LONGEST_PAUSE_S = 0.1
SHARE = 0.95
FRAME_MS = 1e3 / 60
LOOK_S = 0.0005
LATEST_S = 5.0


class Watch(threading.Thread):
    """Looks, beside the window, for the moment from which on the race steps with a value."""

    def __init__(self, window: MainWindow, value: float) -> None:
        super().__init__(daemon=True)
        self._runner, self._value = window.controller.runner, value
        self.reached_at = float("nan")

    def run(self) -> None:
        """Note when the runner tells that the race has it: the next step is made with it."""
        began = time.perf_counter()
        while time.perf_counter() - began < LATEST_S:
            if self._runner.latest().formula.parameters.get("b") == self._value:
                self.reached_at = time.perf_counter()
                return
            time.sleep(LOOK_S)


def move(window: MainWindow, value: float) -> tuple[float, float, int]:
    """Move the slider of `b`; return the ms until the race has it and until it is shown, and the frames till then."""
    watch = Watch(window, value)
    watch.start()
    began = time.perf_counter()
    window.session.set_parameter("b", value)
    frames = wait_for(window, lambda frame: frame.formula.parameters.get("b") == value)
    shown = time.perf_counter()
    watch.join()
    return 1e3 * (watch.reached_at - began), 1e3 * (shown - began), frames


def main() -> None:
    """Print both latencies, and in how many frames a move is shown."""
    window = racing_window()
    moment = random.Random(0)
    moves = []
    for number in range(MOVES):
        # Moves come at any moment between two frames, as a hand's do.
        run_for(moment.uniform(0, LONGEST_PAUSE_S))
        moves.append(move(window, 50.0 + number))
    reached, shown, frames = zip(*moves, strict=True)
    print(spread("a slider's move to the racers that step with it", reached, SHARE, FRAME_MS))
    print(spread("a slider's move to the frame that shows it", shown, SHARE, FRAME_MS))
    counts = f"median {statistics.median(frames):.0f}, most {max(frames)}"
    print(f"frames until a slider's move is shown: {counts} (goal 1)", flush=True)
    close(window)


if __name__ == "__main__":
    main()
