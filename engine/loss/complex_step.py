"""Slopes by complex step: the imaginary part of f(x + ih), divided by h, is the slope of f by x.

With h far below any rounding error it is exact, if every operation in the function has its complex form.  Two do not in
Numba, and are replaced while the function is compiled: powers, which Numba computes by complex logarithms that are
wrong where the base is negative, and the functions of `math`, which are real and are replaced by those of `cmath`.  The
same is done in functions that the person's function calls.
"""

from __future__ import annotations

import cmath
import math
import operator
from functools import lru_cache
from typing import Any

import numpy as np
from numba import njit, types
from numba.core import ir
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.untyped_passes import IRProcessing
from numba.extending import overload

STEP = 2.0**-400
"""The imaginary part h: its square is lost beside any number, and dividing by a power of 2 rounds nothing."""
MOST_KEPT = 64
"""The size of the cache of called functions."""
IN_PLACE = {operator.ipow: operator.pow}


def power(base: Any, exponent: Any) -> Any:
    """Return ``base**exponent``; the imaginary part follows the power rule, since imaginary parts are tiny."""
    return base**exponent


@overload(power)
def _power(base: Any, exponent: Any) -> Any:
    if isinstance(base, types.Complex) and isinstance(exponent, types.Complex):
        return _complex_to_complex
    if isinstance(base, types.Complex):
        return _complex_to_real
    if isinstance(exponent, types.Complex):
        return _real_to_complex
    return lambda base, exponent: base**exponent


def _complex_to_real(base: Any, exponent: Any) -> Any:
    value = base.real**exponent
    if base.imag == 0.0 or exponent == 0:
        return complex(value, 0.0)
    return complex(value, exponent * base.real ** (exponent - 1) * base.imag)


def _real_to_complex(base: Any, exponent: Any) -> Any:
    value = float(base) ** exponent.real
    if exponent.imag == 0.0:
        return complex(value, 0.0)
    return complex(value, value * math.log(base) * exponent.imag)


def _complex_to_complex(base: Any, exponent: Any) -> Any:
    value, slope = base.real**exponent.real, 0.0
    if base.imag != 0.0 and exponent.real != 0.0:
        slope += exponent.real * base.real ** (exponent.real - 1.0) * base.imag
    if exponent.imag != 0.0:
        slope += value * math.log(base.real) * exponent.imag
    return complex(value, slope)


@register_pass(mutates_CFG=False, analysis_only=False)
class _ComplexMathematics(FunctionPass):
    """Replaces powers and the functions of `math`."""

    _name = "derby_complex_mathematics"

    def __init__(self) -> None:
        FunctionPass.__init__(self)

    def run_pass(self, state: Any) -> bool:
        """Replace them in Numba's instructions; return whether there were any."""
        changed = False
        for block in state.func_ir.blocks.values():
            for assignment in block.find_insts(ir.Assign):
                changed |= _replaced(state.func_ir, assignment, assignment.value)
        return changed


class ComplexCompiler(CompilerBase):
    """Numba's compiler, with complex functions that are exact for tiny imaginary parts."""

    def define_pipelines(self) -> list[Any]:
        """Return Numba's passes, with `_ComplexMathematics` after the first."""
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.add_pass_after(_ComplexMathematics, IRProcessing)
        passes.finalize()
        return [passes]


def _replaced(code: Any, assignment: Any, value: Any) -> bool:
    """Replace one instruction if it is among those; return whether it was."""
    if isinstance(value, ir.Expr) and value.op in ("binop", "inplace_binop"):
        operation = IN_PLACE.get(value.fn, value.fn)
        if operation is operator.pow:
            assignment.value = ir.Expr.binop(operator.pow, value.lhs, value.rhs, value.loc)
            assignment.value.fn = power
            return True
    elif isinstance(value, ir.Expr) and value.op == "getattr" and value.attr == np.power.__name__:
        if getattr(code.get_definition(value.value), "value", None) is np:
            assignment.value = ir.Global(value.attr, power, value.loc)
            return True
    elif isinstance(value, ir.Global | ir.FreeVar):
        replacement = _complex_form(value.value)
        if replacement is not value.value:
            value.value = replacement
            return True
    return False


def _complex_form(value: Any) -> Any:
    """Return the complex replacement of a global of a person's function, or the global itself."""
    if value is math:
        return cmath
    if value is pow or value is np.power:
        return power
    if getattr(value, "__module__", "") == "math":
        return getattr(cmath, value.__name__, value)
    if hasattr(value, "py_func"):
        return _complex_helper(value.py_func)
    return value


@lru_cache(MOST_KEPT)
def _complex_helper(function: Any) -> Any:
    return njit(pipeline_class=ComplexCompiler, error_model="numpy", boundscheck=True)(function)
