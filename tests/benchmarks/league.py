"""A league of every method on every landscape, estimated from leagues on few of them."""

import time

from measure import seconds

from engine import OPTIMIZERS, league
from landscapes import LANDSCAPES

RATES, STEPS = 11, 500
FEW, MORE = 4, 12
"""Landscapes of the two leagues that are measured."""
GOAL_MIN, MINUTE_S = 10, 60


def played(names: list[str], budget: int = STEPS) -> tuple[float, float]:
    """Return the seconds, and those of processors, of a league of all methods, which compiles losses and rules."""
    began = time.process_time()
    wall_s = seconds(lambda: league(list(OPTIMIZERS), names, budget, trials=RATES))
    return wall_s, time.process_time() - began


def main() -> None:
    """Print how long the whole league takes."""
    names = list(LANDSCAPES)
    chosen = names[:: len(names) // (FEW + MORE + 1)]
    # Compiled loops are loaded once in a process.
    played(chosen[-1:], budget=1)
    few, more = played(chosen[:FEW]), played(chosen[FEW : FEW + MORE])
    each = [(large - small) / (MORE - FEW) for small, large in zip(few, more, strict=True)]
    wall, busy = ((small + one * (len(names) - FEW)) / MINUTE_S for small, one in zip(few, each, strict=True))
    print(
        f"League of {len(OPTIMIZERS)} methods on {len(names)} landscapes, {RATES} settings and {STEPS} evaluations: "
        f"{wall:.1f} minutes (goal {GOAL_MIN}), {busy:.1f} of a processor, estimated from {FEW} landscapes in "
        f"{few[0]:.0f} s and {MORE} in {more[0]:.0f} s, {1000 * each[0] / len(OPTIMIZERS):.1f} ms a cell",
        flush=True,
    )


if __name__ == "__main__":
    main()
