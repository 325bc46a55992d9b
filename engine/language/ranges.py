"""Between which doubles a node's value lies, overflow and underflow included: what tells which guards are needed.

`facts` tells what holds of real numbers, where exp(u) is never 0.  A double is: exp(-800) is 0, and a guard against
a division by it must stay.  A range promises nothing where the node is NaN.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.language.functions import FUNCTIONS, Function

LARGEST_NAME, LEAST_NAME = 2.0**1000, 2.0**-900
"""A variable, parameter or number of a data set is taken to be 0 or between these in size.

So a guard may be left out that only a larger or smaller number would need: products of two of them have theirs."""
LEAST_INVERTIBLE = 2.0**-1020
"""A double of this size or more has a finite reciprocal."""
LEAST_DOUBLE = 5e-324
LEAST_OF_ROWS = 2.0**-100
"""Functions that are about u near 0 come no nearer to 0 elsewhere: no double is that near to a multiple of pi."""
LAST_PLACE = 2.0**-52
LIBRARY_ERROR = 1e-14
"""What a function of the C library may be off by, relative to its value, with a margin."""


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
        return max(abs(self.low), abs(self.high))

    @property
    def is_finite(self) -> bool:
        """Whether no number is infinite."""
        return self.size < math.inf

    @property
    def smallest(self) -> float:
        """What no number but 0 is below in size."""
        return self.least if self.may_be_zero else max(self.least, min(abs(self.low), abs(self.high)))

    @property
    def has_finite_inverse(self) -> bool:
        """Whether 1/u is finite for every number u but 0."""
        return self.smallest >= LEAST_INVERTIBLE

    @property
    def squared(self) -> Range:
        """The range of the square."""
        low = 0.0 if self.may_be_zero else min(abs(self.low), abs(self.high))
        return Range(low * low, self.size * self.size, _double(self.smallest * self.smallest))


ANY = Range()
NAME = Range(-LARGEST_NAME, LARGEST_NAME, LEAST_NAME)
UNIT = Range(0.0, 1.0)


def range_of_number(value: float) -> Range:
    """Return the range of a constant."""
    return ANY if math.isnan(value) else Range(value, value, abs(value) or LEAST_DOUBLE)


def joined(*ranges: Range) -> Range:
    """Return the smallest range that holds all of `ranges`."""
    return Range(
        min(each.low for each in ranges), max(each.high for each in ranges), min(each.smallest for each in ranges)
    )


def range_of_call(function: str, arguments: Sequence[int], known: Sequence[Range]) -> Range:
    """Return the range of a row applied to nodes whose ranges are `known`."""
    first, last = known[0], known[-1]
    match function:
        case "add":
            return _sum(first, last)
        case "sub":
            return _sum(first, _negative(last))
        case "neg":
            return _negative(first)
        case "mul":
            return first.squared if arguments[0] == arguments[1] else _product(first, last)
        case "div":
            return _quotient(first, last)
        case "abs":
            low = 0.0 if first.may_be_zero else min(abs(first.low), abs(first.high))
            return Range(low, first.size, first.smallest)
        case "where":
            return joined(*known[1:])
        case "min":
            return joined(*known)._replace(high=min(first.high, last.high))
        case "max":
            return joined(*known)._replace(low=max(first.low, last.low))
        case "mean":
            return Range(first.low, first.high)
        case "sqrt" | "cbrt":
            low, high = _ends(FUNCTIONS[function], first)
            return Range(low, high, first.smallest ** (0.5 if function == "sqrt" else 1.0 / 3.0) * 0.5)
        case "sin" | "cos" | "tan" | "asin" | "atan" | "sinh" | "tanh" | "asinh" | "atanh" | "erf" | "expm1" | "log1p":
            return Range(*_ends(FUNCTIONS[function], first), min(0.5 * first.smallest, LEAST_OF_ROWS))
        case "hypot":
            return Range(
                0.0,
                math.hypot(first.size, last.size),
                max(first.smallest, last.smallest)
                if not (first.may_be_zero and last.may_be_zero)
                else min(first.smallest, last.smallest),
            )
        case "pow":
            return Range(0.0 if first.low >= 0.0 else -math.inf)
        case "mod":
            return Range(min(last.low, 0.0), max(last.high, 0.0))
        case _:
            return Range(*_ends(FUNCTIONS[function], first))


def _ends(row: Function, argument: Range) -> tuple[float, float]:
    """Return the ends of the range of a row of one argument, or of any where only its own bounds are known."""
    low, high = row.bounds
    if "rising" in row.traits and row.numpy is not None:
        with np.errstate(all="ignore"):
            lowest, highest = (float(row.numpy(end)) for end in (argument.low, argument.high))
        low = max(low, lowest - LIBRARY_ERROR * abs(lowest)) if lowest > -math.inf else low
        high = min(high, highest + LIBRARY_ERROR * abs(highest)) if highest < math.inf else high
    return low, high


def _negative(range_: Range) -> Range:
    return Range(-range_.high, -range_.low, range_.least)


def _sum(left: Range, right: Range) -> Range:
    low, high = left.low + right.low, left.high + right.high
    one_sign = (left.low >= 0.0 and right.low >= 0.0) or (left.high <= 0.0 and right.high <= 0.0)
    # What two numbers leave of each other is a multiple of the last place of the smaller one.
    least = min(left.smallest, right.smallest) * (1.0 if one_sign else LAST_PLACE)
    return Range(-math.inf if math.isnan(low) else low, math.inf if math.isnan(high) else high, _double(least))


def _double(least: float) -> float:
    return max(least, LEAST_DOUBLE)


def _times(left: float, right: float) -> float:
    return 0.0 if left == 0.0 or right == 0.0 else left * right


def _product(left: Range, right: Range) -> Range:
    ends = [_times(one, other) for one in left[:2] for other in right[:2]]
    return Range(min(ends), max(ends), _double(left.smallest * right.smallest))


def _quotient(dividend: Range, divisor: Range) -> Range:
    least = _double(dividend.smallest / divisor.size) if divisor.size > 0.0 else LEAST_DOUBLE
    if divisor.may_be_zero:
        low = 0.0 if dividend.low >= 0.0 and divisor.low >= 0.0 else -math.inf
        return Range(low, math.inf, least)
    with np.errstate(all="ignore"):
        inverses = Range(*sorted((float(1.0 / np.float64(divisor.high)), float(1.0 / np.float64(divisor.low)))))
    return _product(dividend, inverses)._replace(least=least)
