"""Compiles drivers: Numba makes an LLVM module of a driver and all that it calls, and LLVM makes object code of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

import llvmlite.binding as llvm
from numba import cfunc, from_dtype, types
from numba.extending import overload, register_jitable

from engine.compiled.argument_types import ArgumentType
from engine.compiled.dependencies import functions_called_by
from engine.compiled.intrinsics import unpacking
from engine.compiled.object_code import ENTRY, emit_object_code
from engine.language.codegen.machine_code import target_machine

OPTIONS: Mapping[str, Any] = MappingProxyType({"error_model": "numpy", "_nrt": False})
"""Options for Numba: 1/0 is infinite, since a driver must not raise, and it must not allocate managed memory."""
INNER: Mapping[str, Any] = MappingProxyType({**OPTIONS, "no_cpython_wrapper": True, "no_cfunc_wrapper": True})
"""Options for the functions that drivers call: nothing else calls them, so wrappers would cost time only."""
MATHEMATICS = frozenset({
    "atan", "atan2", "cos", "cosh", "exp", "expm1", "fmod", "hypot", "log", "log10", "log1p", "pow", "sin", "sinh",
    "sqrt", "tan", "tanh", "memcpy", "memmove", "memset",
})  # fmt: skip
"""The functions that object code may call, since every process has them."""


class NotADriverError(TypeError):
    """A function cannot be a driver, since it calls Python while it runs: it allocates memory, or may raise."""


def compile_to_object_code(function: Callable[..., Any], arguments: Sequence[ArgumentType]) -> bytes:
    """Return the object code of a function, entered as ``int32 driver(int64* result, void*, int64* words)``.

    Raises
    ------
    numba.core.errors.NumbaError
        Where Numba cannot compile the function.
    NotADriverError
        Where the function calls Python while it runs.
    """
    for called in functions_called_by(function):
        _register(called)
    unpack = unpacking([_numba_type(argument) for argument in arguments])

    def entry(words: Any) -> Any:
        return _as_integer(function(*unpack(words)))

    compiled = cfunc(types.int64(types.voidptr), **OPTIONS)(entry)
    return emit_object_code(_without_python(compiled))


def _as_integer(result: Any) -> Any:
    """Return the result of a driver, 0 for nothing."""


@overload(_as_integer)
def _overload_as_integer(result: Any) -> Any:
    def nothing(result: Any) -> Any:
        return 0

    def integer(result: Any) -> Any:
        return types.int64(result)

    return nothing if result == types.none else integer


@cache
def _register(function: Callable[..., Any]) -> None:
    """Let Numba compile a plain function wherever another one calls it."""
    register_jitable(**INNER)(function)


def _numba_type(argument: ArgumentType) -> Any:
    element = from_dtype(argument.dtype)
    return types.Array(element, argument.dimensions, "C") if argument.dimensions else element


def _without_python(compiled: Any) -> llvm.ModuleRef:
    """Return the module of a compiled function without the wrapper by which C code calls it.

    Raises
    ------
    NotADriverError
        Where what is left calls a function that not every process has.
    """
    module = llvm.parse_assembly(compiled.inspect_llvm())
    wrapper = module.get_function(compiled.native_name)
    core = module.get_function(compiled.native_name.removeprefix("cfunc."))
    wrapper.linkage = "internal"
    core.name, core.linkage = ENTRY, "external"
    _remove_unused(module)
    foreign = sorted(called.name for called in module.functions if called.is_declaration and not _is_known(called.name))
    if foreign:
        raise NotADriverError(f"A driver would call {', '.join(foreign)}.")
    return module


def _is_known(name: str) -> bool:
    return name.startswith("llvm.") or name in MATHEMATICS


def _remove_unused(module: llvm.ModuleRef) -> None:
    """Remove the functions and constants that nothing refers to."""
    passes = llvm.create_new_module_pass_manager()
    passes.add_global_dead_code_eliminate_pass()
    passes.run(module, llvm.create_pass_builder(target_machine(), llvm.create_pipeline_tuning_options()))
