"""The compiled loops: compiling and loading, shading and shuffling against NumPy, and one racer in a long race."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable

import numpy as np
from measure import MILLION, compare, in_turn

from engine import Race, compile_loss
from engine.compiled import object_cache
from engine.compiled.driver import Driver
from engine.data.shuffle import shuffle, shuffled
from gui.look.theme import DARK
from gui.views.shading.arrays import shade_arrays
from gui.views.shading.loop import shade_rows
from gui.views.shading.pixels import make_palette, shade
from gui.window.driver_compilation import program_drivers

ROUNDS = 40
SIZE = ROWS, COLUMNS = 900, 1200
SHADING_GOAL = 13.0
"""Times as fast as NumPy: LLVM text by hand was 15 times as fast, and may be 1.1 times as fast as this."""
SHUFFLED, EPOCHS = (3, 100_000), 2
SETUP_GOAL_S = 60.0
LONG, STEP_GOAL_NS = 2**21, 70.0
"""Steps after which a trail has been thinned, and what one of them may take on Rosenbrock."""
RACES, NANO = 7, 1e9


def processor_seconds(run: Callable[[], object]) -> float:
    """Return how long `run` keeps a processor busy."""
    began = time.thread_time()
    run()
    return time.thread_time() - began


def timed(run: Callable[[], object]) -> Callable[[], float]:
    """Return what runs and tells the seconds."""
    return lambda: processor_seconds(run)


def compiling() -> None:
    """Print how long all drivers take to compile, one after the other, and to load."""
    drivers = program_drivers()
    before = os.environ.get(object_cache.FOLDER_VARIABLE)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[object_cache.FOLDER_VARIABLE] = folder
        made, loaded = (
            [processor_seconds(Driver(each.function, each.arguments, each.name).prepare) for each in drivers]
            for _ in range(2)
        )
    if before is None:
        del os.environ[object_cache.FOLDER_VARIABLE]
    else:
        os.environ[object_cache.FOLDER_VARIABLE] = before
    slowest = drivers[int(np.argmax(made))].title
    figures = f"{sum(made):.1f} s of a processor (goal {SETUP_GOAL_S:.0f} s), the longest {max(made):.1f} s ({slowest})"
    print(f"{len(drivers)} loops compiled in {figures}; each loaded in {1e3 * statistics.median(loaded):.1f} ms")


def shading() -> None:
    """Print the shading of a picture against NumPy."""
    shade_rows.prepare()
    y, x = np.mgrid[0 : 1 : ROWS * 1j, 0 : 1 : COLUMNS * 1j]
    heights = (0.5 + 0.25 * (np.sin(7 * x) + np.cos(5 * y + x))).astype(np.float32)
    palette, pixels = make_palette(DARK), np.empty(SIZE, np.uint32)
    numbers = np.array([COLUMNS, -ROWS, *palette.line], np.float32)
    ways = (
        lambda: shade(heights, palette, COLUMNS, ROWS, pixels),
        lambda: shade_arrays(int(palette.hole), heights, numbers, palette.table),
    )
    ours, theirs = in_turn([timed(way) for way in ways], ROUNDS)
    line = compare(f"shading {COLUMNS}x{ROWS}", "M pixels/s", ROWS * COLUMNS / MILLION, ours, theirs, "NumPy")
    print(f"{line} (goal {SHADING_GOAL:.0f})")


def shuffling() -> None:
    """Print the shuffling of rows against NumPy's permutations."""
    shuffle.prepare()
    block = np.random.default_rng(0).normal(size=SHUFFLED)
    orders = np.random.default_rng(1)
    rows = SHUFFLED[1]
    ways = (
        lambda: shuffled(block, rows, 0, 0, EPOCHS),
        lambda: [np.take(block, orders.permutation(rows), axis=1) for _ in range(EPOCHS)],
    )
    ours, theirs = in_turn([timed(way) for way in ways], ROUNDS)
    print(compare("shuffling rows of three columns", "M rows/s", EPOCHS * rows / MILLION, ours, theirs, "NumPy"))


def long_races() -> None:
    """Print what a step of one racer takes in a race, its trail and its thinning included."""
    for racer in ("SGD(lr=0.0001)", "Adam(lr=0.0001)"):
        race = Race(compile_loss("(1 - x)^2 + 100*(y - x^2)^2"), [racer], start=(-1.0, 1.0))
        race.advance(LONG)
        steps = [NANO * processor_seconds(lambda: race.advance(LONG)) / LONG for _ in range(RACES)]
        figures = f"median {statistics.median(steps):.0f} ns, least {min(steps):.0f} ns of a processor"
        print(f"a step of {racer} down Rosenbrock in a long race: {figures} (goal {STEP_GOAL_NS:.0f} ns)")


def main() -> None:
    """Print all of it."""
    compiling()
    long_races()
    shading()
    shuffling()


if __name__ == "__main__":
    main()
