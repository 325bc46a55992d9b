"""Maps: how long basin maps and sweeps take, beside their goals."""

import statistics
import time

import numpy as np
from measure import seconds

from engine import OPTIMIZERS, BasinMap, SweepMap, basins, compile_loss, sweep
from engine.solvers.solver import Solver
from landscapes import LANDSCAPES
from landscapes.landscape import DataLandscape

ROUNDS = 5
ROSENBROCK = LANDSCAPES["Rosenbrock"]
SOLVERS = ("NelderMead", "BFGS")
SHARE, SWEEP_GOAL_MS, THREADS = 0.9, 100, 2
"""The share of the landscapes whose sweep takes no longer, on so many threads."""


def line(what: str, taken_s: float, goal_ms: float) -> None:
    """Print a duration beside its goal."""
    print(f"{what}: {1e3 * taken_s:.0f} ms (goal {goal_ms:.0f} ms)", flush=True)


def basin_maps() -> None:
    """Print how long the first and the last picture of a large basin map take."""
    loss = compile_loss(ROSENBROCK.formula, **ROSENBROCK.parameters)
    firsts, wholes = [], []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        pictures = BasinMap(loss, "Adam(lr=0.1)", ROSENBROCK.domain, 512, 500).stages()
        next(pictures)
        firsts.append(time.perf_counter() - began)
        list(pictures)
        wholes.append(time.perf_counter() - began)
    # The first round compiles.
    line("Basin map of Rosenbrock, 512x512, 500 steps of Adam, first picture", statistics.median(firsts[1:]), 50)
    line("Basin map of Rosenbrock, 512x512, 500 steps of Adam, whole", statistics.median(wholes[1:]), 500)


def every_rule() -> None:
    """Print how long basin maps of all rules take together, compiled before."""
    loss = compile_loss(ROSENBROCK.formula, **ROSENBROCK.parameters)
    rules = [name for name, entry in OPTIMIZERS.items() if not isinstance(entry, Solver)]
    total = 0.0
    for name in rules:
        basins(loss, name, ROSENBROCK.domain, 8, 2)
        total += seconds(lambda: basins(loss, name, ROSENBROCK.domain, 128, 200))
    line(f"Basin maps of all {len(rules)} rules, 128x128, 200 steps, together", total, 4000)


def solvers() -> None:
    """Print how long basin maps of solvers take."""
    loss = compile_loss(ROSENBROCK.formula, **ROSENBROCK.parameters)
    for name in SOLVERS:
        basins(loss, name, ROSENBROCK.domain, 8, 2)
        taken = seconds(lambda: basins(loss, name, ROSENBROCK.domain, 256, 100))
        line(f"Basin map of {name}, 256x256, 100 steps", taken, 10_000)


def sweeps() -> None:
    """Print how long a sweep of two settings of Adam takes on most landscapes without data."""
    axes = {"lr": np.geomspace(1e-4, 1, 128), "beta1": np.linspace(0, 0.99, 128)}
    taken, busy = [], []
    for landscape in LANDSCAPES.values():
        if not isinstance(landscape, DataLandscape):
            loss = compile_loss(landscape.formula, **landscape.parameters)
            sweep(loss, "Adam", {"lr": [0.1, 0.2]}, landscape.start, 2)
            began = time.process_time()
            taken.append(seconds(SweepMap(loss, "Adam", axes, landscape.start, 300).finished))
            busy.append(time.process_time() - began)
    what = f"Sweep of Adam, 128x128, 300 steps, on {SHARE:.0%} of {len(taken)} landscapes"
    line(what, float(np.quantile(taken, SHARE)), SWEEP_GOAL_MS)
    # What else runs on the machine lengthens the time, but hardly that of the processors.
    line(f"The same, processor time over {THREADS} threads", float(np.quantile(busy, SHARE)) / THREADS, SWEEP_GOAL_MS)


def main() -> None:
    """Print all figures."""
    basin_maps()
    sweeps()
    every_rule()
    solvers()


if __name__ == "__main__":
    main()
