"""A loss in the programs of others: a function of x and y that Numba compiles together with what calls it.

The function holds addresses: of machine code, and of the parameters that it reads.  An address that outlives what
stands there would be read all the same.  So every compiled function that has the addresses in it, or calls one that
has, keeps both alive: Numba's own records of what was compiled hold them.  Numba forgets few of those, so a loss that
was once given to a program mostly stays until the process ends.  And none is written to disk, since the addresses are
of this process.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

from engine.language.codegen.bridges import asking_at_one_point
from engine.language.codegen.loss_kernel import FIRST_ORDER

DOUBLE = ir.DoubleType()
ANSWER = types.UniTuple(types.float64, FIRST_ORDER)


def asking(point: int, parameters: NDArray[np.float64], kept: object) -> Any:
    """Return a function ``(x, y) -> (f, gx, gy)`` for programs that Numba compiles.

    Parameters
    ----------
    point : int
        The address of the machine code that answers at a vector of points.
    parameters : float64
        What it reads; the array whose values may change, but not its place.
    kept : object
        Whatever must live as long as `point` is called.
    """
    code = asking_at_one_point(point)
    single, read = code.address("single"), parameters.ctypes.data
    alive = code, parameters, kept

    def lowered(context: Any, builder: Any, signature: Any, values: Sequence[Any]) -> Any:
        keep_alive(context, alive)
        places = [context.add_dynamic_addr(builder, address, info="loss") for address in (single, read)]
        out = cgutils.alloca_once(builder, ir.ArrayType(DOUBLE, FIRST_ORDER))
        kind = ir.FunctionType(ir.VoidType(), [DOUBLE, DOUBLE, places[1].type, out.type])
        builder.call(builder.bitcast(places[0], kind.as_pointer()), [*values, places[1], out])
        return builder.load(out)

    @intrinsic
    def ask(typing: Any, x: Any, y: Any) -> Any:
        return ANSWER(types.float64, types.float64), lowered

    @njit(nogil=True)
    def loss(x: float, y: float) -> Any:
        return ask(float(x), float(y))

    return loss


def keep_alive(context: Any, alive: object) -> None:
    """Let the code that is being compiled, and all code that it becomes a part of, keep an object alive."""
    library = context.active_code_library
    library.derby_alive = [*getattr(library, "derby_alive", ()), alive]
