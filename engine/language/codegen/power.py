"""Powers of vectors: a logarithm that all powers of one base share, and a power from it.

u^v is 2^(v*log2(u)).  The product may be as large as 1024, and its absolute error is the power's relative one: so the
logarithm is computed to 64 bits, as a sum of two doubles of which the second is small.  The method is that of the
textbooks (Tang, Table-driven implementation of the exponential function, 1989, and of the logarithm function, 1990;
Muller et al., Handbook of Floating-Point Arithmetic, 2018), with tables of eight numbers, as many as a register holds:

    u = m*2^e,  c the number of a table that is nearest to m,  s = (m - c)/(m + c),
    log2(u) = e + log2(c) + 2/ln(2)*atanh(s),
    2^p = 2^n * 2^r with n in whole eighths, of which a table has the powers, and |r| <= 1/16.

The instructions have no fast-math flags, since many compute a rounding error, which reordering would destroy.
A vector of ordinary numbers takes the short branch; one with a zero, a negative or tiny base, an infinity, a NaN or a
result near the ends of the range takes a longer one, which gives the ordinary numbers in it the same bits.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

from engine.language.codegen.assembly import INTEGERS, LANES, MASK, VECTOR, function, vectors
from engine.language.codegen.vector_math import looks_up_at_once
from engine.language.codegen.vector_writer import (
    CONVENTION,
    GATHER,
    PERMUTE,
    POINTERS,
    TABLE_BITS,
    TABLE_SIZE,
    Table,
    Vector,
    Writer,
    bits_of,
    bits_text,
    whole,
)

LOGARITHM, POWER = "derby_logarithm", "derby_power"
"""The functions: of u the two parts of log2(|u|), and of u, v and these two parts u^v."""
DECLARATIONS = (
    f"declare {CONVENTION} {vectors(2)} @{LOGARITHM}({VECTOR}) memory(none) nounwind",
    f"declare {CONVENTION} {VECTOR} @{POWER}({', '.join([VECTOR] * 4)}) memory(none) nounwind",
)


CENTRES = Table("centres", (0.75, 0.8125, 0.875, 0.9375, 1.0, 1.125, 1.25, 1.375))
"""The centres that m is compared with, equally spaced in the bits of doubles, so that a few bits give the nearest."""
LEAST_M = 0.71875
"""m is between this and twice this: from here on 0.75 is nearest."""
LOGARITHMS = Table(
    "logarithms", (
    -0.41503749927892386, -0.29956028185893047, -0.1926450779424158, -0.09310940439149817, 0.0, 0.16992500144237965,
    0.3219280948874257, 0.4594316186373817,
))  # fmt: skip
"""log2 of the centres, cut to multiples of 2^-42 so that whole numbers can be added without rounding."""
LOGARITHM_RESTS = Table(
    "logarithm_rests", (
    8.00418555854124e-14, 2.262651135603261e-14, 1.9917399279874596e-14, 1.6703260328550802e-14, 0.0,
    -6.728996427240727e-14, -6.33385952568616e-14, -8.443284155858175e-14,
))  # fmt: skip
"""The rest of log2 of the centres."""
SLOPE, SLOPE_REST = 2.8853900817779268, 4.0710547481862066e-17
"""2/ln(2), the first coefficient of 2/ln(2)*atanh(s), as a double and its rest."""
CURVE = 0.9617966939259756, 0.5770780163555841, 0.41219858315429436, 0.3205986632248081, 0.2627166715917984
"""Those of s^3, s^5 and so on: the first from the series, the rest a polynomial in s^2 that is as good as the nearest.

It was found by interpolation at Chebyshev's points in 60 digits, and is wrong by 2^-71 of the logarithm at most."""
EXPONENTIAL = (
    0.6931471805599453, 0.24022650695910933, 0.05550410866482224, 0.009618129089983302, 0.0013333558132838856,
    0.00015404433819347582, 1.525342958649691e-05,
)  # fmt: skip
"""A polynomial for (2^r - 1)/r found in the same way, wrong by 2^-57 of the power at most."""
ROOTS = (
    1.0, 1.0905077326652577, 1.189207115002721, 1.2968395546510096, 1.4142135623730951, 1.5422108254079407,
    1.681792830507429, 1.8340080864093424,
)  # fmt: skip
"""2 to the powers of 0 to 7 eighths."""

FRACTION_BITS = 52
EIGHTHS = 1.5 * 2.0 ** (FRACTION_BITS - TABLE_BITS)
"""A sum with it has no places beyond eighths: its last bits are those of the nearest number of eighths."""
SAFE = 1020.0
"""For smaller |p|, 2^p and 2^n are normal numbers."""
BEYOND = 1100.0
"""2 to this power is infinite, and to its negative 0."""
SMALLEST_NORMAL = 2.0**-1022
TINY_SCALE = 54
"""A number below the smallest normal one becomes normal if multiplied by 2 to this power."""


def call_of_logarithm(base: str) -> str:
    """Return the instruction that computes both parts of the logarithm of a vector."""
    return f"call {CONVENTION} {vectors(2)} @{LOGARITHM}({VECTOR} {base})"


def call_of_power(base: str, exponent: str, logarithm: str, rest: str) -> str:
    """Return the instruction that computes a power of vectors."""
    arguments = ", ".join(f"{VECTOR} {operand}" for operand in (base, exponent, logarithm, rest))
    return f"call {CONVENTION} {VECTOR} @{POWER}({arguments})"


def _lowered(number: int, root: float) -> float:
    """Return a root less its number in the bits to which `_grown` adds eighths, so that the sum has whole exponents."""
    bits = bits_of(root) - (number << FRACTION_BITS - TABLE_BITS)
    return float(struct.unpack("<d", struct.pack("<q", bits))[0])


LOWERED_ROOTS = Table("roots", [_lowered(number, root) for number, root in enumerate(ROOTS)])


def definitions() -> str:
    """Return both functions as text."""
    called = ("fma", 3), ("fabs", 1), ("copysign", 2), ("rint", 1)
    lines = [
        f"declare {VECTOR} @llvm.{name}.v{LANES}f64({', '.join([VECTOR] * arguments)})" for name, arguments in called
    ]
    if looks_up_at_once():
        lines.append(f"declare {VECTOR} @{PERMUTE}({VECTOR}, {INTEGERS})")
    else:
        lines.append(f"declare {VECTOR} @{GATHER}({POINTERS}, i32, {MASK}, {VECTOR})")
        for table in (CENTRES, LOGARITHMS, LOGARITHM_RESTS, LOWERED_ROOTS):
            lines.append(f"@{table.name} = private constant [{TABLE_SIZE} x double] [{', '.join(table.texts)}]")
    return "\n".join([*lines, _logarithm(), _power()])


def _logarithm() -> str:
    """Return the function of the two parts of log2(|u|)."""
    write = Writer()
    u = Vector(write, "%u")
    above = write(f"sub {INTEGERS} {u.bits}, {bits_text(SMALLEST_NORMAL)}")
    limit = whole(bits_of(math.inf) - bits_of(SMALLEST_NORMAL))
    write.branch_if_all(write(f"icmp ult {INTEGERS} {above}, {limit}"), "usual", "rare")
    write.label("usual")
    _return_both(*_parts_of_logarithm(u))
    write.label("rare")
    scaled, more = _brought_to_normal(u)
    _return_both(*_parts_of_logarithm(scaled, more))
    return function(f"{CONVENTION} {vectors(2)} @{LOGARITHM}({VECTOR} %u)", write.lines)


def _return_both(first: Vector, second: Vector) -> None:
    pair = first.write(f"insertvalue {vectors(2)} poison, {VECTOR} {first.operand}, 0")
    pair = first.write(f"insertvalue {vectors(2)} {pair}, {VECTOR} {second.operand}, 1")
    first.write.lines.append(f"ret {vectors(2)} {pair}")


def _brought_to_normal(u: Vector) -> tuple[Vector, Vector]:
    """Return |u| scaled to a normal number, and the number to add to the logarithm of that.

    The bits of zero, infinity and NaN are taken for those of some number; the number to add then decides the result.
    """
    size = u.call("fabs")
    tiny = size.compare("olt", SMALLEST_NORMAL)
    more = u.constant(-float(TINY_SCALE)).where(tiny, 0.0).unless(size.compare("oeq", 0.0), -math.inf)
    return (size * 2.0**TINY_SCALE).where(tiny, size), more.where(size.compare("olt", math.inf), size)


def _parts_of_logarithm(u: Vector, more: Vector | None = None) -> tuple[Vector, Vector]:
    """Return log2(u), with `more` added to it, in two parts; u is a normal number."""
    write, bits = u.write, u.bits
    from_least = write(f"sub {INTEGERS} {bits}, {bits_text(LEAST_M)}")
    in_place = write(f"and {INTEGERS} {from_least}, {whole(-(1 << FRACTION_BITS))}")
    m = u.of_bits(write(f"sub {INTEGERS} {bits}, {in_place}"))
    index = write(f"lshr {INTEGERS} {from_least}, {whole(FRACTION_BITS - TABLE_BITS)}")
    centre, known, known_rest = (u.look_up(index, table) for table in (CENTRES, LOGARITHMS, LOGARITHM_RESTS))
    exponent = Vector(write, write(f"sitofp {INTEGERS} {in_place} to {VECTOR}"))
    known = exponent.times(2.0**-FRACTION_BITS, known)
    if more is not None:
        known = known + more
    ratio, ratio_rest = _divided(m, centre)
    z = ratio * ratio
    curve = z * _polynomial(z, CURVE)
    factor = curve + SLOPE
    factor_rest = (curve - (factor - SLOPE)) + SLOPE_REST
    product = ratio * factor
    rest = ratio.times(factor_rest, ratio.times(factor, -product))
    rest = ratio_rest.times(factor, rest) + known_rest
    total = known + product
    return total, rest + (product - (total - known))


def _divided(m: Vector, centre: Vector) -> tuple[Vector, Vector]:
    """Return (m - c)/(m + c) in two parts."""
    above, inverse = m - centre, (m + centre).inverse()
    ratio = above * inverse
    # The remainder of the division, above - ratio*(2*c + above), is exact if the larger product is subtracted first.
    remainder = (-ratio).times(above, (-(ratio + ratio)).times(centre, above))
    return ratio, remainder * inverse


def _polynomial(variable: Vector, coefficients: Sequence[float]) -> Vector:
    """Return a polynomial by Horner's rule, from the coefficient of 1 on."""
    *lower, before_last, last = coefficients
    result = variable.times(last, before_last)
    for coefficient in reversed(lower):
        result = result.times(variable, coefficient)
    return result


def _power() -> str:
    """Return the function of u^v, given log2(|u|) in two parts."""
    write = Writer()
    u, v, log, log_rest = (Vector(write, operand) for operand in ("%u", "%v", "%log", "%rest"))
    p = v * log
    rest = v.times(log_rest, v.times(log, -p))
    # |p| with the sign of u: as unsigned integers, the bits of a NaN and of anything negative are large.
    signed = p.call("copysign", u).bits
    write.branch_if_all(write(f"icmp ult {INTEGERS} {signed}, {bits_text(SAFE)}"), "usual", "rare")
    write.label("usual")
    growth, eighths = _exponential(p, rest)
    write.lines.append(f"ret {VECTOR} {_grown(growth, eighths, eighths).operand}")
    write.label("rare")
    # Powers of a decay after many steps are all 0.
    positive = write(f"icmp sge {INTEGERS} {u.bits}, {whole(0)}")
    vanished = write(f"and {MASK} {positive}, {p.compare('olt', -BEYOND)}")
    write.branch_if_all(vanished, "zero", "careful")
    write.label("zero")
    write.lines.append(f"ret {VECTOR} zeroinitializer")
    write.label("careful")
    write.lines.append(f"ret {VECTOR} {_carefully(u, v, log, p, rest).operand}")
    head = f"{CONVENTION} {VECTOR} @{POWER}({VECTOR} %u, {VECTOR} %v, {VECTOR} %log, {VECTOR} %rest)"
    return function(head, write.lines)


def _exponential(p: Vector, rest: Vector) -> tuple[Vector, str]:
    """Return 2^r - 1, and bits of which the last are those of n in eighths, where n + r is `p` + `rest`."""
    rounded = p + EIGHTHS
    r = (p - (rounded - EIGHTHS)) + rest
    return r * _polynomial(r, EXPONENTIAL), rounded.bits


def _grown(growth: Vector, index: str, eighths: str) -> Vector:
    """Return (1 + `growth`)*2^n, where n is so many `eighths`; the last bits of `index` are the same as theirs."""
    write = growth.write
    in_place = write(f"shl {INTEGERS} {eighths}, {whole(FRACTION_BITS - TABLE_BITS)}")
    root = growth.look_up(index, LOWERED_ROOTS).bits
    scale = growth.of_bits(write(f"add {INTEGERS} {root}, {in_place}"))
    return scale.times(growth, scale)


def _carefully(u: Vector, v: Vector, log: Vector, p: Vector, rest: Vector) -> Vector:
    """Return the power of any u and v, as the C standard has it (Annex F)."""
    within = p.call("fabs").compare("olt", BEYOND)
    held = p.where(within, u.constant(BEYOND).call("copysign", p))
    growth, bits = _exponential(held, rest.where(within, 0.0))
    result = _with_sign(_scaled_twice(growth, bits), u, v, log)
    # p is 0 times infinity for infinity^0, 0^0, 1^infinity and (-1)^infinity, all 1; so are NaN^0 and 1^NaN in C.
    numbers = u.compare("ord", v)
    one = u.write(f"and {MASK} {numbers}, {p.compare('uno', 0.0)}")
    one = u.write(f"or {MASK} {one}, {v.compare('oeq', 0.0)}")
    one = u.write(f"or {MASK} {one}, {u.compare('oeq', 1.0)}")
    return result.where(numbers, math.nan).unless(one, 1.0)


def _scaled_twice(growth: Vector, bits: str) -> Vector:
    """Return `_grown` by two factors, since 2^n itself may overflow or underflow where the result does not."""
    write = growth.write
    result = _grown(growth, bits, write(f"and {INTEGERS} {bits}, {whole(TABLE_SIZE - 1)}"))
    eighths = write(f"sub {INTEGERS} {bits}, {bits_text(EIGHTHS)}")
    steps = write(f"ashr {INTEGERS} {eighths}, {whole(TABLE_BITS)}")
    half = write(f"ashr {INTEGERS} {steps}, {whole(1)}")
    for part in (half, write(f"sub {INTEGERS} {steps}, {half}")):
        in_place = write(f"shl {INTEGERS} {part}, {whole(FRACTION_BITS)}")
        result = result * growth.of_bits(write(f"add {INTEGERS} {in_place}, {bits_text(1.0)}"))
    return result


def _with_sign(size: Vector, u: Vector, v: Vector, log: Vector) -> Vector:
    """Return |u|^v with the sign that a negative u gives it: none where v is even, no number where it is not whole."""
    write, half = u.write, v * 0.5
    negative = write(f"icmp slt {INTEGERS} {u.bits}, {whole(0)}")
    broken = v.call("rint").compare("une", v)
    uneven = half.call("rint").compare("une", half)
    # The powers of zeros and infinities, whose logarithms are infinite, have limits for every exponent.
    undefined = write(f"and {MASK} {broken}, {log.call('fabs').compare('olt', math.inf)}")
    signed = (-size).where(uneven, size).unless(broken, size).unless(undefined, math.nan)
    return signed.where(negative, size)
