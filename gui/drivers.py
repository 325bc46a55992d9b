"""The drivers of the whole program, and the command that compiles them all before anybody waits for one."""

from __future__ import annotations

import sys
import time

from engine.compiled import store
from engine.compiled.driver import Driver
from engine.drivers import Compilation, drivers_of, prepare_all
from gui.views import shading_loop

PACKAGES = "engine", "gui"
WINDOW_ONLY = (shading_loop,)
"""Modules with drivers that only the window would import, and Qt with it."""


def program_drivers() -> list[Driver]:
    """Return every driver of the program, those that are needed first before others."""
    imported = [module for name, module in sys.modules.items() if name.partition(".")[0] in PACKAGES]
    return drivers_of([*imported, *WINDOW_ONLY])


def compile_all() -> str:
    """Compile what is not kept yet, with a line for each on the way; return what was done, as a sentence."""
    began, drivers = time.monotonic(), program_drivers()
    compiled = prepare_all(drivers, _show)
    if not compiled:
        return f"All {len(drivers)} loops are compiled."
    return f"{compiled} of {len(drivers)} loops compiled in {time.monotonic() - began:.0f} s, kept in {store.folder()}."


def _show(compilation: Compilation) -> None:
    # A terminal shows one line that changes.
    line = f"Compiling {compilation.number} of {compilation.total}: {compilation.title} ..."
    print(f"\r{line:<79}" if sys.stdout.isatty() else line, end="" if sys.stdout.isatty() else "\n", flush=True)
