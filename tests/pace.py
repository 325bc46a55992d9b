"""The pace of the machine at this moment: limits in seconds hold on a usual machine, and grow where it is slower."""

import time

USUAL_S = 0.012
"""The processor time of `_yardstick` on a usual machine."""
ROUNDS = 5


def is_within(taken_s: float, limit_s: float) -> bool:
    """Return whether work that took so long is within a limit, which is longer where the machine is slow now."""
    return taken_s < limit_s or taken_s < limit_s * slowness()


def slowness() -> float:
    """Return how many times slower this machine is now than a usual one; 1 where it is faster.

    A shared machine's processor time stretches too, when its neighbours take the caches and the frequency.
    """
    return max(1.0, min(_seconds() for _ in range(ROUNDS)) / USUAL_S)


def _seconds() -> float:
    began = time.thread_time()
    _yardstick()
    return time.thread_time() - began


def _yardstick() -> int:
    """Do a fixed amount of what the program's Python does most: objects, dictionaries, texts."""
    counts: dict[str, int] = {}
    for number in range(60_000):
        word = f"n{number % 997}"
        counts[word] = counts.get(word, 0) + len(word)
    return sum(counts.values())
