"""A process with libraries that the project does not need, in an environment of its own, made when first asked for."""

import os
import subprocess
import venv
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build"


class Environment(NamedTuple):
    """An environment: what it is called, and the list of what is installed there."""

    name: str
    requirements: Path


JAX = Environment("jax", HERE / "jax_requirements.txt")
SCIPY = Environment("scipy", HERE.parent / "golden" / "solver_requirements.txt")


def environment_python(environment: Environment) -> Path | None:
    """Return the interpreter of an environment, made where it is missing; None where it cannot be made."""
    folder = BUILD / environment.name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, wanted = folder / "made-from.txt", environment.requirements.read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"Making an environment for {environment.name} in build/{environment.name} (once) ...", flush=True)
    venv.create(folder, clear=True, with_pip=True)
    quiet = ["--quiet", "--disable-pip-version-check", "-r", str(environment.requirements)]
    if subprocess.run([str(python), "-m", "pip", "install", *quiet]).returncode:
        return None
    stamp.write_text(wanted)
    return python


class WorkerProcess:
    """A script that runs there, and answers a line for each line that it is sent."""

    def __init__(self, python: Path, script: str, *arguments: object) -> None:
        command = [str(python), str(HERE / script), *map(str, arguments)]
        quiet = {**os.environ, "JAX_PLATFORMS": "cpu", "PYTHONPATH": ""}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=quiet)

    def ask(self, line: str) -> str:
        """Return the answer to one line."""
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline().strip()
        if not answer:
            raise SystemExit("The process has ended with the error above.")
        return answer

    def close(self) -> None:
        """Let the process end."""
        self._process.stdin.close()
        self._process.wait()
