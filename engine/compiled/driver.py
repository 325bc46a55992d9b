"""A driver: a plain function with declared arguments that runs as machine code, compiled by Numba once."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from importlib.metadata import version
from threading import RLock
from typing import Any

import numpy as np

from engine.compiled import store
from engine.compiled.kinds import REAL, Kind
from engine.compiled.objects import ObjectCode
from engine.compiled.reached import fingerprint
from engine.language.codegen.machine_code import processor_name

Function = Callable[..., Any]
Compiler = Callable[[Function, Sequence[Kind]], bytes]


class NoCompilerError(RuntimeError):
    """A driver must be compiled and cannot, without Numba above all; the message is a sentence for people."""


def compiler() -> Compiler:
    """Return what makes object code, and imports Numba for it.

    Raises
    ------
    NoCompilerError
        Where Numba cannot be imported.
    """
    # Numba takes a third of a second to import, and is not needed where the code was kept.
    try:
        from engine.compiled.build import object_code
    except Exception as error:  # Beside a NumPy or an LLVM that it does not know, it raises whatever comes first.
        raise NoCompilerError(f"Numba, which compiles the loops of the program, cannot be imported: {error}") from error
    return object_code


class Driver:
    """A compiled function; calls give the values of its declared arguments, and return an integer.

    Code is made or loaded by the first call, or by `prepare`, on whichever thread; no error can leave the function, so
    it returns its reasons instead.

    Parameters
    ----------
    function : callable
        What is compiled, with all plain functions that it reaches.  It returns an int, or nothing for 0.
    kinds : sequence of Kind
    name : str, optional
        What its object code is called in the folder.
    title : str, optional
        What people are told is compiled, such as "the step loop"; the name without it.
    """

    def __init__(self, function: Function, kinds: Sequence[Kind], name: str = "", title: str = "") -> None:
        self.function, self.kinds = function, tuple(kinds)
        self.name = name or function.__name__
        self.title = title or self.name
        self._words = sum(1 + kind.dimensions for kind in self.kinds)
        self._lock = RLock()
        self._code: ObjectCode | None = None

    def __call__(self, *values: Any) -> int:
        """Run it without Python's lock."""
        return self._run(_ENTRY, values)

    def run_briefly(self, *values: Any) -> int:
        """Run it under Python's lock: for less than a tenth of a millisecond, passing it on would take longer."""
        return self._run(_BRIEF_ENTRY, values)

    def load(self) -> bool:
        """Load the code if it was kept, without ever waiting for Numba; return whether a call need not wait either."""
        # Another thread that has the lock may be compiling.
        if self._code is None and self._lock.acquire(blocking=False):
            try:
                data = store.kept(self.name, self.mark) if self._code is None else None
                if data is not None:
                    self._code = ObjectCode(data)
            finally:
                self._lock.release()
        return self._code is not None

    def prepare(self) -> bool:
        """Have the code loaded or made; return whether it had to be compiled.

        Raises
        ------
        NoCompilerError
            Where it must be made and Numba cannot be imported.
        """
        with self._lock:
            if self.load():
                return False
            data = compiler()(self.function, self.kinds)
            store.keep(self.name, self.mark, data)
            self._code = ObjectCode(data)
            return True

    @cached_property
    def mark(self) -> str:
        """The fingerprint of all that the code is made from."""
        return fingerprint(self.function, *_circumstances(), str(self.kinds))

    def _run(self, entry: Any, values: Sequence[Any]) -> int:
        if self._code is None:
            self.prepare()
        code = self._code
        if code is None:
            raise RuntimeError(f"The driver {self.name} has no code after it was prepared.")
        words = (ctypes.c_int64 * self._words)(*_words(self.kinds, values))
        result = ctypes.c_int64()
        failed = entry(code.address)(ctypes.byref(result), None, words)
        if failed:
            raise RuntimeError(f"The driver {self.name} raised an error, which drivers must not.")
        return result.value


def driver(*kinds: Kind, title: str = "") -> Callable[[Function], Driver]:
    """Return a decorator that makes a driver of a function with these arguments."""
    return lambda function: Driver(function, kinds, title=title)


_ENTRY, _BRIEF_ENTRY = (
    kind(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    for kind in (ctypes.CFUNCTYPE, ctypes.PYFUNCTYPE)
)


def _words(kinds: Sequence[Kind], values: Sequence[Any]) -> list[int]:
    """Return the arguments as words of 64 bits.

    Raises
    ------
    TypeError
        Where a value is not of its kind: machine code would read foreign memory.
    """
    words: list[int] = []
    for kind, value in zip(kinds, values, strict=True):
        if kind.dimensions:
            if value.dtype != kind.dtype or value.ndim != kind.dimensions or not value.flags.c_contiguous:
                raise TypeError(f"A driver takes {kind}, not {value.dtype} in {value.ndim} dimensions.")
            words.append(value.ctypes.data)
            words += value.shape
        elif kind == REAL:
            words.append(struct.unpack("<q", struct.pack("<d", value))[0])
        else:
            words.append(value)
    return words


@cache
def _circumstances() -> tuple[str, ...]:
    """Return what decides on machine code beside the function: the versions of its compilers, and the processor."""
    return version("numba"), version("llvmlite"), np.__version__, processor_name(), BUILD_VERSION


BUILD_VERSION = "1"
"""To be raised with any change to how drivers are built or entered."""
