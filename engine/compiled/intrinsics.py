"""Numba intrinsics: the code of the calls of `engine.compiled.address_calls`, and of reading a driver's arguments.

Numba's own first-class functions take four times as long for a call, and compile once for each function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload
from numba.np import arrayobj

from engine.compiled import address_calls

INTEGER, DOUBLE = ir.IntType(64), ir.DoubleType()


def _calling(result: Any, returned: ir.Type) -> Any:
    """Return an intrinsic that calls a function at an address, with integers."""

    def lowered(context: Any, builder: Any, signature: Any, values: Sequence[Any]) -> Any:
        address, packed = values
        parts = [builder.extract_value(packed, number) for number in range(len(signature.args[1]))]
        kind = ir.FunctionType(returned, [INTEGER] * len(parts))
        answer = builder.call(builder.inttoptr(address, kind.as_pointer()), parts)
        return context.get_dummy_value() if result is types.void else answer

    @intrinsic
    def calling(typing: Any, address: Any, arguments: Any) -> Any:
        return result(types.int64, arguments), lowered

    return calling


def _register(plain: Callable[..., Any], calling: Any) -> None:
    """Let Numba compile an intrinsic wherever a driver calls a plain function of `address_calls`."""

    @overload(plain)
    def written(address: Any, arguments: Any) -> Any:
        def code(address: Any, arguments: Any) -> Any:
            return calling(address, arguments)

        return code


_register(address_calls.call_integer, _calling(types.int64, INTEGER))
_register(address_calls.call_void, _calling(types.void, ir.VoidType()))


def unpacking(arguments: Sequence[Any]) -> Any:
    """Return an intrinsic that turns the address of a block of 64-bit words into a tuple of these Numba types.

    A number is one word; an array is the address of its data, then its shape.
    """
    kinds = types.Tuple(list(arguments))

    def lowered(context: Any, builder: Any, signature: Any, values: Sequence[Any]) -> Any:
        block, place = builder.bitcast(values[0], INTEGER.as_pointer()), iter(range(2**16))

        def word() -> Any:
            return builder.load(builder.gep(block, [ir.Constant(INTEGER, next(place))]))

        return context.make_tuple(builder, kinds, [_argument(context, builder, kind, word) for kind in kinds])

    @intrinsic
    def unpack(typing: Any, block: Any) -> Any:
        return kinds(types.voidptr), lowered

    return unpack


def _argument(context: Any, builder: Any, kind: Any, word: Callable[[], Any]) -> Any:
    if kind == types.float64:
        return builder.bitcast(word(), DOUBLE)
    if not isinstance(kind, types.Array):
        return word()
    array = context.make_array(kind)(context, builder)
    data = builder.inttoptr(word(), context.get_data_type(kind.dtype).as_pointer())
    shape = [word() for _ in range(kind.ndim)]
    itemsize = ir.Constant(INTEGER, context.get_abi_sizeof(context.get_data_type(kind.dtype)))
    strides = [itemsize]
    for extent in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], extent))
    arrayobj.populate_array(array, data, shape, strides, itemsize, meminfo=None)
    return array._getvalue()
