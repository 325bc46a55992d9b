"""Swarm against C of our own for the same work, compiled with gcc and every fast flag."""

import ctypes
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from measure import MILLION, compare, in_turn, seconds
from swarm_work import INSTANCES, LEARNING_RATE, ROUNDS, STEPS, check, our_swarm, starts

FLAGS = ("-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC")


@dataclass(frozen=True)
class Version:
    """One way to write the C: what runs before the main loop of a step, and the gradient within it."""

    formula: str
    label: str
    gradient: str
    before: str = ""


ACKLEY = """
    const double r = sqrt((x*x + y*y)/2), a = 2*exp(-0.2*r)/r, p = 2*M_PI;
    const double q = M_PI*exp((COSINES)/2);
    gx = a*x + q*sin(p*x); gy = a*y + q*sin(p*y);
"""
COSINE_LOOP = """
    double cx[B], cy[B];
    #pragma omp simd
    for (int i = 0; i < B; i++) { cx[i] = cos(2*M_PI*px[i]); cy[i] = cos(2*M_PI*py[i]); }
"""
# gcc joins sin and cos of one number to a scalar sincos, which no vector library offers, and then leaves the whole
# loop scalar.  Cosines from a loop of their own keep both loops vectors: who knows that writes C several times as
# fast.  Both are shown, for only the second says how far we are from the best C.
VERSIONS = (
    Version("Rosenbrock", "C", "const double d = y - x*x; gx = -2*(1 - x) - 400*x*d; gy = 200*d;"),
    Version("Ackley", "plain C", ACKLEY.replace("COSINES", "cos(p*x) + cos(p*y)")),
    Version("Ackley", "C in vectors", ACKLEY.replace("COSINES", "cx[i] + cy[i]"), COSINE_LOOP),
)
# Blocks of B instances stay in the first-level cache for all steps; moments lie beside each other, block by block.
SOURCE = """
#include <math.h>
#define B 512
void run(long n, long first, long steps, double lr,
         double *restrict X, double *restrict Y, double *restrict M, double *restrict V) {
    const double b1 = 0.9, b2 = 0.999, eps = 1e-8;
    #pragma omp parallel for schedule(static)
    for (long block = 0; block < n; block += B) {
        double *restrict px = X + block, *restrict py = Y + block;
        double *restrict mx = M + 2*block, *restrict my = mx + B, *restrict vx = V + 2*block, *restrict vy = vx + B;
        double p1 = pow(b1, first - 1), p2 = pow(b2, first - 1);
        for (long t = 0; t < steps; t++) {
            p1 *= b1; p2 *= b2;
            const double rate = lr/(1 - p1), c2 = 1/(1 - p2);
            BEFORE
            #pragma omp simd
            for (int i = 0; i < B; i++) {
                const double x = px[i], y = py[i];
                double gx, gy;
                GRADIENT
                mx[i] = b1*mx[i] + (1 - b1)*gx;
                my[i] = b1*my[i] + (1 - b1)*gy;
                vx[i] = b2*vx[i] + (1 - b2)*gx*gx;
                vy[i] = b2*vy[i] + (1 - b2)*gy*gy;
                px[i] = x - rate*mx[i]/(sqrt(vx[i]*c2) + eps);
                py[i] = y - rate*my[i]/(sqrt(vy[i]*c2) + eps);
            }
        }
    }
}
"""


class CSwarm:
    """The yardstick: the same instances, stepped by C."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._run = library.run
        self._run.argtypes = [ctypes.c_long] * 3 + [ctypes.c_double] + [ctypes.c_void_p] * 4
        self._run.restype = None
        self.places = np.ascontiguousarray(starts().T)
        self._moments = np.zeros((2, 2 * INSTANCES))
        self._step = 0

    def advance(self, steps: int) -> None:
        """Make `steps` updates."""
        pointers = [array.ctypes.data for array in (*self.places, *self._moments)]
        self._run(INSTANCES, self._step + 1, steps, LEARNING_RATE, *pointers)
        self._step += steps


def compiled(version: Version, folder: Path) -> ctypes.CDLL:
    """Return one version of the C, compiled."""
    source = folder / f"{version.formula}-{version.label.replace(' ', '-')}.c"
    library = source.with_suffix(".so")
    source.write_text(SOURCE.replace("BEFORE", version.before).replace("GRADIENT", version.gradient))
    subprocess.run(["gcc", *FLAGS, str(source), "-o", str(library), "-lm"], check=True)
    return ctypes.CDLL(str(library))


def timed(advance: Callable[[int], object]) -> Callable[[], float]:
    """Return what makes STEPS updates and tells the seconds."""
    return lambda: seconds(lambda: advance(STEPS))


def main() -> None:
    """Print millions of Adam steps a second, ours and C's."""
    # Threads that OpenMP keeps busy between its loops would hold up whoever is measured next.
    os.environ["OMP_WAIT_POLICY"] = "passive"
    if shutil.which("gcc") is None:
        print("Swarm against C: there is no gcc here (sudo apt-get install gcc libc6-dev).")
        return
    with tempfile.TemporaryDirectory() as folder:
        for version in VERSIONS:
            ours, theirs = our_swarm(version.formula), CSwarm(compiled(version, Path(folder)))
            ours.advance(STEPS)
            theirs.advance(STEPS)
            check(version.formula, version.label, ours.positions, theirs.places.T)
            times = in_turn([timed(ours.advance), timed(theirs.advance)], ROUNDS)
            what = f"Adam on {version.formula:10} against {version.label:12}"
            print(compare(what, "M steps/s", INSTANCES * STEPS / MILLION, *times, version.label), flush=True)


if __name__ == "__main__":
    main()
