"""Memory that is given back goes back to the system, though small things lie between the large ones."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PIECES, PIECE_MB, KEPT_BYTES = 100, 2, 50_000
"""What is kept between the pieces is larger than the holes that a start leaves, which would take it away from there."""
HELD = """
import sys
import numpy as np
from PySide6.QtCore import QCoreApplication
from gui.shell import memory

def resident_mb():
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * 4096 / 2**20

memory.TRIM_INTERVAL_MS = 1
application = QCoreApplication([])
told = memory.limit_heaps()
trimmer = memory.HeapTrimmer(application)
# By itself glibc now keeps whatever is smaller than this.
np.ones(2**21)
before = resident_mb()
pieces = [(np.ones({floats}), bytearray({kept})) for _ in range({pieces})]
small = [small for _, small in pieces]
del pieces
while sys.argv[1] == "soon" and resident_mb() - before > {floats} * 8 * {pieces} / 2**20 / 10:
    application.processEvents()
print(told, resident_mb() - before)
"""


def held_mb(how: str) -> float:
    code = HELD.format(pieces=PIECES, floats=PIECE_MB * 2**20 // 8, kept=KEPT_BYTES)
    command = [sys.executable, "-c", code, how]
    told, held = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert told == "True"
    return float(held)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is glibc that keeps it")
def test_what_is_free_is_given_back() -> None:
    assert held_mb("soon") < PIECES * PIECE_MB / 10 < held_mb("late")
