"""All drivers that the program compiles: those of modules, and those of single optimizers."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

from engine.compiled.driver import Driver
from engine.optimizers import OPTIMIZERS


def drivers_of(modules: Iterable[ModuleType]) -> list[Driver]:
    """Return the drivers that these modules have, and those of all optimizers, each once."""
    of_modules = [value for module in modules for value in vars(module).values() if isinstance(value, Driver)]
    of_optimizers = [driver for optimizer in OPTIMIZERS.values() for driver in optimizer.drivers]
    return list(dict.fromkeys([*of_modules, *of_optimizers]))
