"""Compiles a person's function for float64, and calls it so that an exception in it becomes NaN."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.language.errors import FormulaError
from engine.own.compile_notice import notify_if_slow
from engine.own.signature import Signature

DOUBLE, INTEGER = ir.DoubleType(), ir.IntType(64)
NAN = float("nan")
PARALLEL = "numba_parallel_for"
"""What the machine code of parallel loops calls."""
LONGEST_QUOTE = 160
"""Characters of an error of Numba's that a sentence quotes."""
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
PREFACE = re.compile(r"Failed in|- Resolution|Enable logging|Internal error")
PLACE = re.compile(r"File |There (are|is) \d|During:|def ")
LINE_NUMBER = re.compile(r"During:.*\((\d+)\)")


def numba_function(signature: Signature, **options: Any) -> Any:
    """Return the dispatcher of a person's function, without the options of its own decorator.

    Of those, fastmath would remove NaN, and parallel would start threads.  Bounds are checked, so that an index out of
    bounds raises in the function instead of damaging the program's memory.
    """
    model = "numpy" if signature.divides_by_zero else "python"
    return njit(error_model=model, nogil=True, boundscheck=True, **options)(signature.function)


def compile_overload(dispatcher: Any, arguments: Sequence[Any], name: str) -> Any:
    """Return Numba's compilation of a function for arguments of these types.

    Raises
    ------
    FormulaError
        Where Numba cannot compile it, or where it has parallel loops.
    """
    try:
        with notify_if_slow(name):
            dispatcher.compile(tuple(arguments))
    except Exception as error:  # Numba raises many types of errors, not its own alone.
        raise FormulaError(f'Numba cannot compile "{name}": {_first_sentence(error)}') from error
    made = dispatcher.overloads[tuple(arguments)]
    if PARALLEL in made.library.get_llvm_str():
        raise FormulaError(
            f'"{name}" calls a function with parallel loops, which must not run on several threads at once.',
            hint="Compile that function without parallel=True.",
        )
    return made


def nan_where_it_raises(made: Any, result: Any) -> Any:
    """Return a Numba function of a tuple of arguments, which calls `made` and returns NaN where that raises.

    `result` is the type to return: float64, a tuple of float64, or complex128.
    """

    def lowered(context: Any, builder: Any, signature: Any, values: Sequence[Any]) -> Any:
        status, found = emit_call(context, builder, made, cgutils.unpack_tuple(builder, values[0]))
        found = context.cast(builder, found, made.signature.return_type, result)
        return builder.select(status.is_ok, found, _nan_constant(found.type))

    @intrinsic
    def attempt(typing: Any, arguments: Any) -> Any:
        return result(arguments), lowered

    return attempt


def emit_call(context: Any, builder: Any, made: Any, arguments: Sequence[Any]) -> tuple[Any, Any]:
    """Emit the instructions of a call of `made`; return its status, which the caller must check, and its result."""
    context.active_code_library.add_linking_library(made.library)
    kinds = made.signature.args
    if len(kinds) == 1 and isinstance(kinds[0], types.BaseTuple):
        arguments = [context.make_tuple(builder, kinds[0], arguments)]
    status, result = context.call_internal_no_propagate(builder, made.fndesc, made.signature, arguments)
    return status, result


def as_one_tuple(kinds: Sequence[Any]) -> list[Any]:
    """Return the argument types of a function that takes one tuple of these."""
    return [types.BaseTuple.from_types(tuple(kinds))]


def number_reader(count: int) -> Any:
    """Return a Numba function of an address, a stride and a first index, which returns `count` numbers as a tuple."""
    kind = types.UniTuple(types.float64, count) if count else types.Tuple(())

    def lowered(context: Any, builder: Any, signature: Any, values: Sequence[Any]) -> Any:
        first = builder.bitcast(values[0], DOUBLE.as_pointer())
        _, apart, begin = values
        indices = [builder.add(begin, builder.mul(apart, ir.Constant(INTEGER, number))) for number in range(count)]
        places = [builder.gep(first, [index]) for index in indices]
        return context.make_tuple(builder, kind, [builder.load(place) for place in places])

    @intrinsic
    def unpack(typing: Any, address: Any, apart: Any, begin: Any) -> Any:
        return kind(address, types.int64, types.int64), lowered

    return unpack


def _nan_constant(kind: ir.Type) -> ir.Constant:
    """Return a constant of NaN: one number, or a struct or array of them."""
    if isinstance(kind, ir.DoubleType):
        return ir.Constant(kind, NAN)
    count = len(kind.elements) if isinstance(kind, ir.LiteralStructType) else kind.count
    return ir.Constant(kind, [ir.Constant(DOUBLE, NAN)] * count)


def _first_sentence(error: BaseException) -> str:
    """Return the first sentence of an error of Numba, whose messages are pages long."""
    lines = [line.strip(" >*-") for line in COLOURS.sub("", str(error)).splitlines()]
    message: list[str] = []
    for line in filter(None, lines):
        # The place of the error and the source follow.
        if message and PLACE.match(line):
            break
        if not PREFACE.match(line):
            message.append(line)
    line_number = next((found[1] for line in lines if (found := LINE_NUMBER.match(line))), "")
    words = " ".join(message[:2])[:LONGEST_QUOTE].rstrip(".: ") or type(error).__name__
    return f"{words}{f' (line {line_number})' if line_number else ''}."
