"""Every driver of the program, and their preparation: each is loaded, or compiled once for this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import ModuleType

from engine.compiled.driver import Driver
from engine.optimizers import OPTIMIZERS


@dataclass(frozen=True)
class Compilation:
    """The driver that is being compiled, and which of how many it is."""

    title: str
    number: int
    total: int


def drivers_of(modules: Iterable[ModuleType]) -> list[Driver]:
    """Return the drivers that these modules have, and those of all optimizers, each once."""
    of_modules = [value for module in modules for value in vars(module).values() if isinstance(value, Driver)]
    of_optimizers = [driver for optimizer in OPTIMIZERS.values() for driver in optimizer.drivers]
    return list(dict.fromkeys([*of_modules, *of_optimizers]))


def prepare_all(
    drivers: Sequence[Driver], tell: Callable[[Compilation], object], goes_on: Callable[[], bool] = lambda: True
) -> int:
    """Load the drivers that are kept, then compile the others one after the other; return how many those were.

    Parameters
    ----------
    drivers : sequence of Driver
    tell : callable
        Is told of each compilation before it begins.
    goes_on : callable
        Asked before each: where it says no, what is left is left to whoever needs it.

    Raises
    ------
    NoCompilerError
        Where one must be compiled and Numba cannot be imported.
    """
    missing = [driver for driver in drivers if not driver.load()]
    for number, driver in enumerate(missing, 1):
        if not goes_on():
            return number - 1
        tell(Compilation(driver.title, number, len(missing)))
        driver.prepare()
    return len(missing)
