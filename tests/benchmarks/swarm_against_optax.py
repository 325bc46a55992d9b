"""Swarm against optax under jit, vmap and scan, in an environment that this makes when it is first asked for."""

import os
import subprocess
import venv
from collections.abc import Callable
from pathlib import Path

import numpy as np
from measure import MILLION, compare, in_turn
from swarm_against_c import timed
from swarm_work import FORMULAS, INSTANCES, LEARNING_RATE, ROUNDS, STEPS, check, our_swarm

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "optax_requirements.txt"
ENVIRONMENT = HERE.parents[1] / "build" / "optax"
WAYS = {"array": "optax on the whole array", "instance": "optax mapped over instances"}


def environment_python() -> Path | None:
    """Return the interpreter of the environment, made where it is missing; None where it cannot be made."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = ENVIRONMENT / "made-from.txt"
    if stamp.exists() and stamp.read_text() == REQUIREMENTS.read_text():
        return python
    print("Making an environment for optax in build/optax (once) ...", flush=True)
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
    if subprocess.run(install).returncode:
        return None
    stamp.write_text(REQUIREMENTS.read_text())
    return python


class Worker:
    """The process in which optax runs; it waits for a line between rounds."""

    def __init__(self, python: Path) -> None:
        command = [str(python), str(HERE / "optax_worker.py"), str(INSTANCES), str(STEPS), str(LEARNING_RATE)]
        quiet = {**os.environ, "JAX_PLATFORMS": "cpu", "PYTHONPATH": ""}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=quiet)

    def ask(self, name: str, way: str) -> str:
        """Return the worker's answer to one line."""
        self._process.stdin.write(f"{name} {way}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline().strip()
        if not answer:
            raise SystemExit("optax has ended with the error above.")
        return answer

    def positions(self, name: str) -> np.ndarray:
        """Return where the instances are after the first round, float64 (INSTANCES, 2)."""
        return np.frombuffer(bytes.fromhex(self.ask(name, "positions"))).reshape(-1, 2)

    def timed(self, name: str, way: str) -> Callable[[], float]:
        """Return what makes a round and tells the seconds."""
        return lambda: float(self.ask(name, way))

    def close(self) -> None:
        """Let the worker end."""
        self._process.stdin.close()
        self._process.wait()


def main() -> None:
    """Print millions of Adam steps a second, ours and optax's in both ways."""
    python = environment_python()
    if python is None:
        print("Swarm against optax: its environment could not be made; is there a network?")
        return
    worker = Worker(python)
    for name in FORMULAS:
        ours = our_swarm(name)
        ours.advance(STEPS)
        check(name, "optax", ours.positions, worker.positions(name))
        for way, label in WAYS.items():
            worker.ask(name, way)
            times = in_turn([timed(ours.advance), worker.timed(name, way)], ROUNDS)
            what = f"Adam on {name:10} against {label:27}"
            print(compare(what, "M steps/s", INSTANCES * STEPS / MILLION, *times, "optax"), flush=True)
    worker.close()


if __name__ == "__main__":
    main()
