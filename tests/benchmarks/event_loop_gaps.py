"""How long the window stands still under random hands with up to 31 racers: ``event_loop_gaps.py [actions] [seed]``.

A gap is the time from one turn of the event loop to the next.  What counts is the processor time of the window's thread
in it, which is what would be left of the gap on a machine with nothing else to do.  Gaps in which the wait cursor was
shown are counted by what it was shown for; the others are the untold ones.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from heartbeat import Gap, Heartbeat
from memory_hour import resident_mb
from PySide6.QtCore import QStandardPaths
from real_window import RACERS, close, racing_window

from gui.background.free_memory import trim_heap
from tests.gui.window.random_hands import RandomHands
from tests.pace import slowness

ACTIONS, SEED, MOST_RACERS = 2200, 1, 31
LONG_S = 0.1
"""The goal: no gap of which a person is told nothing is longer."""
GROWTH_MB = 30.0
"""The goal: the last quarter of the time takes no more than this beyond the second."""
LOOKS = 24
"""At the resident size, evenly."""
CAUSES = 25
"""That are told, those that took longest first."""
LONGEST = 8
"""Gaps of a cause whose actions are told."""


def main() -> None:
    """Print the resident size over time, and the gaps by their causes."""
    actions = int(sys.argv[1]) if len(sys.argv) > 1 else ACTIONS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    QStandardPaths.setTestModeEnabled(True)
    window = racing_window((RACERS * 4)[:MOST_RACERS])
    hands = RandomHands(window, seed, MOST_RACERS)
    heart = Heartbeat(LONG_S, lambda: " | ".join(hands.done[-2:]))
    began, sizes = time.monotonic(), []
    for number in range(actions):
        hands.act()
        if number % max(actions // LOOKS, 1) == 0:
            # As the program does every ten seconds: between two times it is chance how much waits for that.
            trim_heap()
            sizes.append(resident_mb())
            racers = len(window.session.racers)
            passed = time.monotonic() - began
            print(f"{passed:6.1f} s  {number:5} things done, {racers:2} racers, {sizes[-1]:4.0f} MB", flush=True)
    heart.stop()
    print(f"the machine is {slowness():.1f} x as slow as a usual one")
    print_memory(sizes)
    print_gaps(heart.gaps)
    close(window)


def print_memory(sizes: Sequence[float]) -> None:
    """Print how the resident size went on after the first half: it swings with the length of the trails."""
    middle, last = (median(sizes[len(sizes) * part // 4 : len(sizes) * (part + 1) // 4]) for part in (1, 3))
    print(f"resident: {sizes[0]:.0f} MB at first, {sizes[-1]:.0f} MB at last, {resident_mb('VmHWM'):.0f} MB at most;")
    print(f"  in the last quarter {last - middle:+.0f} MB beside the second (goal {GROWTH_MB:.0f} MB)")


def print_gaps(gaps: Sequence[Gap]) -> None:
    """Print how many gaps there were, and what the window's thread was at in those that are its own."""
    long = [gap for gap in gaps if gap.computed > LONG_S]
    told, untold = [gap for gap in long if gap.told], [gap for gap in long if not gap.told]
    worst = max((gap.computed for gap in untold), default=0.0)
    print(f"gaps above {LONG_S} s: {len(gaps)} on the clock, {len(long)} of the window's own work,")
    print(f"  {len(told)} of them under a wait cursor, {len(untold)} untold (goal 0; the longest {worst:.2f} s)")
    for reason in sorted({gap.told for gap in told}):
        works = [gap.computed for gap in told if gap.told == reason]
        print(f"{len(works):4} x, at most {max(works):.2f} s, told: {reason}")
    causes: dict[str, list[Gap]] = defaultdict(list)
    for gap in untold:
        causes[gap.cause].append(gap)
    for cause, found in sorted(causes.items(), key=lambda pair: -sum(gap.computed for gap in pair[1]))[:CAUSES]:
        longest = sorted(found, key=lambda gap: -gap.computed)[:LONGEST]
        print(f"{len(found):4} x, at most {longest[0].computed:.2f} s: {cause}")
        for gap in longest:
            print(f"         {gap.computed:.2f} s  [{gap.while_at[:100]}]")


if __name__ == "__main__":
    main()
