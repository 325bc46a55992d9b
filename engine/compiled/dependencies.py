"""The dependencies of a driver: the functions that it calls, the constants that it reads, and a fingerprint of all.

Saved object code is used again only under the same fingerprint.  So a change of any dependency, in whichever file,
compiles the driver anew.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from enum import EnumMeta
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from engine.compiled import address_calls

HAS_DOCSTRING = int(getattr(inspect, "CO_HAS_DOCSTRING", 0))
"""The flag of a code whose first constant is a docstring; before Python 3.13 such a constant is a docstring or None."""


def functions_called_by(function: Callable[..., Any]) -> list[FunctionType]:
    """Return `function` and all plain functions that it calls, directly or not, but for those of `address_calls`."""
    return list(_dependencies(function))


def fingerprint(function: Callable[..., Any], *circumstances: str) -> str:
    """Return a hash of the dependencies of `function` and of `circumstances`, the same in every process.

    Raises
    ------
    TypeError
        Where it reads a global of a type that has no stable description.
    """
    text = hashlib.sha256("\n".join(circumstances).encode())
    for own, values in _dependencies(function).items():
        text.update(f"\n{own.__module__}.{own.__qualname__}\n{_of_code(own.__code__)}".encode())
        for name, value in sorted(values.items()):
            text.update(f"\n{name} = {_of_value(value)}".encode())
    return text.hexdigest()[:24]


def _dependencies(function: Callable[..., Any]) -> dict[FunctionType, Mapping[str, Any]]:
    """Return all functions that are called, with the globals and closed-over values that each reads."""
    found: dict[FunctionType, Mapping[str, Any]] = {}
    waiting: list[Any] = [function]
    while waiting:
        own = waiting.pop()
        if own in found:
            continue
        found[own] = _values_read(own)
        waiting += [value for value in found[own].values() if _is_compiled_with(value)]
    return found


def _is_compiled_with(value: Any) -> bool:
    return isinstance(value, FunctionType) and value.__module__ != address_calls.__name__


def _values_read(function: FunctionType) -> Mapping[str, Any]:
    names = set[str]().union(*(code.co_names for code in _codes(function.__code__)))
    # Sorted: the order of a set differs between processes, and would change the order of the functions.
    read = {name: function.__globals__[name] for name in sorted(names) if name in function.__globals__}
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    return read | {name: cell.cell_contents for name, cell in cells}


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _of_code(code: CodeType) -> str:
    constants = [_of_code(part) if isinstance(part, CodeType) else _of_value(part) for part in _constants(code)]
    return repr((code.co_code, constants, code.co_names, code.co_varnames, code.co_freevars))


def _constants(code: CodeType) -> tuple[Any, ...]:
    """Return the constants of a function but its docstring, which changes nothing of what is compiled."""
    constants: tuple[Any, ...] = code.co_consts
    marked = not HAS_DOCSTRING or code.co_flags & HAS_DOCSTRING
    has_docstring = marked and not code.co_name.startswith("<") and bool(constants) and isinstance(constants[0], str)
    return (None, *constants[1:]) if has_docstring else constants


def _of_value(value: Any) -> str:
    """Return a description that is the same in every process, and another one for any other value."""
    if isinstance(value, FunctionType):
        return f"{value.__module__}.{value.__qualname__}"
    if isinstance(value, ModuleType):
        return value.__name__
    if isinstance(value, EnumMeta):
        return repr(list(value))
    if isinstance(value, type):
        return f"{value.__module__}.{value.__qualname__} {getattr(value, '_fields', '')}"
    if isinstance(value, np.ndarray):
        return f"{value.dtype} {value.shape} {value.tobytes()!r}"
    if isinstance(value, frozenset):
        return repr(sorted(map(_of_value, value)))
    if isinstance(value, np.dtype | np.generic | bool | int | float | str | bytes | tuple | slice | None):
        return f"{type(value).__name__} {value!r}"
    raise TypeError(f"A driver reads {value!r}, which cannot be told from another in the next process.")
