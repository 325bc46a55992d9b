"""The range of doubles in which a node's value lies, overflow and underflow included; it decides which guards stay.

`assumptions` hold for real numbers, where exp(u) is never 0.  A double may be: exp(-800) is 0, and a guard against a
division by it must stay.  Of a node that is NaN a range says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from engine.language.functions import FUNCTIONS

LARGEST_NAME, LEAST_NAME = 2.0**1000, 2.0**-900
"""A variable, parameter or number of a data set is assumed to be 0 or between these in size.

So a guard is left out that only a larger or smaller number would need; products of two such numbers keep theirs."""
LEAST_INVERTIBLE = 2.0**-1020
"""A double of this size or more has a finite reciprocal."""
LEAST_DOUBLE = 5e-324
ABOUT_U_NEAR_0 = frozenset(
    ("sin", "cos", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "erf", "expm1", "log1p")
)
"""Functions that are near 0 only where their argument is, since no double is next to a multiple of pi/2; and cos."""
LEAST_ELSEWHERE = 2.0**-100
"""The least size of their values elsewhere."""
LAST_PLACE = 2.0**-52
LIBRARY_ERROR = 1e-14
"""An upper bound of the relative error of a function of the C library."""


class Range(NamedTuple):
    """The numbers from `low` to `high` that are 0 or at least `least` in size."""

    low: float = -math.inf
    high: float = math.inf
    least: float = LEAST_DOUBLE

    @property
    def may_be_zero(self) -> bool:
        """Whether 0 lies between the ends."""
        return self.low <= 0.0 <= self.high

    @property
    def size(self) -> float:
        """The largest size."""
        return max(-self.low, self.high)

    @property
    def is_finite(self) -> bool:
        """Whether no number is infinite."""
        return -math.inf < self.low and self.high < math.inf

    @property
    def has_finite_inverse(self) -> bool:
        """Whether 1/u is finite for every number u but 0."""
        return self.least >= LEAST_INVERTIBLE

    @property
    def squared(self) -> Range:
        """The range of the square."""
        nearest = max(self.low, -self.high, 0.0)
        return _range(nearest * nearest, self.size * self.size, self.least * self.least)


def _range(low: float, high: float, least: float) -> Range:
    """Return a range; where 0 is none of its numbers, the end next to 0 is a least size too."""
    return Range(low, high, max(least, low, -high, LEAST_DOUBLE))


ANY = Range()
NAME = Range(-LARGEST_NAME, LARGEST_NAME, LEAST_NAME)
UNIT = Range(0.0, 1.0)


def range_of_number(value: float) -> Range:
    """Return the range of a constant."""
    return ANY if math.isnan(value) else _range(value, value, abs(value))


def range_of_call(function: str, arguments: Sequence[int], known: Sequence[Range]) -> Range:
    """Return the range of a function applied to nodes whose ranges are `known`."""
    if function == "mul" and arguments[0] == arguments[1]:
        return known[0].squared
    of_function = _RANGES.get(function)
    return of_function(*known) if of_function is not None else _of_function(function, known[0])


def joined(*ranges: Range) -> Range:
    """Return the smallest range that holds all of `ranges`."""
    lows, highs, leasts = zip(*ranges, strict=True)
    return Range(min(lows), max(highs), min(leasts))


@lru_cache(1024)
def _of_function(function: str, argument: Range) -> Range:
    """Return the range of a function that has only its `bounds` and, if it is rising, its values at the ends."""
    spec = FUNCTIONS[function]
    low, high = spec.bounds
    if "rising" in spec.traits and spec.numpy is not None:
        with np.errstate(all="ignore"):
            lowest, highest = (float(spec.numpy(end)) for end in (argument.low, argument.high))
        # An end outside of the domain gives NaN, and so no bound.
        low = max(low, lowest - LIBRARY_ERROR * abs(lowest)) if lowest > -math.inf else low
        high = min(high, highest + LIBRARY_ERROR * abs(highest)) if highest < math.inf else high
    return _range(low, high, min(0.5 * argument.least, LEAST_ELSEWHERE) if function in ABOUT_U_NEAR_0 else LEAST_DOUBLE)


def _negative(argument: Range) -> Range:
    return Range(-argument.high, -argument.low, argument.least)


def _size(argument: Range) -> Range:
    return _range(max(argument.low, -argument.high, 0.0), argument.size, argument.least)


def _sum(left: Range, right: Range) -> Range:
    low, high = left.low + right.low, left.high + right.high
    one_sign = left.low >= 0.0 <= right.low or left.high <= 0.0 >= right.high
    # The difference of two numbers is a multiple of the last place of the smaller one.
    least = min(left.least, right.least) * (1.0 if one_sign else LAST_PLACE)
    return _range(-math.inf if math.isnan(low) else low, math.inf if math.isnan(high) else high, least)


def _difference(left: Range, right: Range) -> Range:
    return _sum(left, _negative(right))


def _times(left: float, right: float) -> float:
    return 0.0 if left == 0.0 or right == 0.0 else left * right


def _product(left: Range, right: Range) -> Range:
    if left.low >= 0.0 <= right.low:
        return _range(_times(left.low, right.low), _times(left.high, right.high), left.least * right.least)
    ends = [_times(one, other) for one in left[:2] for other in right[:2]]
    return _range(min(ends), max(ends), left.least * right.least)


def _quotient(dividend: Range, divisor: Range) -> Range:
    least = dividend.least / divisor.size if divisor.size > 0.0 else LEAST_DOUBLE
    if divisor.may_be_zero:
        return _range(0.0 if dividend.low >= 0.0 <= divisor.low else -math.inf, math.inf, least)
    inverses = Range(1.0 / divisor.high, 1.0 / divisor.low)
    return _product(dividend, inverses)._replace(least=max(least, LEAST_DOUBLE))


def _root(argument: Range) -> Range:
    return _range(*_of_function("sqrt", argument)[:2], 0.5 * math.sqrt(argument.least))


def _cube_root(argument: Range) -> Range:
    return _range(*_of_function("cbrt", argument)[:2], 0.5 * float(np.cbrt(argument.least)))


def _length(left: Range, right: Range) -> Range:
    return _range(0.0, math.hypot(left.size, right.size), min(left.least, right.least))


def _smallest(left: Range, right: Range) -> Range:
    return Range(min(left.low, right.low), min(left.high, right.high), min(left.least, right.least))


def _largest(left: Range, right: Range) -> Range:
    return Range(max(left.low, right.low), max(left.high, right.high), min(left.least, right.least))


_RANGES: Mapping[str, Callable[..., Range]] = {
    "add": _sum, "sub": _difference, "mul": _product, "div": _quotient, "neg": _negative, "abs": _size,
    "sqrt": _root, "cbrt": _cube_root, "hypot": _length, "min": _smallest, "max": _largest,
    "where": lambda condition, chosen, otherwise: joined(chosen, otherwise),
    "mean": lambda argument: Range(argument.low, argument.high),
    "pow": lambda base, exponent: Range(0.0 if base.low >= 0.0 else -math.inf),
    "mod": lambda dividend, divisor: Range(min(divisor.low, 0.0), max(divisor.high, 0.0)),
}  # fmt: skip
