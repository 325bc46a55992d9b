"""Memory that is given back goes back to the system, though small things lie between the large ones."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PIECES, PIECE_MB = 100, 2
HELD = """
import sys
import numpy as np
from gui.shell.memory import release_memory_early

def resident_mb():
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * 4096 / 2**20

told = release_memory_early() if sys.argv[1] == "soon" else True
# By itself glibc now keeps whatever is smaller than this.
np.ones(2**21)
before = resident_mb()
pieces = [(np.ones({floats}), bytearray(3000)) for _ in range({pieces})]
kept = [small for _, small in pieces]
del pieces
print(told, resident_mb() - before)
"""


def held_mb(how: str) -> float:
    code = HELD.format(pieces=PIECES, floats=PIECE_MB * 2**20 // 8)
    command = [sys.executable, "-c", code, how]
    told, held = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert told == "True"
    return float(held)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is glibc that keeps it")
def test_what_is_free_is_given_back() -> None:
    assert held_mb("soon") < PIECES * PIECE_MB / 10 < held_mb("late")
