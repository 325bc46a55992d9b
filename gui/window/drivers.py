"""The drivers of the whole program, and how they are compiled before anybody waits for one: in processes of their own.

A compilation would hold Python's lock for a tenth of a second at a time, and Numba takes 200 MB of memory.
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

from engine.compiled import store
from engine.compiled.driver import Driver, NoCompilerError
from engine.optimizers.drivers import drivers_of
from gui.views.shading import loop as shading_loop

PACKAGES = "engine", "gui"
WINDOW_ONLY = (shading_loop,)
"""Modules with drivers that only the window would import, and Qt with it."""
MOST_PROCESSES = 4
"""Each takes a quarter of a gigabyte of memory."""
NO_COMPILER = 3
"""The exit status of a process that cannot import Numba."""


@dataclass(frozen=True)
class Compilation:
    """The driver that is being compiled, and which of how many it is."""

    title: str
    number: int
    total: int


Tell = Callable[[Compilation], object]


def program_drivers() -> list[Driver]:
    """Return every driver of the program, those that are needed first before others."""
    imported = [module for name, module in sys.modules.copy().items() if name.partition(".")[0] in PACKAGES]
    return drivers_of([*imported, *WINDOW_ONLY])


def prepare_all(
    drivers: Sequence[Driver], tell: Tell, processes: int = 1, goes_on: Callable[[], bool] = lambda: True
) -> int:
    """Load the drivers that are kept, have the others compiled and load them too; return how many those were.

    Parameters
    ----------
    drivers : sequence of Driver
        Of those that `program_drivers` returns.
    tell : callable
        Is told of each compilation when it begins, by any thread.
    processes : int
        How many compile at the same time.
    goes_on : callable
        Asked between two compilations: where it says no, what is left is left to whoever needs it.

    Raises
    ------
    NoCompilerError
        Where one must be compiled and Numba cannot be imported.
    """
    missing = [driver for driver in drivers if not driver.load()]
    numbers = itertools.count(1)

    def begin(driver: Driver) -> bool:
        tell(Compilation(driver.title, next(numbers), len(missing)))
        return goes_on()

    if store.can_keep():
        shares = [share for first in range(processes) if (share := missing[first::processes])]
        with ThreadPoolExecutor(max(len(shares), 1), "compiling") as threads:
            list(threads.map(lambda share: _compile_beside(share, begin), shares))
    else:
        # What another process compiles would be lost.
        for driver in missing:
            if not begin(driver):
                break
            driver.prepare()
    return len(missing)


def _compile_beside(drivers: Sequence[Driver], begin: Callable[[Driver], bool]) -> None:
    """Have drivers compiled by a process, and load each once it is there."""
    command = [sys.executable, "-m", __name__, *(driver.name for driver in drivers)]
    root = Path(__file__).parents[2]
    # It finds the packages in its working folder, where safe paths would not let it look.
    environment = {**os.environ, "PYTHONSAFEPATH": ""}
    # Its mistakes go to a file: a pipe that nobody reads yet would hold it up once it is full.
    with (
        tempfile.TemporaryFile("w+") as mistakes,
        subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=mistakes, text=True
        ) as process,
    ):
        assert process.stdout is not None, "it is a pipe"
        # It names each driver when it begins with it.
        for driver, _ in zip(drivers, process.stdout, strict=False):
            if not begin(driver):
                process.terminate()
                return
        process.wait()
        mistakes.seek(0)
        trouble = mistakes.read().strip()
    if process.returncode == NO_COMPILER:
        raise NoCompilerError(trouble)
    if process.returncode:
        last = trouble.splitlines()[-1] if trouble else f"the process ended with status {process.returncode}"
        raise NoCompilerError(f"Loops could not be compiled: {last}")
    for driver in drivers:
        driver.load()


def compile_all() -> str:
    """Compile what is not kept yet, with a line for each on the way; return what was done, as a sentence."""
    began, drivers = time.monotonic(), program_drivers()
    compiled = prepare_all(drivers, _show, min(os.cpu_count() or 1, MOST_PROCESSES))
    if not compiled:
        return f"All {len(drivers)} loops are compiled."
    seconds = time.monotonic() - began
    return f"{compiled} of {len(drivers)} loops compiled in {seconds:.0f} s, kept in {store.folder()}."


def _show(compilation: Compilation) -> None:
    line = f"Compiling {compilation.number} of {compilation.total}: {compilation.title} ..."
    # A terminal shows one line that changes.
    print(f"\r{line:<79}\r" if sys.stdout.isatty() else f"{line}\n", end="", flush=True)


def _compile_named(names: Sequence[str]) -> int:
    """Compile the drivers of these names, telling each when it begins; return the exit status."""
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
