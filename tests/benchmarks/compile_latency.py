"""From a text to machine code of its value and gradient, over the formulas of all landscapes."""

import statistics

from measure import percentile, seconds

from engine import compile_loss
from landscapes import LANDSCAPES

ROUNDS = 5
MEDIAN_GOAL_MS, HIGH_GOAL_MS = 25, 50


def latencies_ms() -> list[float]:
    """Return the time of every compilation; each text is a new one, so that nothing can be remembered."""
    compile_loss("x")
    return [
        1e3 * seconds(lambda text=f"{landscape.formula} + {round_}.0625": compile_loss(text))
        for round_ in range(ROUNDS)
        for landscape in LANDSCAPES.values()
    ]


def main() -> None:
    """Print the median and the 95th percentile."""
    times = latencies_ms()
    median, high = statistics.median(times), percentile(times, 0.95)
    print(
        f"text to machine code: median {median:.1f} ms (goal {MEDIAN_GOAL_MS}), 95th percentile {high:.1f} ms "
        f"(goal {HIGH_GOAL_MS}), slowest {max(times):.1f} ms, {len(times)} texts",
        flush=True,
    )


if __name__ == "__main__":
    main()
