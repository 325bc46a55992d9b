"""Value and gradient at a million points against C, NumPy and jax, on as many threads as each takes.

Against memory, too: a formula without work reads and writes as much, and no program is faster than that.
"""

import ctypes
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from measure import MILLION, compare, in_turn, seconds
from worker_process import JAX, WorkerProcess, environment_python

from engine import Loss, compile_loss
from engine.language.graph.reference import evaluate

POINTS, ROUNDS, REPEATS = 1_000_000, 9, 3
IDLE = "x + y"
"""A formula that costs nothing but its points and results."""
C_FLAGS = ("-O3", "-march=native", "-ffast-math", "-shared", "-fPIC")
AGREEMENT = 1e-7


@dataclass(frozen=True)
class Work:
    """A formula in our language, and value and gradient as one would write them in C; `kind` says what dominates."""

    name: str
    kind: str
    formula: str
    c: str


# gcc joins sin and cos of one number to a scalar sincos and then leaves the loop scalar; where there is exp or pow
# alone it calls the vector library, as we do for exp.
WORKS = (
    Work("Rosenbrock", "polynomial", "(1 - x)^2 + 100*(y - x^2)^2",
         "const double a = 1 - x, d = y - x*x; f[i] = a*a + 100*d*d; gx[i] = -2*a - 400*x*d; gy[i] = 200*d;"),
    Work("Himmelblau", "polynomial", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
         "const double a = x*x + y - 11, b = x + y*y - 7; f[i] = a*a + b*b;"
         " gx[i] = 4*x*a + 2*b; gy[i] = 2*a + 4*y*b;"),
    Work("Beale", "polynomial", "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
         "const double a = 1.5 - x + x*y, b = 2.25 - x + x*y*y, c = 2.625 - x + x*y*y*y; f[i] = a*a + b*b + c*c;"
         " gx[i] = 2*a*(y - 1) + 2*b*(y*y - 1) + 2*c*(y*y*y - 1); gy[i] = 2*a*x + 4*b*x*y + 6*c*x*y*y;"),
    Work("Ackley", "sin, cos, exp", "-20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + 20 + e",
         "const double p = 2*M_PI, r = sqrt((x*x + y*y)/2), u = 20*exp(-0.2*r), v = exp((cos(p*x) + cos(p*y))/2);"
         " f[i] = -u - v + 20 + M_E; gx[i] = 0.1*u*x/r + M_PI*v*sin(p*x); gy[i] = 0.1*u*y/r + M_PI*v*sin(p*y);"),
    Work("Rastrigin", "sin, cos", "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)",
         "const double p = 2*M_PI; f[i] = 20 + x*x - 10*cos(p*x) + y*y - 10*cos(p*y);"
         " gx[i] = 2*x + 10*p*sin(p*x); gy[i] = 2*y + 10*p*sin(p*y);"),
    Work("Bump", "exp", "x*exp(-x^2 - y^2)",
         "const double u = exp(-x*x - y*y); f[i] = x*u; gx[i] = u*(1 - 2*x*x); gy[i] = -2*x*y*u;"),
    Work("Powers", "pow", "(x^2 + 1)^1.3 + (y^2 + 1)^0.7",
         "const double u = x*x + 1, v = y*y + 1; f[i] = pow(u, 1.3) + pow(v, 0.7);"
         " gx[i] = 2.6*x*pow(u, 0.3); gy[i] = 1.4*y*pow(v, -0.3);"),
    Work("Logarithm", "log", "log(1 + 3x^2 + y^2)",
         "const double u = 1 + 3*x*x + y*y; f[i] = log(u); gx[i] = 6*x/u; gy[i] = 2*y/u;"),
)  # fmt: skip

SOURCE = """
#include <math.h>
void run(long n, const double *restrict X, const double *restrict Y,
         double *restrict f, double *restrict gx, double *restrict gy) {
    for (long i = 0; i < n; i++) { const double x = X[i], y = Y[i]; BODY }
}
"""
Results = Sequence[np.ndarray]


def by_c(work: Work, folder: Path, x: np.ndarray, y: np.ndarray) -> Callable[[], Results]:
    """Return what evaluates `work` in C, into arrays that are made once: ours makes new ones."""
    source, library = folder / f"{work.name}.c", folder / f"{work.name}.so"
    source.write_text(SOURCE.replace("BODY", work.c))
    subprocess.run(["gcc", *C_FLAGS, str(source), "-o", str(library), "-lm"], check=True)
    run = ctypes.CDLL(str(library)).run
    run.argtypes, run.restype = [ctypes.c_long, *[ctypes.c_void_p] * 5], None

    results = [np.zeros(POINTS) for _ in range(3)]

    def evaluated() -> Results:
        run(POINTS, *(array.ctypes.data for array in (x, y, *results)))
        return results

    return evaluated


def by_numpy(loss: Loss, x: np.ndarray, y: np.ndarray) -> Callable[[], Results]:
    """Return what evaluates a loss by NumPy, every common subexpression once."""
    landscape = loss.landscape
    return lambda: evaluate(landscape.graph, landscape.outputs, {"x": x, "y": y})


def points() -> tuple[np.ndarray, np.ndarray]:
    """Return where all evaluate."""
    x, y = np.random.default_rng(0).uniform(-2, 2, (2, POINTS))
    return x, y


def check(name: str, yardstick: str, ours: Results, theirs: Results) -> None:
    """Raise where the yardstick computes something else: then its speed says nothing."""
    if not all(
        np.allclose(our, their, rtol=AGREEMENT, atol=AGREEMENT) for our, their in zip(ours, theirs, strict=True)
    ):
        raise SystemExit(f"{yardstick} computes something else than ours on {name}.")


def timed(run: Callable[[], object]) -> Callable[[], float]:
    """Return what runs some times and tells the median of the seconds: who went before must not matter."""
    return lambda: statistics.median(seconds(run) for _ in range(REPEATS))


def main() -> None:
    """Print millions of points a second, ours and each yardstick's."""
    x, y = points()
    python = environment_python(JAX)
    jax = None if python is None else WorkerProcess(python, "jax_worker.py", POINTS)
    idle = compile_loss(IDLE)
    with tempfile.TemporaryDirectory() as folder:
        for work in WORKS:
            loss = compile_loss(work.formula)
            ours = lambda loss=loss: loss.value_and_gradient(x, y)  # noqa: E731
            yardsticks = {"NumPy": by_numpy(loss, x, y)}
            if shutil.which("gcc") is not None:
                yardsticks["C"] = by_c(work, Path(folder), x, y)
            for name, run in yardsticks.items():
                check(work.name, name, ours(), run())
            yardsticks["memory"] = lambda: idle.value_and_gradient(x, y)
            names = [*yardsticks, *(["jax"] if jax else [])]
            runs = [timed(ours), *map(timed, yardsticks.values())]
            if jax:
                jax.ask(work.name)
                runs.append(lambda name=work.name: statistics.median(float(jax.ask(name)) for _ in range(REPEATS)))
            mine, *others = in_turn(runs, ROUNDS)
            for name, theirs in zip(names, others, strict=True):
                what = f"value and gradient of {work.name:10} ({work.kind:13}) against {name:6}"
                print(compare(what, "M points/s", POINTS / MILLION, mine, theirs, name), flush=True)
    if jax:
        jax.close()


if __name__ == "__main__":
    main()
