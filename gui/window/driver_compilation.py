"""Compiles the program's drivers, which are its Numba loops, ahead of time, in processes of their own.

In a process of the window a compilation would hold Python's lock for a tenth of a second at a time, and Numba would
keep 200 MB of memory.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from engine.compiled import object_cache
from engine.compiled.driver import Driver, NoCompilerError
from engine.optimizers.drivers import drivers_of
from engine.race.followers import respawning
from engine.race.maps import minima, settling
from gui.views import polyline
from gui.views.shading import loop as shading_loop
from gui.views.swarms import counting

PACKAGES = "engine", "gui"
WINDOW_ONLY = (shading_loop, polyline, counting, respawning, minima, settling)
"""Modules with drivers that the command line does not import, because only the window needs them."""
MOST_PROCESSES = 4
"""Each takes a quarter of a gigabyte of memory."""
NO_COMPILER = 3
"""The exit status of a process that cannot import Numba."""


@dataclass(frozen=True)
class Compilation:
    """A driver that is being compiled: what it does, and which of how many it is."""

    title: str
    number: int
    total: int


Report = Callable[[Compilation], object]


def program_drivers() -> list[Driver]:
    """Return every driver of the program, in the order in which they will be needed."""
    imported = [module for name, module in sys.modules.copy().items() if name.partition(".")[0] in PACKAGES]
    return drivers_of([*imported, *WINDOW_ONLY])


def load_or_compile(
    drivers: Sequence[Driver], report: Report, processes: int = 1, wanted: Callable[[], bool] = lambda: True
) -> int:
    """Load the drivers that are stored, and compile, store and load the others; return how many were missing.

    Parameters
    ----------
    drivers : sequence of Driver
        Of those that `program_drivers` returns.
    report : callable
        Called on any thread with each compilation that begins.
    processes : int
        How many compile at the same time.
    wanted : callable
        Called between two compilations; where it returns False, the drivers that are left are not compiled.

    Raises
    ------
    NoCompilerError
        Where a driver is missing and Numba cannot be imported.
    """
    missing = [driver for driver in drivers if not driver.load()]
    numbers = itertools.count(1)

    def begin(driver: Driver) -> bool:
        report(Compilation(driver.title, next(numbers), len(missing)))
        return wanted()

    if object_cache.is_writable():
        shares = [share for first in range(processes) if (share := missing[first::processes])]
        with ThreadPoolExecutor(max(len(shares), 1), "compiling") as threads:
            list(threads.map(lambda share: _compile_in_process(share, begin), shares))
    else:
        # Another process could not hand over what it compiles.
        for driver in missing:
            if not begin(driver):
                break
            driver.prepare()
    return len(missing)


def _compile_in_process(drivers: Sequence[Driver], begin: Callable[[Driver], bool]) -> None:
    """Compile drivers in a process, and load them; `begin` returns False where no more are wanted."""
    command = [sys.executable, "-m", __name__, *(driver.name for driver in drivers)]
    root = Path(__file__).parents[2]
    # The process finds the packages in its working folder, where safe paths would not let it look.
    environment = {**os.environ, "PYTHONSAFEPATH": ""}
    # Its errors go to a file: a pipe that nobody reads yet would hold it up once it is full.
    with (
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        assert process.stdout is not None, "stdout is a pipe"
        # The process writes the name of each driver before it compiles it.
        for driver, _ in zip(drivers, process.stdout, strict=False):
            if not begin(driver):
                process.terminate()
                return
        process.wait()
        errors.seek(0)
        trouble = errors.read().strip()
    if process.returncode == NO_COMPILER:
        raise NoCompilerError(trouble)
    if process.returncode:
        last = trouble.splitlines()[-1] if trouble else f"the process ended with status {process.returncode}"
        raise NoCompilerError(f"Loops could not be compiled: {last}")
    for driver in drivers:
        driver.load()


def compile_all() -> str:
    """Compile the drivers that are not stored yet, with a line for each; return what was done, as a sentence."""
    began, drivers = time.monotonic(), program_drivers()
    compiled = load_or_compile(drivers, _print, min(os.cpu_count() or 1, MOST_PROCESSES))
    if not compiled:
        return f"All {len(drivers)} loops are compiled."
    seconds = time.monotonic() - began
    return f"{compiled} of {len(drivers)} loops compiled in {seconds:.0f} s, kept in {object_cache.folder()}."


def _print(compilation: Compilation) -> None:
    line = f"Compiling {compilation.number} of {compilation.total}: {compilation.title} ..."
    # A terminal shows one line that changes.
    print(f"\r{line:<79}\r" if sys.stdout.isatty() else f"{line}\n", end="", flush=True)


def _compile_named(names: Sequence[str]) -> int:
    """Compile the drivers of these names, and write each name before; return the exit status."""
    by_name = {driver.name: driver for driver in program_drivers()}
    try:
        for name in names:
            print(name, flush=True)
            by_name[name].prepare()
    except NoCompilerError as error:
        print(error, file=sys.stderr)
        return NO_COMPILER
    return 0


if __name__ == "__main__":
    sys.exit(_compile_named(sys.argv[1:]))
