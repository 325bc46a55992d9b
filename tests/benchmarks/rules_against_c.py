"""Rules of the catalogue against the same rules written by hand in C, compiled with gcc and every fast flag.

The C comes in two versions.  The plain one knows the slope alone and runs on into infinity; the other does what a racer
needs: it works out the loss, holds an instance that leaves the finite numbers, and notes the step.
"""

import ctypes
import os
import shutil
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from operator import truediv
from pathlib import Path

import numpy as np
from measure import MILLION, in_turn
from swarm_against_c import FLAGS, timed
from swarm_work import FORMULAS, INSTANCES, ROUNDS, STEPS, check, starts

from engine import OPTIMIZERS, Swarm, compile_loss
from engine.machine.aligned import aligned_empty

GOAL = 1.3
"""How much longer than C that does the same a rule may take."""
WATCHFUL_FLAGS = (*FLAGS, "-fno-finite-math-only")
"""Without the last of them the compiler takes every number for finite, and removes the watch."""
SETTINGS = {"SGD": {"lr": 1e-4}, "Prodigy": {"d0": 1e-3}}
"""Values with which every instance stays where all is finite; the others' defaults are such."""


@dataclass(frozen=True)
class ByHand:
    """One rule in C: the states it keeps, what it works out once a step, and how it moves x and y."""

    states: int
    update: str
    once: str = ""
    begin: str = ""


EACH = """
    for (int c = 0; c < 2; c++) {{
        const double w = c ? y : x, g = c ? gy : gx;
        {}
    }}
"""
MOMENTS = "const double m = s[2*c][i] = beta1*s[2*c][i] + (1 - beta1)*{0}; "
SQUARES = "const double v = s[2*c + 1][i] = beta2*s[2*c + 1][i] + (1 - beta2)*{0}*{0}{1}; "
CORRECTIONS = "const double rate = lr/(1 - pow(beta1, t)), c2 = 1/(1 - pow(beta2, t));"
MOVE = "(c ? py : px)[i] = w - {};"
BY_HAND = {
    "SGD": ByHand(0, EACH.format("const double d = g + weight_decay*w; " + MOVE.format("lr*d"))),
    "Adam": ByHand(
        4,
        EACH.format(
            "const double d = g + weight_decay*w; "
            + MOMENTS.format("d")
            + SQUARES.format("d", "")
            + MOVE.format("rate*m/(sqrt(v*c2) + eps)")
        ),
        "const double rate = lr/(bias_correction ? 1 - pow(beta1, t) : 1);"
        "const double c2 = 1/(bias_correction ? 1 - pow(beta2, t) : 1);",
    ),
    "Lion": ByHand(
        2,
        EACH.format(
            "const double u = beta1*s[c][i] + (1 - beta1)*g; s[c][i] = beta2*s[c][i] + (1 - beta2)*g; "
            + MOVE.format("lr*((u > 0 ? 1.0 : u < 0 ? -1.0 : u) + weight_decay*w)")
        ),
    ),
    "AdaBelief": ByHand(
        4,
        EACH.format(
            MOMENTS.format("g") + SQUARES.format("(g - m)", " + eps") + MOVE.format("rate*m/(sqrt(v*c2) + eps)")
        ),
        CORRECTIONS,
    ),
    # States: 0 and 1 where it began, 2 the distance d, 3 the sum r, then m, v and s of x and of y.
    "Prodigy": ByHand(
        10,
        """
        const double d = s[2][i], eta = lr*d;
        const double along = gx*(s[0][i] - x) + gy*(s[1][i] - y);
        const double r = s[3][i] = beta3*s[3][i] + d/d0*eta*along;
        const double mx = s[4][i] = beta1*s[4][i] + (1 - beta1)*d*gx;
        const double my = s[5][i] = beta1*s[5][i] + (1 - beta1)*d*gy;
        const double vx = s[6][i] = beta2*s[6][i] + (1 - beta2)*d*d*gx*gx;
        const double vy = s[7][i] = beta2*s[7][i] + (1 - beta2)*d*d*gy*gy;
        const double sx = s[8][i] = beta3*s[8][i] + d/d0*eta*gx;
        const double sy = s[9][i] = beta3*s[9][i] + d/d0*eta*gy;
        const double guess = d_coef*r/(fabs(sx) + fabs(sy)), next = guess > d ? guess : d;
        s[2][i] = next;
        px[i] = x - eta*mx/(sqrt(vx) + next*eps);
        py[i] = y - eta*my/(sqrt(vy) + next*eps);
        """,
        "const double beta3 = sqrt(beta2);",
        "s[0][i] = px[i]; s[1][i] = py[i]; s[2][i] = d0;",
    ),
}
# Of several ways to write it, the one that gcc makes the fastest vectors of.
WATCH = """
    const double nx = px[i], ny = py[i], f = (1 - x)*(1 - x) + 100*away*away;
    const double size = fabs(f + nx + ny), was = left[i];
    px[i] = (was == INFINITY) & (size < INFINITY) ? nx : x;
    py[i] = (was == INFINITY) & (size < INFINITY) ? ny : y;
    left[i] = (was == INFINITY) & !(size < INFINITY) ? t : was;
"""
# As in `swarm_against_c`: blocks of B instances stay in the first-level cache for all steps, states block by block.
SOURCE = """
#include <math.h>
#define B 512
void run(long n, long first, long steps, const double *hyper, double *restrict X, double *restrict Y,
         double *restrict S, double *restrict L) {
    HYPER
    #pragma omp parallel for schedule(static)
    for (long block = 0; block < n; block += B) {
        double *restrict px = X + block, *restrict py = Y + block, *restrict left = L + block;
        double (*restrict s)[B] = (double (*)[B]) (S + STATES*block);
        if (first == 1) for (int i = 0; i < B; i++) { BEGIN }
        for (long k = 0; k < steps; k++) {
            const double t = first + k;
            ONCE
            #pragma omp simd
            for (int i = 0; i < B; i++) {
                const double x = px[i], y = py[i], away = y - x*x;
                const double gx = -2*(1 - x) - 400*x*away, gy = 200*away;
                UPDATE
                WATCH
            }
        }
    }
}
"""


class CSwarm:
    """The yardstick: the same instances, stepped by a rule in C."""

    def __init__(self, name: str, hyper: dict[str, float], folder: Path, watchful: bool = False) -> None:
        rule, source = BY_HAND[name], folder / f"{name}{'-watchful' * watchful}.c"
        flags, watch = (WATCHFUL_FLAGS, WATCH) if watchful else (FLAGS, "")
        reads = "".join(f"const double {key} = hyper[{number}];" for number, key in enumerate(hyper))
        parts = {"HYPER": reads, "STATES": str(rule.states), "BEGIN": rule.begin, "ONCE": rule.once, "WATCH": watch}
        text = SOURCE
        for mark, part in {**parts, "UPDATE": rule.update}.items():
            text = text.replace(mark, part)
        source.write_text(text)
        subprocess.run(["gcc", *flags, str(source), "-o", str(source.with_suffix(".so")), "-lm"], check=True)
        self._run = ctypes.CDLL(str(source.with_suffix(".so"))).run
        self._run.argtypes = [ctypes.c_long] * 3 + [ctypes.c_void_p] * 5
        self._run.restype = None
        self._hyper = np.array(list(hyper.values()))
        # Whole vectors, as ours are: otherwise the C would be up to three times as slow.
        self.places, self._states, self._left = map(
            aligned_empty, [(2, INSTANCES), (rule.states, INSTANCES), (INSTANCES,)]
        )
        self.places[:], self._states[:], self._left[:] = starts().T, 0.0, np.inf
        self._step = 0

    def advance(self, steps: int) -> None:
        """Make `steps` updates."""
        pointers = [array.ctypes.data for array in (self._hyper, *self.places, self._states, self._left)]
        self._run(INSTANCES, self._step + 1, steps, *pointers)
        self._step += steps


def main() -> None:
    """Print how much longer than C each rule takes."""
    os.environ["OMP_WAIT_POLICY"] = "passive"
    if shutil.which("gcc") is None:
        print("Rules against C: there is no gcc here (sudo apt-get install gcc libc6-dev).")
        return
    loss = compile_loss(FORMULAS["Rosenbrock"])
    with tempfile.TemporaryDirectory() as folder:
        for name in BY_HAND:
            rule = OPTIMIZERS[name].compile(**SETTINGS.get(name, {}))
            rivals = [CSwarm(name, rule.hyperparameters, Path(folder), watchful) for watchful in (True, False)]
            swarms = [Swarm(loss, rule, starts()), *rivals]
            for swarm in swarms:
                swarm.advance(STEPS)
            for rival in rivals:
                check("Rosenbrock", f"{name} in C", swarms[0].positions, rival.places.T)
            ours, *theirs = in_turn([timed(swarm.advance) for swarm in swarms], ROUNDS)
            watchful, plain = (statistics.median(map(truediv, ours, times)) for times in theirs)
            rate = INSTANCES * STEPS / MILLION / statistics.median(ours)
            against = f"{watchful:.2f} x the time of C (goal {GOAL}), {plain:.2f} x that of C that watches nothing"
            print(f"{name:9} takes {against}, {rate:.0f} M steps/s", flush=True)


if __name__ == "__main__":
    main()
