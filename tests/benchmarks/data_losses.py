"""Losses from data: a picture of 10,000 rows, and steps on mini-batches against the same loop in C."""

import ctypes
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from evaluation import C_FLAGS
from measure import MILLION, compare, in_turn, seconds

from engine import Loss, Race, compile_loss
from engine.data.batches import Batches
from engine.data.datasets import generate
from engine.loss.terrain import sample_terrain

LINE = "mean((x*u + y - v)^2)"
ROWS, BATCH, STEPS = 10_000, 32, 100_000
BOUNDS = ((-2.0, 3.0), (-2.0, 4.0))
SIZES = (64, 256)
GOAL_MS = 150
ROUNDS = 9
START, LEARNING_RATE = (-1.5, -1.2), 1e-3
AGREEMENT = 1e-9
SOURCE = """
#include <stdint.h>
static uint64_t mixed(uint64_t key, uint64_t number) {
    uint64_t z = number*0x9E3779B97F4A7C15u + 0x9E3779B97F4A7C15u + key;
    z = (z ^ (z >> 30))*0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27))*0x94D049BB133111EBu;
    return z ^ (z >> 31);
}
void run(long rows, long batch, long steps, double lr, const double *restrict u, const double *restrict v,
         double *restrict su, double *restrict sv, double *restrict w, double *restrict record) {
    const long per_epoch = (rows + batch - 1)/batch;
    double x = w[0], y = w[1];
    for (long k = 0; k < steps; k++) {
        if (k % per_epoch == 0) {
            const uint64_t key = mixed(0, mixed(0, k/per_epoch));
            for (long i = 0; i < rows; i++) {
                const long j = ((mixed(key, i) >> 32)*(i + 1)) >> 32;
                su[i] = su[j]; su[j] = u[i];
                sv[i] = sv[j]; sv[j] = v[i];
            }
        }
        const long first = k % per_epoch*batch, count = first + batch < rows ? batch : rows - first;
        double f = 0, gx = 0, gy = 0;
        for (long i = first; i < first + count; i++) {
            const double r = x*su[i] + y - sv[i];
            f += r*r; gx += 2*r*su[i]; gy += 2*r;
        }
        record[3*k] = x; record[3*k + 1] = y; record[3*k + 2] = f/count;
        x -= lr*gx/count; y -= lr*gy/count;
    }
    w[0] = x; w[1] = y;
}
void picture(long n, long rows, const double *restrict X, const double *restrict Y, const double *restrict u,
             const double *restrict v, double *restrict f) {
    #pragma omp parallel for schedule(static)
    for (long k = 0; k < n; k++) {
        double sum = 0;
        for (long i = 0; i < rows; i++) { const double r = X[k]*u[i] + Y[k] - v[i]; sum += r*r; }
        f[k] = sum/rows;
    }
}
"""


class ByHand:
    """The same work in C, its shuffle too."""

    def __init__(self, folder: Path, columns: dict[str, np.ndarray]) -> None:
        source, library = folder / "data.c", folder / "data.so"
        source.write_text(SOURCE)
        subprocess.run(["gcc", *C_FLAGS, "-fopenmp", str(source), "-o", str(library), "-lm"], check=True)
        self._code = ctypes.CDLL(str(library))
        self._code.run.argtypes = [*[ctypes.c_long] * 3, ctypes.c_double, *[ctypes.c_void_p] * 6]
        self._code.picture.argtypes = [*[ctypes.c_long] * 2, *[ctypes.c_void_p] * 5]
        self._columns = columns

    def descend(self) -> np.ndarray:
        """Return where the steps on mini-batches end."""
        place, record = np.array(START), np.empty((STEPS, 3))
        arrays = [*self._columns.values(), np.empty(ROWS), np.empty(ROWS), place, record]
        self._code.run(ROWS, BATCH, STEPS, LEARNING_RATE, *(array.ctypes.data for array in arrays))
        return place

    def picture(self, size: int) -> np.ndarray:
        """Return the losses of a grid."""
        x, y = np.meshgrid(*(np.linspace(*side, size) for side in BOUNDS))
        arrays = [x, y, *self._columns.values(), result := np.empty((size, size))]
        self._code.picture(size * size, ROWS, *(array.ctypes.data for array in arrays))
        return result


def descend(loss: Loss) -> np.ndarray:
    """Return where a racer on mini-batches ends; what a window asks beside, the loss of all rows, is left out."""
    race = Race(loss, [f"SGD(lr={LEARNING_RATE})"], START, batch=BATCH)
    batches, racer = Batches(loss.columns, BATCH, race.seed), race.racers[0]
    done, parameters = 0, loss.parameter_array
    while done < STEPS:
        count = min(batches.reach(done + 1), STEPS - done)
        rows = batches.parameters(parameters, done + 1, count)
        table = racer.kernel.prepare(done + 1, count, racer.hyper, rows)
        racer.kernel.run(racer.block, racer.diverged, done + 1, table, rows, np.empty((count, 3)))
        done += count
    return racer.block[:2, 0].copy()


def timed(run: Callable[[], object]) -> Callable[[], float]:
    """Return what runs and tells the seconds."""
    return lambda: seconds(run)


def main() -> None:
    """Print the time of a picture, and steps and pictures against C."""
    columns = generate("line", points=ROWS)
    loss = compile_loss(LINE, columns)
    times = {size: [] for size in SIZES}
    for _ in range(ROUNDS):
        for size in SIZES:
            times[size].append(1e3 * seconds(lambda size=size: sample_terrain(loss.value, BOUNDS, size, size, 1)))
    for size, taken in times.items():
        figures = f"median {statistics.median(taken):.0f} ms, worst {max(taken):.0f} ms"
        print(f"a data loss of {ROWS:,} rows at {size} x {size}: {figures} (goal {GOAL_MS} ms at 256)", flush=True)
    if shutil.which("gcc") is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        hand = ByHand(Path(folder), columns)
        if not np.allclose(hand.descend(), descend(loss), rtol=AGREEMENT):
            raise SystemExit("C descends another way than ours.")
        terrain = sample_terrain(loss.value, BOUNDS, *SIZES[:1] * 2, 1)
        if not np.allclose(hand.picture(SIZES[0]), terrain.values, rtol=AGREEMENT):
            raise SystemExit("C draws another picture than ours.")
        ours, theirs = in_turn([timed(lambda: descend(loss)), timed(hand.descend)], ROUNDS)
        print(
            compare(f"steps on batches of {BATCH}, with their shuffle", "M steps/s", STEPS / MILLION, ours, theirs, "C")
        )
        size = SIZES[-1]
        draw = lambda: sample_terrain(loss.value, BOUNDS, size, size, 1)  # noqa: E731
        ours, theirs = in_turn([timed(draw), timed(lambda: hand.picture(size))], ROUNDS)
        print(compare("a picture", "M rows/s", size**2 * ROWS / MILLION, ours, theirs, "C"))


if __name__ == "__main__":
    main()
