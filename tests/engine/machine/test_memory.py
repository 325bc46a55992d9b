"""Formulas that nobody races on any more leave nothing behind."""

import sys
from pathlib import Path

import pytest

from engine import Race, compile_loss
from landscapes import LANDSCAPES

STATUS = Path("/proc/self/status")
FORMULAS = 300
SETTLED = 100
MOST_GROWTH_KB = 7_000
"""Of all formulas that follow, of which each takes some 800 while it lives."""


def resident_kb() -> int:
    """Return the memory of this process that is in use."""
    return next(int(line.split()[1]) for line in STATUS.read_text().splitlines() if line.startswith("VmRSS"))


@pytest.mark.skipif(not STATUS.exists(), reason=f"{sys.platform} does not tell the resident size as Linux does")
def test_hundreds_of_formulas_one_after_the_other_leave_no_machine_code() -> None:
    texts = [landscape.formula for landscape in LANDSCAPES.values()]
    settled = 0
    for number in range(FORMULAS):
        loss = compile_loss(f"{texts[number % len(texts)]} + {number}.5*x")
        if number % SETTLED == 0:
            Race(loss, ["Adam", "SGD"]).advance(3)
        if number == SETTLED:
            settled = resident_kb()
    assert resident_kb() - settled < MOST_GROWTH_KB
