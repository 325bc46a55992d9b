"""From the start of the process to the first painted window and landscape, with files in memory and without."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROUNDS = 5
PATIENCE_S = 60.0
WARM_GOAL_S, COLD_GOAL_S = 1.0, 2.0


def start() -> tuple[float, float]:
    """Start the program in a process of its own; return the seconds to the first painted window and landscape."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    # As on a person's machine, whatever this shell is set to: Python keeps what it has compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, str(HERE / "first_paint.py")]
    began = time.time()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE_S)
    moments = done.stdout.split()
    if len(moments) != 2:
        raise SystemExit(f"The program ended before it painted:\n{done.stderr}")
    return float(moments[0]) - began, float(moments[1]) - began


def forget_files() -> None:
    """Ask the system to drop this program, Python and its packages from memory, so that the disk is read again."""
    library = Path(os.__file__).parent
    for folder in (ROOT / "engine", ROOT / "gui", ROOT / "landscapes", Path(sys.prefix), library):
        for path in folder.rglob("*"):
            if path.is_file() and os.access(path, os.R_OK):
                descriptor = os.open(path, os.O_RDONLY)
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(descriptor)


def report(name: str, goal_s: float, before: Callable[[], object]) -> None:
    """Print the medians of some starts, each after `before`."""
    times = []
    for _ in range(ROUNDS):
        before()
        times.append(start())
    window, landscape = (statistics.median(column) for column in zip(*times, strict=True))
    figures = f"first painted window {window:.2f} s (goal {goal_s:.0f} s), first painted landscape {landscape:.2f} s"
    print(f"start, {name}: {figures}", flush=True)


def main() -> None:
    """Print the times of warm and of cold starts."""
    start()
    report("warm", WARM_GOAL_S, lambda: None)
    if hasattr(os, "posix_fadvise"):
        report("cold", COLD_GOAL_S, forget_files)
    else:
        print("start, cold: this system has no way to forget files without being its administrator.")


if __name__ == "__main__":
    main()
