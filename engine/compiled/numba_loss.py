"""A loss as a Numba function of x and y, for the programs of people who compile their own code with Numba.

The function contains the addresses of machine code and of the parameters that it reads.  Machine code would read an
address even after what stood there is freed.  So every compiled function that contains the addresses, directly or
through a function that it calls, keeps both alive: they are stored in Numba's code library of that function.  Numba
rarely frees such a library, so a loss that a program has used mostly stays in memory until the process ends.  None is
cached on disk, since the addresses are those of one process.
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


def numba_loss(point: int, parameters: NDArray[np.float64], kept: object) -> Any:
    """Return a function ``(x, y) -> (f, gx, gy)`` for programs that Numba compiles.

    Parameters
    ----------
    point : int
        The address of the machine code that evaluates the loss at a vector of points.
    parameters : float64
        The array that it reads: its values may change, its memory must not move.
    kept : object
        An object that must not be freed as long as `point` is called.
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
    """Keep `alive` alive as long as the code that is being compiled, or any code that it becomes a part of."""
    library = context.active_code_library
    library.derby_alive = [*getattr(library, "derby_alive", ()), alive]
