"""A process with jax and optax, in an environment of its own that is made when it is first asked for."""

import os
import subprocess
import venv
from pathlib import Path

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "jax_requirements.txt"
ENVIRONMENT = HERE.parents[1] / "build" / "jax"


def environment_python() -> Path | None:
    """Return the interpreter of the environment, made where it is missing; None where it cannot be made."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = ENVIRONMENT / "made-from.txt"
    if stamp.exists() and stamp.read_text() == REQUIREMENTS.read_text():
        return python
    print("Making an environment for jax in build/jax (once) ...", flush=True)
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
    if subprocess.run(install).returncode:
        return None
    stamp.write_text(REQUIREMENTS.read_text())
    return python


class JaxProcess:
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
            raise SystemExit("jax has ended with the error above.")
        return answer

    def close(self) -> None:
        """Let the process end."""
        self._process.stdin.close()
        self._process.wait()
