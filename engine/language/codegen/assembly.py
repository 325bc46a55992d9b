"""Lines of LLVM assembly that all kernels share."""

from __future__ import annotations

import struct
from collections.abc import Sequence

LANES = 8
"""Instances per vector: one AVX-512 register; narrower machines use several registers."""

VECTOR = f"<{LANES} x double>"
VECTOR_BYTES = 8 * LANES
INTEGERS = f"<{LANES} x i64>"
MASK = f"<{LANES} x i1>"
PAST_CACHE = "!0 = !{i32 1}"
"""The metadata of a module with stores that bypass the cache."""


def spread(operand: str, vector: str, type_: str = "double") -> list[str]:
    """Return the lines that make `vector`, all of whose lanes are `operand`."""
    several = f"<{LANES} x {type_}>"
    return [
        f"{vector}1 = insertelement {several} poison, {type_} {operand}, i64 0",
        f"{vector} = shufflevector {several} {vector}1, {several} poison, <{LANES} x i32> zeroinitializer",
    ]


def literal(value: float) -> str:
    """Return a double as LLVM reads it exactly: its bits."""
    return f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"


def load_uniforms(names: Sequence[str], array: str, prefix: str) -> tuple[list[str], dict[str, str]]:
    """Return the lines that load the values of `names` from an array, and the operand of each."""
    lines, operands = [], {}
    for number, name in enumerate(names):
        operands[name] = f"%{prefix}{number}"
        lines.append(f"%{prefix}{number}p = getelementptr double, ptr {array}, i64 {number}")
        lines.append(f"%{prefix}{number} = load double, ptr %{prefix}{number}p")
    return lines, operands


def load_each(operands: Sequence[str], table: str, first: int = 0) -> list[str]:
    """Return the lines that load vectors at the instance %i from the rows of a table (numbers, %n), from `first` on."""
    lines = []
    for number, vector in enumerate(operands, first):
        lines += [f"{vector}o = mul i64 %n, {number}", f"{vector}i = add i64 {vector}o, %i"]
        lines += load(vector, table, f"{vector}i")
    return lines


def load(target: str, array: str, index: str) -> list[str]:
    """Return the lines that load the vector `target` from an array of doubles."""
    return [
        f"{target}p = getelementptr double, ptr {array}, i64 {index}",
        f"{target} = load {VECTOR}, ptr {target}p, align 8",
    ]


def store(value: str, array: str, name: str, index: str, past_cache: bool = False) -> list[str]:
    """Return the lines that store the vector `value` in an array of doubles; `name` begins their operands.

    A store past the cache needs an address aligned to a vector, and a module that has `PAST_CACHE`; other threads may
    see it late, until the thread that stored has taken a lock.
    """
    way = f"align {VECTOR_BYTES}, !nontemporal !0" if past_cache else "align 8"
    return [f"{name}w = getelementptr double, ptr {array}, i64 {index}", f"store {VECTOR} {value}, ptr {name}w, {way}"]


def vectors(count: int) -> str:
    """Return the type of so many vectors together."""
    return f"{{ {', '.join([VECTOR] * count)} }}"


def return_vectors(results: Sequence[str]) -> list[str]:
    """Return the lines that return vectors together."""
    returned, joined, lines = vectors(len(results)), "poison", []
    for number, result in enumerate(results):
        lines.append(f"%returned{number} = insertvalue {returned} {joined}, {VECTOR} {result}, {number}")
        joined = f"%returned{number}"
    return [*lines, f"ret {returned} {joined}"]


def function(head: str, body: Sequence[str]) -> str:
    """Return the text of a function with the lines `body`."""
    # Without these two attributes LLVM may split a 512-bit argument that the vector library expects in one register.
    widths = '"prefer-vector-width"="512" "min-legal-vector-width"="512"'
    # A call preserves no vector register, so vectors are spilled around it.  On an unaligned stack each would lie
    # across two lines of the cache, and spilling would take as long as the call.
    aligned = f"alignstack({VECTOR_BYTES})" if any(calls(line) for line in body) else ""
    lines = "\n".join(line if line.endswith(":") else f"  {line}" for line in body)
    return f"define {head} nounwind {aligned} {widths} {{\n{lines}\n}}"


def calls(line: str) -> bool:
    """Return whether a line calls a function and comes back; LLVM's intrinsics become instructions and do not count."""
    return "call " in line and "@llvm." not in line and "musttail" not in line
