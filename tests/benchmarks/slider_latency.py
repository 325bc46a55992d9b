"""From a slider's move to the racers that step with the new value, and to the frame that shows it, at full speed."""

import random
import statistics
import time

from measure import spread
from real_window import close, racing_window, run_for, wait_for

from engine.loss.loss import Loss
from gui.window.main_window import MainWindow

MOVES = 40
LONGEST_PAUSE_S = 0.1
SHARE = 0.95
FRAME_MS = 1e3 / 60


class Reached:
    """Notes when the race's loss is given a value: the next step is made with it."""

    def __init__(self) -> None:
        self.moment = float("nan")
        self._give = Loss.set
        Loss.set = lambda loss, **values: self._note(loss, values)

    def _note(self, loss: Loss, values: dict[str, float]) -> None:
        self._give(loss, **values)
        self.moment = time.perf_counter()

    def end(self) -> None:
        """Leave things as they were."""
        Loss.set = self._give


def move(window: MainWindow, reached: Reached, value: float) -> tuple[float, float, int]:
    """Move the slider of `b`; return the ms until the race has it and until it is shown, and the frames till then."""
    began = time.perf_counter()
    window.session.set_parameter("b", value)
    frames = wait_for(window, lambda frame: frame.formula.parameters.get("b") == value)
    shown = time.perf_counter()
    return 1e3 * (reached.moment - began), 1e3 * (shown - began), frames


def main() -> None:
    """Print both latencies, and in how many frames a move is shown."""
    window = racing_window()
    moment, reached_by = random.Random(0), Reached()
    moves = []
    for number in range(MOVES):
        # Moves come at any moment between two frames, as a hand's do.
        run_for(moment.uniform(0, LONGEST_PAUSE_S))
        moves.append(move(window, reached_by, 50.0 + number))
    reached_by.end()
    reached, shown, frames = zip(*moves, strict=True)
    print(spread("a slider's move to the racers that step with it", reached, SHARE, FRAME_MS))
    print(spread("a slider's move to the frame that shows it", shown, SHARE, FRAME_MS))
    counts = f"median {statistics.median(frames):.0f}, most {max(frames)}"
    print(f"frames until a slider's move is shown: {counts} (goal 1)", flush=True)
    close(window)


if __name__ == "__main__":
    main()
