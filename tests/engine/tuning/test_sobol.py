"""Points that fill a cube evenly."""

import numpy as np

from engine.tuning.sobol import MOST_DIMENSIONS, sobol

SCIPY = {
    1: [32, 32, 32, 32, 32, 32, 32, 32, 32, 32],
    2: [48, 16, 16, 16, 48, 48, 16, 48, 48, 48],
    3: [16, 48, 48, 48, 16, 16, 48, 16, 16, 16],
    17: [38, 62, 62, 10, 50, 30, 2, 22, 62, 42],
    63: [1, 51, 23, 29, 55, 9, 37, 9, 53, 37],
}
"""64 times some points of scipy.stats.qmc.Sobol(10, scramble=False) of scipy 1.17.1, by their numbers."""


def test_the_points_are_those_of_scipy() -> None:
    points = sobol(0, 64, MOST_DIMENSIONS)
    assert {number: (64 * points[number]).tolist() for number in SCIPY} == SCIPY
    assert sobol(17, 3, MOST_DIMENSIONS).tolist() == points[17:20].tolist()


def test_with_a_seed_other_points_are_as_even() -> None:
    one, other = (sobol(0, 64, 3, seed) for seed in (1, 2))
    assert one.tolist() != other.tolist() and one.tolist() == sobol(0, 64, 3, 1).tolist()
    for points in (one, other):
        for axis in points.T:
            assert sorted((64 * axis).astype(int)) == list(range(64)), "one point in each 64th of an axis"
        cells = (8 * points[:, :2]).astype(int)
        assert len(np.unique(cells, axis=0)) == 64, "one point in each cell of 8 times 8"
