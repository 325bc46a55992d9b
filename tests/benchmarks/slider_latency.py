"""From a slider's move to the frame that shows it, while eight racers run at full speed."""

import random
import statistics

from measure import seconds, spread
from real_window import close, racing_window, run_for, wait_for

from gui.main_window import MainWindow

MOVES = 40
LONGEST_PAUSE_S = 0.1
SHARE, GOAL_MS = 0.95, 50.0


def move(window: MainWindow, value: float) -> tuple[float, int]:
    """Move the slider of `b`; return the ms until it is shown, and how many frames came until then."""
    frames = []

    def send() -> None:
        window.session.set_parameter("b", value)
        frames.append(wait_for(window, lambda frame: frame.formula.parameters.get("b") == value))

    return 1e3 * seconds(send), frames[0]


def main() -> None:
    """Print the latency, and in how many frames a move is shown."""
    window = racing_window()
    moment = random.Random(0)
    moves = []
    for number in range(MOVES):
        # Moves come at any moment between two frames, as a hand's do.
        run_for(moment.uniform(0, LONGEST_PAUSE_S))
        moves.append(move(window, 50.0 + number))
    times, frames = zip(*moves, strict=True)
    print(spread("a slider's move to its frame", times, SHARE, GOAL_MS))
    counts = f"median {statistics.median(frames):.0f}, most {max(frames)}"
    print(f"frames until a slider's move is shown: {counts} (goal 1)", flush=True)
    close(window)


if __name__ == "__main__":
    main()
