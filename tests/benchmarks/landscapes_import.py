"""The time to import the catalogue of landscapes, each time in a process of its own, without what others need too."""

import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROUNDS = 15
GOAL_MS = 30
IMPORTS_FIRST = "import time, math, dataclasses, collections.abc"
"""What the rest of the program imports in any case."""
PROGRAM = f"""{IMPORTS_FIRST}
began = time.perf_counter()
from landscapes import LANDSCAPES
print(1e3 * (time.perf_counter() - began), len(LANDSCAPES))
"""


def import_ms() -> tuple[float, int]:
    """Return the milliseconds of one import, and how many landscapes it brought."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    milliseconds, count = done.stdout.split()
    return float(milliseconds), int(count)


def main() -> None:
    """Print the median and the worst; the first import, which may have to compile the files, does not count."""
    _, count = import_ms()
    times = [import_ms()[0] for _ in range(ROUNDS)]
    figures = f"median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms"
    print(f"import of {count} landscapes: {figures} (goal {GOAL_MS} ms)", flush=True)


if __name__ == "__main__":
    main()
