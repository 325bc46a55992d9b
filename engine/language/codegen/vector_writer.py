"""Operators on vectors that write assembly: each writes one instruction, which rounds once.

Vector functions of our own are written with them.  The instructions have no fast-math flags, since many compute a
rounding error, which fusing or reordering would destroy.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.language.codegen.assembly import INTEGERS, LANES, MASK, VECTOR, literal
from engine.language.codegen.vector_math import INTEL, looks_up_at_once

CONVENTION = "intel_ocl_bicc" if platform.machine().lower() in INTEL else "ccc"
"""The calling convention of our vector functions: on x86 the one that preserves half of the vector registers.

C's preserves none, so that a formula's vectors go to memory and back at every call: a third slower."""
TABLE_BITS = 3
TABLE_SIZE = 1 << TABLE_BITS
PERMUTE = "llvm.x86.avx512.permvar.df.512"
GATHER, POINTERS = f"llvm.masked.gather.v{LANES}f64.v{LANES}p0", f"<{LANES} x ptr>"
"""The intrinsic that looks up in a register, and the one that does so in memory."""


class Table(NamedTuple):
    """Eight numbers, of which each lane looks one up."""

    name: str
    numbers: Sequence[float]

    @property
    def texts(self) -> list[str]:
        """The numbers as LLVM reads them."""
        return [f"double {literal(number)}" for number in self.numbers]


class Writer:
    """The lines of a function so far."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, instruction: str) -> str:
        """Write an instruction and return the operand of its result."""
        operand = f"%v{len(self.lines)}"
        self.lines.append(f"{operand} = {instruction}")
        return operand

    def label(self, name: str) -> None:
        """Begin a block."""
        self.lines.append(f"{name}:")

    def branch_if_all(self, mask: str, yes: str, no: str) -> None:
        """End a block with a branch to `yes` if `mask` holds in every lane, else to `no`."""
        every = self(f"icmp eq i{LANES} {self(f'bitcast {MASK} {mask} to i{LANES}')}, -1")
        self.lines.append(f"br i1 {every}, label %{yes}, label %{no}")


@dataclass(frozen=True)
class Vector:
    """A vector of doubles; each operator writes one instruction, which rounds once."""

    write: Writer
    operand: str

    def __add__(self, other: Vector | float) -> Vector:
        return self._with("fadd", other)

    def __sub__(self, other: Vector | float) -> Vector:
        return self._with("fsub", other)

    def __mul__(self, other: Vector | float) -> Vector:
        return self._with("fmul", other)

    def _with(self, instruction: str, other: Vector | float) -> Vector:
        return Vector(self.write, self.write(f"{instruction} {VECTOR} {self.operand}, {_text(other)}"))

    def __neg__(self) -> Vector:
        return Vector(self.write, self.write(f"fneg {VECTOR} {self.operand}"))

    def constant(self, value: float) -> Vector:
        """Return the vector with this number in every lane."""
        return Vector(self.write, _text(value))

    def times(self, factor: Vector | float, plus: Vector | float) -> Vector:
        """Return the product plus a number, rounded once."""
        return self.call("fma", factor, plus)

    def over(self, divisor: Vector) -> Vector:
        """Return the quotient, rounded once."""
        return self._with("fdiv", divisor)

    def remainder(self, divisor: Vector) -> Vector:
        """Return what the C library's fmod gives."""
        return self._with("frem", divisor)

    def inverse(self) -> Vector:
        """Return 1 divided by this."""
        return Vector(self.write, self.write(f"fdiv {VECTOR} {_text(1.0)}, {self.operand}"))

    def call(self, intrinsic: str, *others: Vector | float) -> Vector:
        """Return one of LLVM's functions of this and others."""
        arguments = ", ".join(f"{VECTOR} {_text(argument)}" for argument in (self, *others))
        return Vector(self.write, self.write(f"call {VECTOR} @llvm.{intrinsic}.v{LANES}f64({arguments})"))

    def compare(self, comparison: str, other: Vector | float) -> str:
        """Return the mask of the lanes in which `comparison`, one of LLVM's, holds."""
        return self.write(f"fcmp {comparison} {VECTOR} {self.operand}, {_text(other)}")

    def where(self, mask: str, other: Vector | float) -> Vector:
        """Return this where `mask` holds, and `other` elsewhere."""
        chosen = f"select {MASK} {mask}, {VECTOR} {self.operand}, {VECTOR} {_text(other)}"
        return Vector(self.write, self.write(chosen))

    def unless(self, mask: str, other: Vector | float) -> Vector:
        """Return `other` where `mask` holds, and this elsewhere."""
        chosen = f"select {MASK} {mask}, {VECTOR} {_text(other)}, {VECTOR} {self.operand}"
        return Vector(self.write, self.write(chosen))

    def look_up(self, index: str, table: Table) -> Vector:
        """Return the numbers of a table at the index in the last bits of each lane of `index`."""
        if looks_up_at_once():
            numbers = f"<{', '.join(table.texts)}>"
            chosen = f"call {VECTOR} @{PERMUTE}({VECTOR} {numbers}, {INTEGERS} {index})"
        else:
            place = self.write(f"and {INTEGERS} {index}, {whole(TABLE_SIZE - 1)}")
            pointers = self.write(f"getelementptr double, ptr @{table.name}, {INTEGERS} {place}")
            every = f"{MASK} <{', '.join(['i1 true'] * LANES)}>"
            chosen = f"call {VECTOR} @{GATHER}({POINTERS} {pointers}, i32 8, {every}, {VECTOR} poison)"
        return Vector(self.write, self.write(chosen))

    @property
    def bits(self) -> str:
        """The operand of its bits."""
        return self.write(f"bitcast {VECTOR} {self.operand} to {INTEGERS}")

    def of_bits(self, operand: str) -> Vector:
        """Return the vector that has these bits."""
        return Vector(self.write, self.write(f"bitcast {INTEGERS} {operand} to {VECTOR}"))


def _text(number: Vector | float) -> str:
    if isinstance(number, Vector):
        return number.operand
    return f"<{', '.join([f'double {literal(number)}'] * LANES)}>"


def bits_text(number: float) -> str:
    """Return the bits of a double in every lane."""
    return whole(bits_of(number))


def whole(number: int) -> str:
    """Return a whole number in every lane."""
    return f"<{', '.join([f'i64 {number}'] * LANES)}>"


def bits_of(number: float) -> int:
    """Return the bits of a double as a whole number."""
    return int(literal(number), 16)
