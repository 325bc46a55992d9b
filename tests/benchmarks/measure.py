"""What every measurement shares: a clock, rounds taken in turn, and one shape of line."""

import statistics
import time
from collections.abc import Callable, Sequence

MILLION = 1e6


def seconds(run: Callable[[], object]) -> float:
    """Return how long `run` takes."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def in_turn(runs: Sequence[Callable[[], float]], rounds: int) -> list[list[float]]:
    """Return the seconds that each of `runs` tells, taken in turn: what slows the machine slows them all."""
    table = [[run() for run in runs] for _ in range(rounds)]
    return [list(column) for column in zip(*table, strict=True)]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed."""
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def compare(what: str, unit: str, amount: float, ours: Sequence[float], theirs: Sequence[float], yardstick: str) -> str:
    """Return a line: `amount` a second by us and by the yardstick, and the median of the rounds' ratios."""
    our_rate, their_rate = (amount / statistics.median(times) for times in (ours, theirs))
    ratios = [their / our for our, their in zip(ours, theirs, strict=True)]
    figures = f"ours {our_rate:4.0f} {unit}, {yardstick} {their_rate:4.0f}, ratio {statistics.median(ratios):.2f}"
    return f"{what}: {figures} (rounds {min(ratios):.2f} to {max(ratios):.2f})"


def spread(what: str, milliseconds: Sequence[float], share: float, goal_ms: float) -> str:
    """Return a line: the median and a high percentile, beside the goal of that percentile."""
    high = percentile(milliseconds, share)
    figures = f"median {statistics.median(milliseconds):.1f} ms, {100 * share:.0f}th percentile {high:.1f} ms"
    return f"{what}: {figures} (goal {goal_ms:.0f} ms)"
