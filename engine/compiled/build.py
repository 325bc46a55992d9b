"""How a driver becomes object code: Numba compiles it with all that it reaches, and LLVM writes what is left of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

import llvmlite.binding as llvm
from numba import cfunc, from_dtype, types
from numba.extending import overload, register_jitable

from engine.compiled.intrinsics import unpacking
from engine.compiled.kinds import Kind
from engine.compiled.objects import ENTRY, emitted
from engine.compiled.reached import reached_functions
from engine.language.codegen.machine_code import target_machine

OPTIONS: Mapping[str, Any] = MappingProxyType({"error_model": "numpy", "_nrt": False})
"""Arithmetic in which 1/0 is infinite, since nothing in a driver may raise, and no memory that Numba manages."""
MATHEMATICS = frozenset({
    "atan", "atan2", "cos", "cosh", "exp", "expm1", "fmod", "hypot", "log", "log10", "log1p", "pow", "sin", "sinh",
    "sqrt", "tan", "tanh", "memcpy", "memmove", "memset",
})  # fmt: skip
"""What object code may call: functions that every process has."""


class NotADriverError(TypeError):
    """A function that needs Python while it runs: it allocates memory, or may raise."""


def object_code(function: Callable[..., Any], kinds: Sequence[Kind]) -> bytes:
    """Return the object code of a function, entered as ``int32 driver(int64* result, void*, int64* words)``.

    Raises
    ------
    numba.core.errors.NumbaError
        Where the function is beyond Numba.
    NotADriverError
        Where it needs Python while it runs.
    """
    for reached in reached_functions(function):
        _make_known(reached)
    unpack = unpacking([_numba_type(kind) for kind in kinds])

    def entry(words: Any) -> Any:
        return _as_whole(function(*unpack(words)))

    compiled = cfunc(types.int64(types.voidptr), **OPTIONS)(entry)
    return emitted(_without_python(compiled))


def _as_whole(result: Any) -> Any:
    """Return the result of a driver, 0 for nothing."""


@overload(_as_whole)
def _written(result: Any) -> Any:
    def nothing(result: Any) -> Any:
        return 0

    def whole(result: Any) -> Any:
        return types.int64(result)

    return nothing if result == types.none else whole


@cache
def _make_known(function: Callable[..., Any]) -> None:
    """Let Numba compile a plain function wherever another one calls it."""
    register_jitable(**OPTIONS)(function)


def _numba_type(kind: Kind) -> Any:
    element = from_dtype(kind.dtype)
    return types.Array(element, kind.dimensions, "C") if kind.dimensions else element


def _without_python(compiled: Any) -> llvm.ModuleRef:
    """Return the module of a compiled function less the shell that Python's own functions are called from."""
    module = llvm.parse_assembly(compiled.inspect_llvm())
    shell = module.get_function(compiled.native_name)
    core = module.get_function(compiled.native_name.removeprefix("cfunc."))
    shell.linkage = "internal"
    core.name, core.linkage = ENTRY, "external"
    _clean(module)
    foreign = sorted(called.name for called in module.functions if called.is_declaration and not _is_known(called.name))
    if foreign:
        raise NotADriverError(f"A driver would call {', '.join(foreign)}.")
    return module


def _is_known(name: str) -> bool:
    return name.startswith("llvm.") or name in MATHEMATICS


def _clean(module: llvm.ModuleRef) -> None:
    """Remove what nothing refers to any more."""
    passes = llvm.create_new_module_pass_manager()
    passes.add_global_dead_code_eliminate_pass()
    passes.run(module, llvm.create_pass_builder(target_machine(), llvm.create_pipeline_tuning_options()))
