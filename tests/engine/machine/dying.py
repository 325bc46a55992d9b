"""A job that kills its process, in a module that is soon imported by another one."""

import multiprocessing
import os
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path


def processes() -> Executor:
    """Return two processes that share no locks with this one, as forked ones would."""
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


def die(path: Path) -> str:
    """Return the name of a file; the first call for "once", and every one for "fatal", ends the process."""
    if path.name == "fatal" or (path.name == "once" and not path.exists()):
        path.touch()
        os._exit(1)
    return path.name
