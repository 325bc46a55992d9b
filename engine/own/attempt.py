"""A person's function compiled for numbers, and called so that an error of it is a value that is no number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.language.errors import FormulaError
from engine.own.patience import told_if_long
from engine.own.signature import Signature

DOUBLE, INTEGER = ir.DoubleType(), ir.IntType(64)
NAN = float("nan")
PARALLEL = "numba_parallel_for"
"""What machine code calls that shares its work out among threads of Numba's."""
LONGEST_TOLD = 160
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
PREFACE = re.compile(r"Failed in|- Resolution|Enable logging|Internal error")
PLACE = re.compile(r"File |There (are|is) \d|During:|def ")
LINE_NUMBER = re.compile(r"During:.*\((\d+)\)")


def jitted(signature: Signature, **options: Any) -> Any:
    """Return the function for Numba, less what its own decorator allows: NaN must stay NaN, and threads are ours.

    An index out of bounds is an error of the function, where it would be one of the program.
    """
    model = "numpy" if signature.divides_by_zero else "python"
    return njit(error_model=model, nogil=True, boundscheck=True, **options)(signature.function)


def compiled(dispatcher: Any, arguments: Sequence[Any], name: str) -> Any:
    """Return what Numba made of a function for arguments of these types.

    Raises
    ------
    FormulaError
        Where it cannot, or where the code shares its work out.
    """
    try:
        with told_if_long(name):
            dispatcher.compile(tuple(arguments))
    except Exception as error:  # Numba fails in many ways at what it cannot do, not by errors of its own alone.
        raise FormulaError(f"Numba cannot compile `{name}`: {_told(error)}") from error
    made = dispatcher.overloads[tuple(arguments)]
    if PARALLEL in made.library.get_llvm_str():
        raise FormulaError(
            f"`{name}` calls a function with parallel loops, which must not run on several threads at once.",
            hint="Compile that function without parallel=True.",
        )
    return made


def attempting(made: Any, result: Any) -> Any:
    """Return a function for Numba's programs: of a tuple of arguments, it calls `made`.

    `result` is float64 or a tuple of them, or complex128.  Where the call raises, each of its numbers is none.
    """

    def lowered(context: Any, builder: Any, signature: Any, values: Sequence[Any]) -> Any:
        status, found = called(context, builder, made, cgutils.unpack_tuple(builder, values[0]))
        found = context.cast(builder, found, made.signature.return_type, result)
        return builder.select(status.is_ok, found, _nothing(found.type))

    @intrinsic
    def attempt(typing: Any, arguments: Any) -> Any:
        return result(arguments), lowered

    return attempt


def called(context: Any, builder: Any, made: Any, arguments: Sequence[Any]) -> tuple[Any, Any]:
    """Write a call of `made`; return its status, which nobody else looks at, and its result."""
    context.active_code_library.add_linking_library(made.library)
    kinds = made.signature.args
    if len(kinds) == 1 and isinstance(kinds[0], types.BaseTuple):
        arguments = [context.make_tuple(builder, kinds[0], arguments)]
    status, result = context.call_internal_no_propagate(builder, made.fndesc, made.signature, arguments)
    return status, result


def together(kinds: Sequence[Any]) -> list[Any]:
    """Return the arguments of a function that takes a tuple of these in place of each."""
    return [types.BaseTuple.from_types(tuple(kinds))]


def unpacking_numbers(count: int) -> Any:
    """Return a function for Numba's programs: of the address of so many numbers, it returns them as a tuple.

    It gets how far apart they are, and which is the first.
    """
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


def _nothing(kind: ir.Type) -> ir.Constant:
    """Return a constant of numbers that are none."""
    if isinstance(kind, ir.DoubleType):
        return ir.Constant(kind, NAN)
    count = len(kind.elements) if isinstance(kind, ir.LiteralStructType) else kind.count
    return ir.Constant(kind, [ir.Constant(DOUBLE, NAN)] * count)


def _told(error: BaseException) -> str:
    """Return what an error of Numba says first, in one line: its messages are pages."""
    lines = [line.strip(" >*-") for line in COLOURS.sub("", str(error)).splitlines()]
    told: list[str] = []
    for line in filter(None, lines):
        # What follows is where it happened, and the source.
        if told and PLACE.match(line):
            break
        if not PREFACE.match(line):
            told.append(line)
    line_number = next((found[1] for line in lines if (found := LINE_NUMBER.match(line))), "")
    words = " ".join(told[:2])[:LONGEST_TOLD].rstrip(".: ") or type(error).__name__
    return f"{words}{f' (line {line_number})' if line_number else ''}."
