"""From the text of a rule to its machine code: every optimizer of the catalogue."""

import statistics

from measure import percentile, seconds

from engine import OPTIMIZERS, compile_rule
from engine.solvers.solver import Solver

RULES = [entry.rule for entry in OPTIMIZERS.values() if not isinstance(entry, Solver)]
ROUNDS = 3
MEDIAN_GOAL_MS, SHARE = 30, 0.95


def latencies_ms() -> list[float]:
    """Return the time of every compilation, of which none is remembered."""
    compile_rule(RULES[0]).compile_code()
    return [1e3 * seconds(lambda rule=rule: compile_rule(rule).compile_code()) for _ in range(ROUNDS) for rule in RULES]


def main() -> None:
    """Print the median, a high percentile and the worst."""
    times = latencies_ms()
    print(
        f"rule to machine code: median {statistics.median(times):.1f} ms (goal {MEDIAN_GOAL_MS}), "
        f"{100 * SHARE:.0f}th percentile {percentile(times, SHARE):.1f} ms, worst {max(times):.1f} ms, "
        f"{len(RULES)} optimizers",
        flush=True,
    )


if __name__ == "__main__":
    main()
