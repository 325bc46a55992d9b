"""The location of a person's function: the module or file from which another process imports it.

A function is pickled as its location, never as its code.  Finding one in a file runs that file.
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
"""The module name of a file: one that no other module has."""
LONGEST_QUOTE = 200
"""Characters of an error that a sentence quotes."""


@dataclass(frozen=True)
class FunctionLocation:
    """Where a function is defined.

    Attributes
    ----------
    name : str
        The qualified name of the function in its module: ``steep``, or ``Hills.steep`` of a class.
    module : str
        The module that it is imported from; "" for one in a file.
    path : str
        The file, absolute; "" for one in a module.
    """

    name: str
    module: str = ""
    path: str = ""

    @property
    def label(self) -> str:
        """The name and the file or module, for a person to read."""
        return f"{self.name} in {Path(self.path).name if self.path else self.module}"

    def find(self) -> Any:
        """Return the function; for one in a file, run the file.

        Raises
        ------
        FormulaError
            Where it is not there, or the file cannot be run.
        """
        return function_in(self.path, self.name) if self.path else _imported(self)


def location_of(function: Callable[..., Any]) -> FunctionLocation:
    """Return the location of a function.

    Raises
    ------
    FormulaError
        Where another process could not import it: a lambda, a function within a function, or one typed in a shell.
    """
    plain = getattr(function, "py_func", function)
    module, name = plain.__module__ or "", plain.__qualname__
    found = _attribute(sys.modules.get(module), name)
    if found is None or getattr(found, "py_func", found) is not plain:
        raise FormulaError(
            f'"{plain.__name__}" cannot be sent to another process, which could not find it.',
            hint="Define it by its name in a module or in a file.",
        )
    return FunctionLocation(name, module)


def parse_location(text: str) -> FunctionLocation:
    """Return the location that is written as ``file.py:name``.

    Raises
    ------
    FormulaError
        Where the text is not of that form.
    """
    path, colon, name = text.rpartition(":")
    if not colon or not path or not name.isidentifier():
        raise FormulaError(f"{text} names no function of a file.", hint="Write file.py:name.")
    return FunctionLocation(name, path=str(Path(path).absolute()))


def function_in(path: str, name: str) -> Any:
    """Run a Python file, and return its function `name`.

    Raises
    ------
    FormulaError
        Where the file cannot be read or run, or has no such function.
    """
    module = _run(path)
    found = getattr(module, name, None)
    if not callable(found):
        there = ", ".join(_functions_of(module)) or "none"
        raise FormulaError(f'{Path(path).name} has no function "{name}".', hint=f"Its functions: {there}.")
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
    """Return the public functions that a module itself defines."""
    return {
        name: value
        for name, value in vars(module).items()
        if callable(value)
        and not name.startswith("_")
        and not isinstance(value, type)
        and getattr(getattr(value, "py_func", value), "__module__", "") == module.__name__
    }


def _run(path: str) -> ModuleType:
    """Run a file as a module that is not in `sys.modules`; while it runs, it can import files beside it."""
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
        raise FormulaError(f"{place.name} cannot be run: {error_sentence(error)}") from error
    finally:
        sys.path[:] = before
    return module


def error_sentence(error: BaseException) -> str:
    """Return an error of a person's code as a sentence of one line."""
    first = " ".join(str(error).split())[:LONGEST_QUOTE]
    kind = type(error).__name__
    return f"{kind}: {first.rstrip('.')}." if first else f"{kind}."


def _imported(place: FunctionLocation) -> Any:
    try:
        module = importlib.import_module(place.module)
    except Exception as error:
        raise FormulaError(f"The module {place.module} cannot be imported: {error_sentence(error)}") from error
    found = _attribute(module, place.name)
    if found is None:
        raise FormulaError(f'The module {place.module} has no function "{place.name}".')
    return found


def _attribute(module: ModuleType | None, name: str) -> Any:
    found: Any = module
    for part in name.split("."):
        found = getattr(found, part, None)
    return found
