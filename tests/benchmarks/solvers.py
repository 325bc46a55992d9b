"""Every solver, a step at a time, over many starts, and beside scipy.optimize from the same starts."""

import statistics
import time

import numpy as np
from measure import MILLION, in_turn
from worker_process import SCIPY, WorkerProcess, environment_python

from engine import OPTIMIZERS, Swarm, compile_loss
from engine.solvers.solver import Solver

ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
ACKLEY = "-20*exp(-0.2*sqrt((x^2 + y^2)/2)) - exp((cos(2pi*x) + cos(2pi*y))/2) + e + 20"
STARTS, STEPS, ROUNDS = 512, 15, 9
"""So few steps that hardly any solver rests yet."""
MANY, MANY_STEPS = 2**18, 100
"""A start for each pixel of a map of 512 by 512."""
SCIPY_STARTS, ENOUGH_STEPS = 1000, 300
"""Starts for scipy, and steps after which ours have all come as far as scipy's."""
MAPS = ("BFGS", "NelderMead", "CMAES")
METHODS = {"BFGS": "BFGS", "NelderMead": "Nelder-Mead"}
NEAR = 1e-8
"""The loss that both must reach to be compared."""


def microseconds_a_step(name: str, formula: str) -> float:
    """Return the processor time of a step of one racer while it is under way: the best of some rounds."""
    starts, best = np.random.default_rng(0).uniform(-2, 2, (STARTS, 2)), np.inf
    for _ in range(ROUNDS):
        swarm = Swarm(compile_loss(formula), name, starts)
        swarm.advance(1)
        began = time.process_time()
        swarm.advance(STEPS)
        best = min(best, time.process_time() - began)
    return best / (STARTS * STEPS) * MILLION


def seconds_of_map(name: str) -> float:
    """Return how long a solver takes from every pixel of a map."""
    starts = np.random.default_rng(0).uniform(-2, 2, (MANY, 2))
    swarm = Swarm(compile_loss(ROSENBROCK), name, starts)
    swarm.advance(1)
    began = time.perf_counter()
    swarm.advance(MANY_STEPS)
    return time.perf_counter() - began


def our_round(name: str) -> float:
    """Return how long ours takes from the starts that scipy has, and see that it arrives."""
    starts = np.random.default_rng(0).uniform(-2, 2, (SCIPY_STARTS, 2))
    swarm = Swarm(compile_loss(ROSENBROCK), name, starts)
    began = time.perf_counter()
    swarm.advance(ENOUGH_STEPS)
    taken = time.perf_counter() - began
    assert statistics.median(swarm.losses) < NEAR, "ours has not arrived"
    return taken


def against_scipy() -> None:
    """Print how many times faster than scipy.optimize ours reaches the minimum from a thousand starts."""
    python = environment_python(SCIPY)
    if python is None:
        print("Solvers against scipy: its environment could not be made; is there a network?")
        return
    worker = WorkerProcess(python, "scipy_worker.py", SCIPY_STARTS)
    for name, method in METHODS.items():

        def their_round(method: str = method) -> float:
            seconds, found = map(float, worker.ask(method).split())
            assert found < NEAR, "scipy has not arrived"
            return seconds

        our_round(name)
        ours, theirs = in_turn([lambda name=name: our_round(name), their_round], 3)
        ratio = statistics.median(their / our for our, their in zip(ours, theirs, strict=True))
        print(f"{name} from {SCIPY_STARTS:,} starts: ours {statistics.median(ours):.3f} s, "
              f"scipy {statistics.median(theirs):.2f} s, ratio {ratio:.0f} (goal 100)", flush=True)  # fmt: skip
    worker.close()


def main() -> None:
    """Print all of it."""
    for name, entry in OPTIMIZERS.items():
        if isinstance(entry, Solver):
            figures = (f"{microseconds_a_step(name, formula):6.2f}" for formula in (ROSENBROCK, ACKLEY))
            print(f"A step of {name:22} Rosenbrock, Ackley: {', '.join(figures)} us", flush=True)
    for name in MAPS:
        print(f"{name} from {MANY:,} starts, {MANY_STEPS} steps: {seconds_of_map(name):.1f} s", flush=True)
    against_scipy()


if __name__ == "__main__":
    main()
