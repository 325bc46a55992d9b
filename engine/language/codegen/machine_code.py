"""Assembly compiled to machine code in this process, and the processor that it is compiled for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from threading import Lock

import llvmlite.binding as llvm

from engine.language.codegen.vector_math import vector_library

OPTIMISED, QUICK = 2, 0
"""LLVM's optimisation levels.  At the second, compile time grows with the length of the code, not with its square."""


class Code:
    """Machine code, with the engine that owns it; `address(name)` stays valid as long as this object."""

    def __init__(self, assembly: str, level: int = OPTIMISED) -> None:
        vector_library()
        module = llvm.parse_assembly(f'target triple = "{llvm.get_process_triple()}"\n{assembly}')
        if level == QUICK:
            # A person waits for it: the engine compiles it itself, which is sooner done.
            self._engine = llvm.create_mcjit_compiler(module, target_machine(level))
            self._engine.finalize_object()
        else:
            # Such an engine would keep all that LLVM knew of the text, 0.7 MB, where code and all else need 0.05 MB.
            self._engine = loaded(target_machine(level).emit_object(module))
        self._addresses: dict[str, int] = {}

    def address(self, name: str) -> int:
        """Return the address of the function called `name`."""
        # get_function_address takes LLVM's global lock, which a compiling thread may hold; so addresses are cached.
        if name not in self._addresses:
            self._addresses[name] = int(self._engine.get_function_address(name))
        return self._addresses[name]


def loaded(object_code: bytes) -> llvm.ExecutionEngine:
    """Return an engine that has object code in memory, which stays there as long as the engine.

    The code must call functions alone that have an address: for a name that is not found LLVM takes 0.
    """
    nothing = llvm.parse_assembly("")
    engine = llvm.create_mcjit_compiler(nothing, target_machine())
    # Else it would be compiled too, which takes a millisecond.
    engine.remove_module(nothing)
    engine.add_object_file(llvm.ObjectFileRef.from_data(object_code))
    engine.finalize_object()
    return engine


def processor_name() -> str:
    """Return the processor's name and features: machine code kept in a file runs where they are the same."""
    return " ".join(_processor()[1:])


def target_machine(level: int = OPTIMISED) -> llvm.TargetMachine:
    """Return LLVM's description of this processor; an engine takes it over, so each needs its own."""
    target, name, features = _processor()
    return target.create_target_machine(cpu=name, features=features, opt=level, jit=True)


@cache
def _processor() -> tuple[llvm.Target, str, str]:
    """Return LLVM's target, the processor's name, and the features that it has beyond its kind."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    target = llvm.Target.from_triple(llvm.get_process_triple())
    return target, llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()


_LINKING = Lock()


def link(definitions: Callable[[], str], names: tuple[str, ...]) -> None:
    """Make functions, whose text `definitions` gives, known by `names` to all code that is compiled from now on."""
    # Without the lock, two threads could both compile them; the first's code would be freed, and may be called by then.
    with _LINKING:
        _linked_code(definitions, names)


@cache
def _linked_code(definitions: Callable[[], str], names: tuple[str, ...]) -> Code:
    code = Code(definitions())
    for name in names:
        llvm.add_symbol(name, code.address(name))
    return code
