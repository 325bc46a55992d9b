"""How long the window stands still under random hands with up to 31 racers: ``event_loop_gaps.py [actions] [seed]``."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path

from heartbeat import Gap, Heartbeat
from memory_hour import resident_mb
from PySide6.QtCore import QStandardPaths
from real_window import RACERS, close, racing_window

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.gui.random_hands import RandomHands  # noqa: E402

ACTIONS, SEED, MOST_RACERS = 2200, 1, 31
LONG_S = 0.1
TOLD = 60
MEMORY_EVERY = 200
"""Actions between two looks at the resident size."""


def main() -> None:
    actions = int(sys.argv[1]) if len(sys.argv) > 1 else ACTIONS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    QStandardPaths.setTestModeEnabled(True)
    window = racing_window((RACERS * 4)[:MOST_RACERS])
    window.resize(1400, 900)
    hands = RandomHands(window, seed, MOST_RACERS)
    heart = Heartbeat(LONG_S, lambda: " | ".join(hands.done[-2:]))
    began = time.monotonic()
    for number in range(actions):
        hands.act()
        if number % MEMORY_EVERY == 0:
            racers = len(window.session.racers)
            print(
                f"{time.monotonic() - began:6.1f} s {number:5} things, {racers:2} racers, {resident_mb():4.0f} MB, {len(heart.gaps)} gaps",
                flush=True,
            )
    heart.stop()
    print(
        f"{actions} things with seed {seed}: {resident_mb():.0f} MB at the end, {resident_mb('VmHWM'):.0f} MB at most"
    )
    tell(heart.gaps)
    close(window)


def tell(gaps: list[Gap]) -> None:
    long = [gap for gap in gaps if gap.own_s > LONG_S]
    print(
        f"{len(gaps)} gaps above {LONG_S} s, {len(long)} without what other programs took; longest {max((g.own_s for g in gaps), default=0):.2f}"
    )
    causes = defaultdict(list)
    for gap in long:
        causes[gap.cause].append(gap)
    for cause, found in sorted(causes.items(), key=lambda pair: -sum(gap.own_s for gap in pair[1]))[:TOLD]:
        print(
            f"{len(found):3} x, {sum(gap.own_s for gap in found):5.2f} s in all, longest {max(gap.own_s for gap in found):.2f} s"
            f" (computed {sum(gap.computed for gap in found) / sum(gap.own_s for gap in found):.0%}): {cause}   [{max(found, key=lambda g: g.own_s).while_at[:100]}]"
        )


if __name__ == "__main__":
    main()
