"""scipy.optimize.minimize from many starts; runs in an environment of its own, a round a line of its input.

Each line names a method.  The answer is the seconds of a round from all starts and the median of the losses found, or,
to the way ``stop``, nothing more.
"""

import statistics
import sys
import time

import numpy as np
from scipy.optimize import minimize


def loss(w):
    """Rosenbrock's function."""
    return (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2


def slope(w):
    """Its gradient."""
    bend = w[1] - w[0] ** 2
    return np.array([-2 * (1 - w[0]) - 400 * w[0] * bend, 200 * bend])


def main(starts):
    """Answer every line."""
    places = np.random.default_rng(0).uniform(-2, 2, (starts, 2))
    for line in sys.stdin:
        method = line.strip()
        given = {"jac": slope} if method == "BFGS" else {}
        began = time.perf_counter()
        found = [minimize(loss, place, method=method, **given).fun for place in places]
        print(time.perf_counter() - began, statistics.median(found), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
