"""From a text to machine code of its value and gradient: the test functions of the literature, and a long sum."""

import statistics
from collections.abc import Sequence

from measure import percentile, seconds

from engine import compile_loss
from tests.literature import PUBLISHED

ROUNDS = 3
MEDIAN_GOAL_MS, HIGH_GOAL_MS, WORST_GOAL_MS, LONG_GOAL_S = 15, 35, 100, 2
LONG_SUM = "sum(sin(i*x)/i, i, 1, 2000)"


def latencies_ms() -> list[float]:
    """Return the time of every compilation; each text is a new one, so that nothing can be remembered."""
    compile_loss("x")
    return [1e3 * seconds(lambda text=text: compile_loss(text)) for text in texts()]


def texts() -> Sequence[str]:
    """Return each formula several times, each time another one."""
    return [f"{published.formula} + {round_}.0625" for round_ in range(ROUNDS) for published in PUBLISHED]


def main() -> None:
    """Print the median, the 95th percentile and the worst, and the time of the long sum."""
    times = latencies_ms()
    print(
        f"text to machine code: median {statistics.median(times):.1f} ms (goal {MEDIAN_GOAL_MS}), 95th percentile "
        f"{percentile(times, 0.95):.1f} ms (goal {HIGH_GOAL_MS}), worst {max(times):.1f} ms (goal {WORST_GOAL_MS}), "
        f"{len(PUBLISHED)} formulas",
    )
    print(f"a sum of 2,000 terms: {seconds(lambda: compile_loss(LONG_SUM)):.2f} s (goal {LONG_GOAL_S})", flush=True)


if __name__ == "__main__":
    main()
