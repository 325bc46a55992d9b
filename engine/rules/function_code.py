"""The machine code of a person's step: one update of many instances, with the entries that a rule's has."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, cfunc, njit, types
from numba.extending import intrinsic
from numba.np import arrayobj

from engine.language.codegen.bridges import asking_at_many_points
from engine.language.codegen.loss_kernel import DIMENSIONS
from engine.language.codegen.machine_code import Code
from engine.language.errors import FormulaError
from engine.own.compilation import as_one_tuple, compile_overload, emit_call, numba_function, number_reader
from engine.own.signature import Signature

REAL, WHOLE, ADDRESS = types.float64, types.int64, types.voidptr
NUMBERS, VECTOR_OF_TWO = types.CPointer(REAL), types.Array(REAL, 1, "C")
WORD = ir.IntType(64)
DOUBLE_BYTES = 8
POSITION, SLOPE, LOSS, STEP = "w", "g", "f", "t"
"""The names that a step may read: the position, the gradient and the loss there, and the number of the step."""


class FunctionStepCode:
    """The machine code of a person's step, with the face of `engine.language.codegen.step_kernel.StepCode`.

    Attributes
    ----------
    shared : int
        The count of numbers that are the same for all instances: the hyperparameters.
    read : tuple of frozenset of int
        For each of these numbers the hyperparameters that it depends on: itself.
    changing : tuple of int
        Those that depend on the step too: none.
    curved : bool
        False: a person's step is given the gradient, and no second derivatives.
    step
        The step alone, as Numba compiled it: to be called from Python.

    Parameters
    ----------
    members
        Whether instances have hyperparameters of their own, in a table (hyperparameters, n), and the loss has
        parameters of its own for each.
    """

    changing: tuple[int, ...] = ()
    curved = False

    def __init__(
        self, signature: Signature, states: Sequence[str], hyperparameters: Sequence[str], members: bool = False
    ) -> None:
        self.shared = len(hyperparameters)
        self.read = tuple(frozenset({number}) for number in range(self.shared))
        self.step = numba_function(signature)
        made = _made(self.step, signature, states)
        asking = asking_at_many_points(members)
        update = _update(made, signature, states, hyperparameters, asking, members)
        self._kept = _prepare(self.shared), update, asking
        self._addresses = {"prepare": self._kept[0].address, "update": self._kept[1].address}

    def address(self, name: str) -> int:
        """Return the address of ``prepare`` or ``update``; valid as long as this object."""
        return int(self._addresses[name])


def _made(step: Any, signature: Signature, states: Sequence[str]) -> Any:
    """Return the step as Numba compiles it, which changes `w` in place even where the function returns the new `w`."""
    vectors_of = {POSITION, SLOPE, *states}
    place = signature.arguments.index(POSITION)
    kinds = [VECTOR_OF_TWO if name in vectors_of else REAL for name in signature.arguments]
    own = compile_overload(step, kinds, signature.name)
    returned = own.signature.return_type
    pair = isinstance(returned, types.BaseTuple) and len(returned) == DIMENSIONS
    if returned == types.none:
        return own
    if not (pair or (isinstance(returned, types.Array) and returned.ndim == 1)):
        raise FormulaError(
            f'"{signature.name}" returns {returned}.', hint="A step changes w in place, or returns the new w."
        )

    def in_place(arguments: Any) -> None:
        moved = step(*arguments)
        arguments[place][0], arguments[place][1] = float(moved[0]), float(moved[1])

    return compile_overload(njit(error_model="numpy")(in_place), as_one_tuple(kinds), signature.name)


def _attempting(made: Any, signature: Signature, states: Sequence[str], hyperparameters: Sequence[str]) -> Any:
    """Return a function for compiled loops that calls a step, and returns whether it did not raise.

    It gets the address of the vectors (w, g and the states, one behind the other), the loss, the number of the step and
    a tuple of the hyperparameters.
    """
    rows = {name: number for number, name in enumerate((POSITION, SLOPE, *states))}
    numbers = {name: number for number, name in enumerate(hyperparameters)}

    def lowered(context: Any, builder: Any, call: Any, values: Sequence[Any]) -> Any:
        room, loss, step, hyper = values
        single = {LOSS: loss, STEP: step}

        def argument(name: str) -> Any:
            if name in rows:
                return _view(context, builder, room, rows[name])
            return single[name] if name in single else builder.extract_value(hyper, numbers[name])

        status, _ = emit_call(context, builder, made, [argument(name) for name in signature.arguments])
        return status.is_ok

    @intrinsic
    def attempt(typing: Any, room: Any, loss: Any, step: Any, hyper: Any) -> Any:
        return types.boolean(room, loss, step, hyper), lowered

    return attempt


def _view(context: Any, builder: Any, room: Any, row: int) -> Any:
    """Return an array of the two numbers of one row."""
    array = context.make_array(VECTOR_OF_TWO)(context, builder)
    place = builder.add(room, ir.Constant(WORD, row * DIMENSIONS * DOUBLE_BYTES))
    data = builder.inttoptr(place, ir.DoubleType().as_pointer())
    size, width = ir.Constant(WORD, DIMENSIONS), ir.Constant(WORD, DOUBLE_BYTES)
    arrayobj.populate_array(array, data, [size], [width], width, meminfo=None)
    return array._getvalue()


def _update(
    made: Any, signature: Signature, states: Sequence[str], hyperparameters: Sequence[str], asking: Code, members: bool
) -> Any:
    """Return ``int64 update(...)`` as `engine.rules.step_loop.advance` calls it."""
    attempt = _attempting(made, signature, states, hyperparameters)
    unpack, ask = number_reader(len(hyperparameters)), _caller(asking.address("ask"), asking)
    kept_rows, first_state = DIMENSIONS * len(states), 2 * DIMENSIONS

    def update(
        n: Any, now: Any, seed: Any, instance: Any, here: Any, moved: Any, states: Any, losses: Any, row: Any,
        parameters: Any, point: Any,
    ) -> Any:  # fmt: skip
        before, after, loss = carray(here, (2, n)), carray(moved, (2, n)), carray(losses, n)
        # Unpacked once where all instances have the same hyperparameters, so that LLVM can hoist what depends on them.
        kept, hyper = carray(states, (kept_rows, n)), unpack(row, n if members else 1, 0)
        slopes, room = np.empty((2, n)), np.empty(first_state + kept_rows)
        ask(n, here, losses, slopes.ctypes.data, parameters, point)
        odd = False
        for i in range(n):
            room[0], room[1], room[2], room[3] = before[0, i], before[1, i], slopes[0, i], slopes[1, i]
            for k in range(kept_rows):
                room[first_state + k] = kept[k, i]
            if not attempt(room.ctypes.data, loss[i], float(now), unpack(row, n, i) if members else hyper):
                room[0] = math.nan
            after[0, i], after[1, i] = room[0], room[1]
            for k in range(kept_rows):
                kept[k, i] = room[first_state + k]
            odd |= not math.isfinite(loss[i] + room[0] + room[1])
        return 1 if odd else 0

    pointers = [NUMBERS] * 6
    kind = WHOLE(WHOLE, WHOLE, WHOLE, WHOLE, *pointers, ADDRESS)
    return cfunc(kind, error_model="numpy")(update)


def _prepare(count: int) -> Any:
    """Return ``prepare``: the row of each step is the hyperparameters as they are."""

    def prepare(first: Any, steps: Any, hyper: Any, parameters: Any, table: Any) -> None:
        values, rows = carray(hyper, count), carray(table, (steps, count))
        for step in range(steps):
            for number in range(count):
                rows[step, number] = values[number]

    return cfunc(types.void(WHOLE, WHOLE, NUMBERS, NUMBERS, NUMBERS), error_model="numpy")(prepare)


def _caller(address: int, kept: object) -> Any:
    """Return a function for compiled loops that calls the code at an address; `kept` keeps that code alive."""

    def lowered(context: Any, builder: Any, signature: Any, values: Sequence[Any]) -> Any:
        words = [value if value.type == WORD else builder.ptrtoint(value, WORD) for value in values]
        kind = ir.FunctionType(ir.VoidType(), [WORD] * len(words))
        target = builder.inttoptr(ir.Constant(WORD, address), kind.as_pointer())
        builder.call(target, words)
        return context.get_dummy_value()

    @intrinsic
    def ask(typing: Any, n: Any, here: Any, losses: Any, slopes: Any, parameters: Any, point: Any) -> Any:
        return types.void(n, here, losses, slopes, parameters, point), lowered

    return ask
