"""The test functions of the literature, from tests/data/test_functions.txt."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "data" / "test_functions.txt"


class Published(NamedTuple):
    """A formula with the rectangle on which it is drawn, as ((xmin, xmax), (ymin, ymax))."""

    name: str
    domain: tuple[tuple[float, float], tuple[float, float]]
    formula: str

    def points(self, count: int) -> NDArray[np.float64]:
        """Return `count` points within the rectangle, always the same, as (2, count)."""
        low, high = np.array(self.domain).T
        return np.random.default_rng(7).uniform(low, high, (count, 2)).T


def _read(line: str) -> Published:
    name, domain, formula = line.split(" | ", 2)
    xmin, xmax, ymin, ymax = map(float, domain.translate(str.maketrans("(),", "   ")).split())
    return Published(name, ((xmin, xmax), (ymin, ymax)), formula)


PUBLISHED = [_read(line) for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
