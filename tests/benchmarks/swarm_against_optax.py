"""Swarm against optax under jit, vmap and scan."""

from collections.abc import Callable

import numpy as np
from measure import MILLION, compare, in_turn
from swarm_against_c import timed
from swarm_work import FORMULAS, INSTANCES, LEARNING_RATE, ROUNDS, STEPS, check, our_swarm
from worker_process import JAX, WorkerProcess, environment_python

WAYS = {"array": "optax on the whole array", "instance": "optax mapped over instances"}


def positions(worker: WorkerProcess, name: str) -> np.ndarray:
    """Return where the instances of optax are after the first round, float64 (INSTANCES, 2)."""
    return np.frombuffer(bytes.fromhex(worker.ask(f"{name} positions"))).reshape(-1, 2)


def round_of(worker: WorkerProcess, name: str, way: str) -> Callable[[], float]:
    """Return what lets optax make a round and tells the seconds."""
    return lambda: float(worker.ask(f"{name} {way}"))


def main() -> None:
    """Print millions of Adam steps a second, ours and optax's in both ways."""
    python = environment_python(JAX)
    if python is None:
        print("Swarm against optax: its environment could not be made; is there a network?")
        return
    worker = WorkerProcess(python, "optax_worker.py", INSTANCES, STEPS, LEARNING_RATE)
    for name in FORMULAS:
        ours = our_swarm(name)
        ours.advance(STEPS)
        check(name, "optax", ours.positions, positions(worker, name))
        for way, label in WAYS.items():
            worker.ask(f"{name} {way}")
            times = in_turn([timed(ours.advance), round_of(worker, name, way)], ROUNDS)
            what = f"Adam on {name:10} against {label:27}"
            print(compare(what, "M steps/s", INSTANCES * STEPS / MILLION, *times, "optax"), flush=True)
    worker.close()


if __name__ == "__main__":
    main()
