"""Remainders of vectors: as exact as the C library's fmod, with the sign of the divisor.

With q the quotient rounded down, u - q*v is a double wherever u and v have the same sign and |q| is below 2^53, so that
one fused operation computes it exactly.  A rounded quotient may be the whole number above the true one; then the
remainder is below 0, exact too, and one v is added.  Larger quotients go to fmod.

Where u and v differ in sign the remainder is rounded once, never up to v itself.
"""

from __future__ import annotations

import math

from engine.language.codegen.assembly import INTEGERS, LANES, MASK, VECTOR, function
from engine.language.codegen.vector_writer import CONVENTION, Vector, Writer, whole

REMAINDER, FLOOR_QUOTIENT = "derby_remainder", "derby_floor_quotient"
"""The functions of u and v: the remainder, and the quotient rounded down."""
WHOLE_BELOW = 2.0**52
"""Doubles below this size have digits down to the point or behind it, so that such a quotient can be rounded down."""
SIGN = -(2**63)

DECLARATIONS = tuple(
    f"declare {CONVENTION} {VECTOR} @{name}({VECTOR}, {VECTOR}) memory(none) nounwind"
    for name in (REMAINDER, FLOOR_QUOTIENT)
)


def call_of(name: str, dividend: str, divisor: str) -> str:
    """Return the instruction that applies one of the two functions to vectors."""
    return f"call {CONVENTION} {VECTOR} @{name}({VECTOR} {dividend}, {VECTOR} {divisor})"


def definitions() -> str:
    """Return both functions as text."""
    called = ("fma", 3), ("fabs", 1), ("floor", 1)
    lines = [
        f"declare {VECTOR} @llvm.{name}.v{LANES}f64({', '.join([VECTOR] * arguments)})" for name, arguments in called
    ]
    return "\n".join([*lines, _remainder(), _floor_quotient()])


def _divided(write: Writer) -> tuple[str, Vector, Vector, Vector]:
    """Return the bits of the sign of v, u with that sign turned over, |v|, and their quotient."""
    u, v = Vector(write, "%u"), Vector(write, "%v")
    sign = write(f"and {INTEGERS} {v.bits}, {whole(SIGN)}")
    turned, size = u.of_bits(write(f"xor {INTEGERS} {u.bits}, {sign}")), v.call("fabs")
    return sign, turned, size, turned.over(size)


def _rest(turned: Vector, size: Vector, floor: Vector) -> Vector:
    """Return the rest of the dividend; all of it where the quotient is 0, even if the divisor is infinite."""
    return (-floor).times(size, turned).unless(floor.compare("oeq", 0.0), turned)


def _remainder() -> str:
    write = Writer()
    sign, turned, size, quotient = _divided(write)
    near = quotient.call("fabs").compare("olt", WHOLE_BELOW)
    finite = size.compare("olt", math.inf)
    write.branch_if_all(write(f"and {MASK} {near}, {finite}"), "usual", "rare")
    write.label("usual")
    rest = _rest(turned, size, quotient.call("floor"))
    _return(_within(rest, size), sign)
    write.label("rare")
    rest = turned.remainder(size)
    _return(_within(rest, size).where(finite, (rest + size).where(rest.compare("olt", 0.0), rest)), sign)
    return function(f"{CONVENTION} {VECTOR} @{REMAINDER}({VECTOR} %u, {VECTOR} %v)", write.lines)


def _within(rest: Vector, size: Vector) -> Vector:
    """Return a remainder from 0 up to the last double below the divisor; NaN stays NaN."""
    raised = (rest + size).where(rest.compare("olt", 0.0), rest)
    below = size.of_bits(size.write(f"sub {INTEGERS} {size.bits}, {whole(1)}"))
    return raised.unless(raised.compare("oge", size), below)


def _return(result: Vector, sign: str) -> None:
    signed = result.of_bits(result.write(f"xor {INTEGERS} {result.bits}, {sign}"))
    result.write.lines.append(f"ret {VECTOR} {signed.operand}")


def _floor_quotient() -> str:
    write = Writer()
    _, turned, size, quotient = _divided(write)
    floor = quotient.call("floor")
    # The rest of an infinite or NaN quotient is not below 0, so such a quotient stays as it is.
    lower = (floor - 1.0).where(_rest(turned, size, floor).compare("olt", 0.0), floor)
    write.lines.append(f"ret {VECTOR} {lower.operand}")
    return function(f"{CONVENTION} {VECTOR} @{FLOOR_QUOTIENT}({VECTOR} %u, {VECTOR} %v)", write.lines)
