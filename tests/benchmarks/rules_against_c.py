"""Rules of the catalogue against the same rules written by hand in C, compiled with gcc and every fast flag."""

import ctypes
import os
import shutil
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from measure import MILLION, in_turn
from swarm_against_c import FLAGS, timed
from swarm_work import FORMULAS, INSTANCES, ROUNDS, STEPS, check, starts

from engine import OPTIMIZERS, Swarm, compile_loss

GOAL = 1.3
"""How much longer than C a rule may take."""
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
# As in `swarm_against_c`: blocks of B instances stay in the first-level cache for all steps, states block by block.
SOURCE = """
#include <math.h>
#define B 512
void run(long n, long first, long steps, const double *hyper, double *restrict X, double *restrict Y,
         double *restrict S) {
    HYPER
    #pragma omp parallel for schedule(static)
    for (long block = 0; block < n; block += B) {
        double *restrict px = X + block, *restrict py = Y + block;
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
            }
        }
    }
}
"""


class CSwarm:
    """The yardstick: the same instances, stepped by a rule in C."""

    def __init__(self, name: str, hyper: dict[str, float], folder: Path) -> None:
        rule, source = BY_HAND[name], folder / f"{name}.c"
        reads = "".join(f"const double {key} = hyper[{number}];" for number, key in enumerate(hyper))
        parts = {"HYPER": reads, "STATES": str(rule.states), "BEGIN": rule.begin, "ONCE": rule.once}
        text = SOURCE
        for mark, part in {**parts, "UPDATE": rule.update}.items():
            text = text.replace(mark, part)
        source.write_text(text)
        subprocess.run(["gcc", *FLAGS, str(source), "-o", str(source.with_suffix(".so")), "-lm"], check=True)
        self._run = ctypes.CDLL(str(source.with_suffix(".so"))).run
        self._run.argtypes = [ctypes.c_long] * 3 + [ctypes.c_void_p] * 4
        self._run.restype = None
        self._hyper = np.array(list(hyper.values()))
        self.places = np.ascontiguousarray(starts().T)
        self._states = np.zeros((rule.states, INSTANCES))
        self._step = 0

    def advance(self, steps: int) -> None:
        """Make `steps` updates."""
        pointers = [array.ctypes.data for array in (self._hyper, *self.places, self._states)]
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
            ours, theirs = Swarm(loss, rule, starts()), CSwarm(name, rule.hyperparameters, Path(folder))
            ours.advance(STEPS)
            theirs.advance(STEPS)
            check("Rosenbrock", f"{name} in C", ours.positions, theirs.places.T)
            our_times, their_times = in_turn([timed(ours.advance), timed(theirs.advance)], ROUNDS)
            ratio = statistics.median(our / their for our, their in zip(our_times, their_times, strict=True))
            rate = INSTANCES * STEPS / MILLION / statistics.median(our_times)
            print(f"{name:9} takes {ratio:.2f} x the time of C (goal {GOAL}), {rate:.0f} M steps/s", flush=True)


if __name__ == "__main__":
    main()
