"""The place of a person's function: how another process finds it again, by its module or by its file.

A function of one's own travels as its place, never as its code.  To find one in a file runs that file.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from engine.language.errors import FormulaError

SUFFIX = ".py"
MODULE_NAME = "derby_own_{}"
"""What a file is called as a module: no name under which another module could be imported."""
LONGEST_REASON = 200
"""Characters of a foreign error that are told."""


@dataclass(frozen=True)
class Place:
    """Where a function is found.

    Attributes
    ----------
    name : str
        The function, or where in its module it is: ``Hills.steep``.
    module : str
        The module that it is imported from; "" for one in a file.
    path : str
        The file, absolute; "" for one in a module.
    """

    name: str
    module: str = ""
    path: str = ""

    @property
    def told(self) -> str:
        """What to tell of it in a line."""
        return f"{self.name} in {Path(self.path).name if self.path else self.module}"

    def find(self) -> Any:
        """Return the function; for one in a file, run the file.

        Raises
        ------
        FormulaError
            Where it is not there, or the file cannot be run.
        """
        return function_in(self.path, self.name) if self.path else _imported(self)


def place_of(function: Callable[..., Any]) -> Place:
    """Return where a function is imported from.

    Raises
    ------
    FormulaError
        Where another process could not: a lambda, a function in a function, or one of the shell.
    """
    plain = getattr(function, "py_func", function)
    module, name = plain.__module__ or "", plain.__qualname__
    found = _attribute(sys.modules.get(module), name)
    if found is None or getattr(found, "py_func", found) is not plain:
        raise FormulaError(
            f"`{plain.__name__}` cannot be sent to another process, which could not find it.",
            hint="Define it by its name in a module or in a file.",
        )
    return Place(name, module)


def split(text: str) -> Place:
    """Return the place that ``file.py:name`` tells.

    Raises
    ------
    FormulaError
        Where it tells none.
    """
    path, colon, name = text.rpartition(":")
    if not colon or not path or not name.isidentifier():
        raise FormulaError(f"{text} names no function of a file.", hint="Write file.py:name.")
    return Place(name, path=str(Path(path).absolute()))


def function_in(path: str, name: str) -> Any:
    """Run a Python file, and return what it calls `name`.

    Raises
    ------
    FormulaError
        Where the file cannot be read or run, or has no such function.
    """
    module = _run(path)
    found = getattr(module, name, None)
    if not callable(found):
        there = ", ".join(_functions_of(module)) or "none"
        raise FormulaError(f"{Path(path).name} has no function `{name}`.", hint=f"Its functions: {there}.")
    return found


def functions_in(path: str) -> dict[str, Callable[..., Any]]:
    """Run a Python file, and return its functions by their names.

    Raises
    ------
    FormulaError
        Where it cannot be read or run.
    """
    return _functions_of(_run(path))


def _functions_of(module: ModuleType) -> dict[str, Callable[..., Any]]:
    """Return the functions that a module defines itself for others."""
    return {
        name: value
        for name, value in vars(module).items()
        if callable(value)
        and not name.startswith("_")
        and not isinstance(value, type)
        and getattr(getattr(value, "py_func", value), "__module__", "") == module.__name__
    }


def _run(path: str) -> ModuleType:
    """Run a file as a module that nobody else can import; files beside it can be imported while it runs."""
    place = Path(path)
    if place.suffix != SUFFIX:
        raise FormulaError(f"{place.name} is no Python file.", hint="Write file.py:name.")
    if not place.is_file():
        raise FormulaError(f"There is no file {place}.")
    spec = importlib.util.spec_from_file_location(MODULE_NAME.format(place.stem), place)
    if spec is None or spec.loader is None:
        raise FormulaError(f"{place.name} cannot be run as Python.")
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    sys.path.insert(0, str(place.parent))
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise FormulaError(f"{place.name} cannot be run: {reason(error)}") from error
    finally:
        sys.path[:] = before
    return module


def reason(error: BaseException) -> str:
    """Return a foreign error in a sentence of one line."""
    first = " ".join(str(error).split())[:LONGEST_REASON]
    kind = type(error).__name__
    return f"{kind}: {first.rstrip('.')}." if first else f"{kind}."


def _imported(place: Place) -> Any:
    try:
        module = importlib.import_module(place.module)
    except Exception as error:
        raise FormulaError(f"The module {place.module} cannot be imported: {reason(error)}") from error
    found = _attribute(module, place.name)
    if found is None:
        raise FormulaError(f"The module {place.module} has no function `{place.name}`.")
    return found


def _attribute(module: ModuleType | None, name: str) -> Any:
    found: Any = module
    for part in name.split("."):
        found = getattr(found, part, None)
    return found
