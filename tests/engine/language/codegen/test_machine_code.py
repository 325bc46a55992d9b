"""Optimised machine code is kept by hundreds, in caches, and so takes little memory."""

import ctypes
import sys

import pytest

from engine.language.codegen.loss_kernel import compile_slopes
from engine.loss.loss_code import LossCode

CODES, MOST_MB = 30, 0.2
"""A code with the module that LLVM made it of takes 0.7 MB."""
HEAP_FIELDS = (
    "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"
)  # fmt: skip


class HeapUse(ctypes.Structure):
    """What glibc's `mallinfo2` returns."""

    _fields_ = [(name, ctypes.c_size_t) for name in HEAP_FIELDS]


def used_mb() -> float:
    """Return how much of the C library's heaps is in use."""
    library = ctypes.CDLL(None)
    if not sys.platform.startswith("linux") or not hasattr(library, "mallinfo2"):
        pytest.skip("this C library does not tell what its heaps hold")
    library.mallinfo2.restype = HeapUse
    return float(library.mallinfo2().uordblks) / 2**20


def test_a_code_that_is_kept_takes_a_tenth_of_a_megabyte_or_two() -> None:
    formulas = [LossCode(f"x^2 + {number}*y^2 + sin({number}x)", (), False) for number in range(1, CODES + 1)]
    compile_slopes(formulas[0].landscape)
    before = used_mb()
    codes = [compile_slopes(formula.landscape) for formula in formulas]
    assert (used_mb() - before) / len(codes) < MOST_MB
