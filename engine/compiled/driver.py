"""Drivers: plain functions with declared arguments, compiled by Numba once and then loaded."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from importlib.metadata import version
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.compiled import object_cache
from engine.compiled.argument_types import REAL, ArgumentType
from engine.compiled.dependencies import fingerprint
from engine.compiled.object_code import ObjectCode
from engine.language.codegen.machine_code import processor_name

Function = Callable[..., Any]
Compiler = Callable[[Function, Sequence[ArgumentType]], bytes]


class NoCompilerError(RuntimeError):
    """A driver cannot be compiled, since Numba cannot be imported; the message is a sentence for people."""


def compiler() -> Compiler:
    """Import Numba, and return the function that compiles drivers to object code.

    Raises
    ------
    NoCompilerError
        Where Numba cannot be imported.
    """
    # Importing Numba takes a third of a second, and saved object code does not need it.
    try:
        from engine.compiled.numba_compiler import compile_to_object_code
    except Exception as error:  # With an unknown NumPy or LLVM, importing Numba raises anything.
        raise NoCompilerError(f"Numba, which compiles the loops of the program, cannot be imported: {error}") from error
    return compile_to_object_code


class Driver:
    """A compiled function, called with the values of its declared arguments; it returns an integer.

    The first call, or `prepare`, loads or compiles the code, on any thread.  No exception can leave compiled code, so a
    driver returns numbers instead.

    Parameters
    ----------
    function : callable
        What is compiled, with all plain functions that it calls.  It returns an int, or None for 0.
    arguments : sequence of ArgumentType
        The types of its arguments, in order.
    name : str, optional
        The name of its object code in the cache.
    title : str, optional
        What the window says is being compiled, such as "the step loop"; the name where it is not given.
    """

    def __init__(self, function: Function, arguments: Sequence[ArgumentType], name: str = "", title: str = "") -> None:
        self.function, self.arguments = function, tuple(arguments)
        self.name = name or function.__name__
        self.title = title or self.name
        self._layout = struct.Struct(
            "".join("d" if each == REAL else "Q" * (1 + each.dimensions) for each in arguments)
        )
        self._lock = RLock()
        self._code: ObjectCode | None = None

    def __call__(self, *values: Any) -> int:
        """Run it, and release the GIL while it runs."""
        return self._run(_ENTRY, values)

    def run_briefly(self, *values: Any) -> int:
        """Run it without releasing the GIL: for a call of less than 0.1 ms, re-acquiring it would take longer."""
        return self._run(_BRIEF_ENTRY, values)

    def load(self) -> bool:
        """Load the code if it was saved; return whether there is code now, so that a call will not wait for Numba."""
        # The lock may belong to a thread that compiles, for which this one must not wait.
        if self._code is None and self._lock.acquire(blocking=False):
            try:
                data = object_cache.load(self.name, self.fingerprint) if self._code is None else None
                if data is not None:
                    self._code = ObjectCode(data)
            finally:
                self._lock.release()
        return self._code is not None

    def prepare(self) -> bool:
        """Load or compile the code; return whether it had to be compiled.

        Raises
        ------
        NoCompilerError
            Where it must be compiled and Numba cannot be imported.
        """
        with self._lock:
            if self.load():
                return False
            data = compiler()(self.function, self.arguments)
            object_cache.save(self.name, self.fingerprint, data)
            self._code = ObjectCode(data)
            return True

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of its dependencies, its arguments, the compilers and the processor."""
        return fingerprint(self.function, *_toolchain(), str(self.arguments))

    def _run(self, entry: Any, values: Sequence[Any]) -> int:
        if self._code is None:
            self.prepare()
        code = self._code
        if code is None:
            raise RuntimeError(f"The driver {self.name} has no code after it was prepared.")
        words = self._layout.pack(*_words(self.arguments, values))
        result = ctypes.c_int64()
        failed = entry(code.address)(ctypes.byref(result), None, words)
        if failed:
            raise RuntimeError(f"The driver {self.name} raised an error, which drivers must not.")
        return result.value


def driver(*arguments: ArgumentType, title: str = "") -> Callable[[Function], Driver]:
    """Return a decorator that makes a driver of a function with these arguments."""
    return lambda function: Driver(function, arguments, title=title)


_ENTRY, _BRIEF_ENTRY = (
    kind(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    for kind in (ctypes.CFUNCTYPE, ctypes.PYFUNCTYPE)
)


def _words(arguments: Sequence[ArgumentType], values: Sequence[Any]) -> list[float]:
    """Return numbers, integers without a sign, and for each array its address and its shape.

    Raises
    ------
    TypeError
        Where a value is not of its type: machine code would read memory that is not its own.
    """
    words: list[float] = []
    for argument, value in zip(arguments, values, strict=True):
        if argument.dimensions:
            if value.dtype != argument.dtype or value.ndim != argument.dimensions or not value.flags.c_contiguous:
                raise TypeError(f"A driver takes {argument}, not {value.dtype} in {value.ndim} dimensions.")
            words.append(_address(value))
            words += value.shape
        elif argument == REAL:
            words.append(value)
        else:
            words.append(int(value) & ALL_BITS)
    return words


def _address(array: NDArray[Any]) -> int:
    """Return where the data of an array begins; 0 for an array without elements, whose data nobody reads."""
    if not array.size:
        return 0
    # NumPy's own way to an address takes five times as long, but read-only arrays offer no other.
    return _ADDRESS_OF(_FIRST_BYTE(array.data)) if array.flags.writeable else int(array.ctypes.data)


_ADDRESS_OF, _FIRST_BYTE = ctypes.addressof, ctypes.c_char.from_buffer


@cache
def _toolchain() -> tuple[str, ...]:
    """Return what machine code depends on beside the function: the versions of the compilers, and the processor."""
    return version("numba"), version("llvmlite"), np.__version__, processor_name(), BUILD_VERSION


ALL_BITS = 2**64 - 1
BUILD_VERSION = "1"
"""To be raised with any change to how drivers are compiled or called."""
