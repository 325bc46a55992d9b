"""From the start of the process to the first painted window, landscape and step.

With files in memory and without, with the compiled loops kept and without.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from engine.compiled import object_cache

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROUNDS = 5
PATIENCE_S = 120.0
WARM_GOAL_S, COLD_GOAL_S = 1.0, 2.0
WHAT = {"window": "first painted window", "landscape": "first painted landscape", "step": "first step"}


def start(**settings: str) -> dict[str, tuple[float, bool]]:
    """Start the program in a process of its own, with these variables of the environment.

    Return for each of `WHAT` the seconds until then, and whether Numba had been imported.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    # As on a person's machine, whatever this shell is set to: Python keeps what it has compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, str(HERE / "first_paint.py")]
    began = time.time()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE_S)
    try:
        moments = json.loads(done.stdout)
    except ValueError:
        raise SystemExit(f"The program ended before its first step:\n{done.stderr}") from None
    return {name: (moment - began, imported) for name, (moment, imported) in moments.items()}


def start_uncompiled() -> dict[str, tuple[float, bool]]:
    """Start the program as where nothing was ever compiled."""
    with tempfile.TemporaryDirectory() as folder:
        return start(**{object_cache.FOLDER_VARIABLE: folder})


def forget_files() -> None:
    """Ask the system to drop this program, Python and its packages from memory, so that the disk is read again."""
    library = Path(os.__file__).parent
    for folder in (ROOT / "engine", ROOT / "gui", ROOT / "landscapes", Path(sys.prefix), library):
        for path in folder.rglob("*"):
            if path.is_file() and os.access(path, os.R_OK):
                descriptor = os.open(path, os.O_RDONLY)
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(descriptor)


def report(
    name: str,
    goal_s: float,
    start_once: Callable[[], Mapping[str, tuple[float, bool]]] = start,
    before: Callable[[], object] = lambda: None,
) -> None:
    """Print the medians of some starts, each after `before`, and by when Numba had been imported in any."""
    starts = []
    for _ in range(ROUNDS):
        before()
        starts.append(start_once())
    figures = [f"{words} {statistics.median(each[key][0] for each in starts):.2f} s" for key, words in WHAT.items()]
    imported = [words for key, words in WHAT.items() if any(each[key][1] for each in starts)]
    numba = f"Numba imported by the {imported[0]}" if imported else "Numba not imported"
    print(f"start, {name}: {', '.join(figures)} (goal of the window {goal_s:.0f} s); {numba}", flush=True)


def main() -> None:
    """Print the times of warm and of cold starts, and of those where nothing is compiled yet."""
    subprocess.run([sys.executable, "main.py", "--compile"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    start()
    report("warm", WARM_GOAL_S)
    report("warm, nothing compiled yet", WARM_GOAL_S, start_uncompiled)
    if hasattr(os, "posix_fadvise"):
        report("cold", COLD_GOAL_S, before=forget_files)
    else:
        print("start, cold: this system has no way to forget files without being its administrator.")


if __name__ == "__main__":
    main()
