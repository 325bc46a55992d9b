"""The vector functions that this platform offers, and the instructions that vector functions of our own need."""

from __future__ import annotations

import ctypes
import os
import platform
from dataclasses import dataclass
from functools import cache

import llvmlite.binding as llvm

from engine.language.functions import FUNCTIONS

LIBMVEC = "libmvec.so.1"
"""The GNU C library's vector functions: within 4 ulp of the exact value, and many times as fast as scalar ones."""
SWITCH = "DERBY_VECTOR_MATH"
"""The environment variable that, set to "off", leaves out these functions and powers of our own."""

ARM, INTEL = ("aarch64", "arm64"), ("x86_64", "amd64")
"""The names that systems have for the two kinds of processors."""


@dataclass(frozen=True)
class VectorLibrary:
    """Vector variants of C functions.

    Attributes
    ----------
    name : str
        The library, or "none".
    width : int
        How many doubles one call takes; 1 without a library.
    symbols : frozenset of str
        The symbols it offers, in the naming of the vector function ABI.
    prefix : str
        The beginning of such a symbol.
    """

    name: str
    width: int
    symbols: frozenset[str]
    prefix: str

    def variant(self, function: str, arguments: int) -> str | None:
        """Return the symbol that computes `function` of `arguments` vectors, or None."""
        symbol = f"{self.prefix}{'v' * arguments}_{function}"
        return symbol if symbol in self.symbols else None


NO_LIBRARY = VectorLibrary("none", 1, frozenset(), "")

_CANDIDATES = tuple(
    (spec.native.removeprefix("call "), spec.least) for spec in FUNCTIONS.values() if spec.native.startswith("call ")
)


@cache
def vector_library() -> VectorLibrary:
    """Return the library of this platform, loaded so that machine code finds its symbols; none where unwanted."""
    found = None if os.environ.get(SWITCH) == "off" else _instruction_set()
    if platform.system() != "Linux" or found is None:
        return NO_LIBRARY
    try:
        library = ctypes.CDLL(LIBMVEC)
        llvm.load_library_permanently(LIBMVEC)
    except (OSError, RuntimeError):
        return NO_LIBRARY
    letter, width = found
    prefix = f"_ZGV{letter}N{width}"
    names = (f"{prefix}{'v' * count}_{name}" for name, count in _CANDIDATES)
    return VectorLibrary(LIBMVEC, width, frozenset(name for name in names if hasattr(library, name)), prefix)


@cache
def has_own_power() -> bool:
    """Return whether powers are those of `power`, which need an instruction that multiplies, adds and then rounds."""
    return os.environ.get(SWITCH) != "off" and multiplies_and_adds()


@cache
def multiplies_and_adds() -> bool:
    """Return whether the processor has an instruction that multiplies, adds and then rounds."""
    machine = platform.machine().lower()
    return machine in ARM or (machine in INTEL and bool(llvm.get_host_cpu_features().get("fma")))


@cache
def looks_up_at_once() -> bool:
    """Return whether one instruction looks eight numbers up in a vector of eight."""
    return platform.machine().lower() in INTEL and bool(llvm.get_host_cpu_features().get("avx512f"))


def _instruction_set() -> tuple[str, int] | None:
    """Return the letter of the widest instruction set in the vector function ABI, and its doubles per vector."""
    machine = platform.machine().lower()
    if machine in ARM:
        return "n", 2
    if machine not in INTEL:
        return None
    features = llvm.get_host_cpu_features()
    if features.get("avx512f"):
        return "e", 8
    return ("d", 4) if features.get("avx2") else ("b", 2)
