"""Measures what the README claims, with the yardstick beside ours: ``make bench``."""

import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from engine import Swarm, compile_loss
from landscapes import LANDSCAPES

INSTANCES, STEPS, ROUNDS = 65_536, 400, 5
FORMULAS = {
    "Rosenbrock": "(1 - x)^2 + 100*(y - x^2)^2",
    "Ackley": "-20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + 20 + e",
}
GRADIENTS = {
    "Rosenbrock": "gx = -2*(1-x) - 400*x*(y-x*x); gy = 200*(y-x*x);",
    "Ackley": (
        "double r = sqrt((x*x+y*y)/2), a = 2*exp(-0.2*r)/r, q = M_PI*exp((cos(2*M_PI*x)+cos(2*M_PI*y))/2);"
        "gx = a*x + q*sin(2*M_PI*x); gy = a*y + q*sin(2*M_PI*y);"
    ),
}
C_SOURCE = """
#include <math.h>
#define B 512
void run(long n, long steps, double *restrict X, double *restrict Y, double *restrict M, double *restrict V) {
    const double lr = 0.01, b1 = 0.9, b2 = 0.999, eps = 1e-8;
    #pragma omp parallel for schedule(static)
    for (long block = 0; block < n; block += B) {
        double *px = X + block, *py = Y + block, *m = M + 2*block, *v = V + 2*block;
        double p1 = 1, p2 = 1;
        for (long t = 0; t < steps; t++) {
            p1 *= b1; p2 *= b2;
            const double c1 = 1/(1-p1), c2 = 1/(1-p2);
            #pragma omp simd
            for (int i = 0; i < B; i++) {
                double x = px[i], y = py[i], gx, gy;
                GRADIENT
                m[i] = b1*m[i] + (1-b1)*gx; m[B+i] = b1*m[B+i] + (1-b1)*gy;
                v[i] = b2*v[i] + (1-b2)*gx*gx; v[B+i] = b2*v[B+i] + (1-b2)*gy*gy;
                px[i] = x - lr*m[i]*c1/(sqrt(v[i]*c2)+eps);
                py[i] = y - lr*m[B+i]*c1/(sqrt(v[B+i]*c2)+eps);
            }
        }
    }
}
"""
C_FLAGS = ["-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC"]


def c_swarm(name: str, folder: Path):
    """Return a function that runs Adam in C, or None where there is no gcc."""
    import ctypes

    source, library = folder / f"{name}.c", folder / f"{name}.so"
    source.write_text(C_SOURCE.replace("GRADIENT", GRADIENTS[name]))
    try:
        subprocess.run(["gcc", *C_FLAGS, str(source), "-o", str(library), "-lm"], check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    run = ctypes.CDLL(str(library)).run
    starts = np.random.default_rng(0).uniform(-2, 2, (2, INSTANCES))
    moments = np.zeros((2, 2 * INSTANCES))
    pointers = [ctypes.c_void_p(array.ctypes.data) for array in (*starts, *moments)]
    return lambda: (starts, moments, run(ctypes.c_long(INSTANCES), ctypes.c_long(STEPS), *pointers))


def seconds(run) -> float:
    """Return how long `run` takes."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def bench_swarm() -> None:
    """Print millions of Adam steps a second, ours and C's, in turn."""
    starts = np.random.default_rng(0).uniform(-2, 2, (INSTANCES, 2))
    with tempfile.TemporaryDirectory() as folder:
        for name, formula in FORMULAS.items():
            swarm, yardstick = Swarm(compile_loss(formula), "Adam(lr=0.01)", starts), c_swarm(name, Path(folder))
            swarm.advance(10)
            rounds = [
                (seconds(lambda: swarm.advance(STEPS)), seconds(yardstick) if yardstick else 0.0) for _ in range(ROUNDS)
            ]
            million = INSTANCES * STEPS / 1e6
            ours, theirs = (statistics.median(times) for times in zip(*rounds, strict=True))
            if theirs:
                ratio = statistics.median(c / our for our, c in rounds)
                figures = f"ours {million / ours:6.0f} M steps/s   C {million / theirs:6.0f}   ratio {ratio:.2f}"
                print(f"Adam on {name:11} {figures}")
            else:
                print(f"Adam on {name:11} ours {million / ours:6.0f} M steps/s   (no gcc to compare with)")


def bench_compile() -> None:
    """Print how long it takes from a text to machine code for its value and gradient."""
    compile_loss("x")
    times = []
    for round_ in range(ROUNDS):
        for landscape in LANDSCAPES.values():
            text = f"{landscape.formula} + {round_}.5"
            times.append(1e3 * seconds(lambda text=text: compile_loss(text)))
    ninety_fifth = sorted(times)[int(0.95 * len(times))]
    print(f"text to machine code: median {statistics.median(times):.1f} ms, 95th percentile {ninety_fifth:.1f} ms")


if __name__ == "__main__":
    bench_compile()
    bench_swarm()
