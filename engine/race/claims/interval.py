"""Numbers of which only bounds may be known, because a race ends: what holds for all within them is certain.

A racer that has not arrived after 400 steps may need 401 or never arrive.  Its number is the interval from 401 to
infinity, so that "more than 300" holds, "more than 500" cannot be decided, and neither can which of two such racers
arrives first.  Truth is a number too: 1 where a claim holds, 0 where it does not, and the interval between where it
cannot be decided; so "and" is the smaller of two, and "or" the larger.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

import numpy as np

from engine.language.functions import FUNCTIONS


@dataclass(frozen=True)
class Interval:
    """All numbers from `low` to `high`; a number that is known is both.  Both infinite: the number does not exist."""

    low: float
    high: float

    @property
    def is_known(self) -> bool:
        """Whether it is one finite number."""
        return self.low == self.high and math.isfinite(self.low)

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high


ANYTHING = Interval(-math.inf, math.inf)
NEVER = Interval(math.inf, math.inf)
FALSE, TRUE, UNDECIDED = Interval(0.0, 0.0), Interval(1.0, 1.0), Interval(0.0, 1.0)

MONOTONE = frozenset({"add", "sub", "mul", "div", "neg", "min", "max"})
"""Operations that are extreme at corners of their arguments, as long as no divisor may be 0."""


def exactly(number: float) -> Interval:
    """Return the interval of one number; that of a number that does not exist is everything."""
    return ANYTHING if math.isnan(number) else Interval(float(number), float(number))


def truth(holds: bool) -> Interval:
    """Return what is known to hold, or known not to."""
    return TRUE if holds else FALSE


def applied(function: str, arguments: list[Interval]) -> Interval | None:
    """Return a function of the language applied to intervals; None for one that claims have no use for."""
    if function in _LOGIC:
        return _LOGIC[function](*arguments)
    compute = FUNCTIONS[function].numpy
    if compute is None:
        return None
    if all(argument.is_known for argument in arguments):
        return _computed(compute, [argument.low for argument in arguments])
    divides_by_0 = function == "div" and 0.0 in arguments[1]
    if function not in MONOTONE or divides_by_0:
        return ANYTHING
    corners = [_computed(compute, list(corner)) for corner in product(*((ends.low, ends.high) for ends in arguments))]
    return Interval(min(corner.low for corner in corners), max(corner.high for corner in corners))


def _computed(compute: Callable[..., object], numbers: list[float]) -> Interval:
    with np.errstate(all="ignore"):
        result, *others = map(np.float64, numbers)
        if not others:
            return exactly(float(np.float64(compute(result))))  # type: ignore[arg-type]
        for other in others:
            result = np.float64(compute(result, other))  # type: ignore[arg-type]
    return exactly(float(result))


def _less(first: Interval, second: Interval) -> Interval:
    if first.high < second.low:
        return TRUE
    # Of two racers that never arrive, or may not, neither is the earlier one.
    return FALSE if second.high <= first.low and math.isfinite(second.high) else UNDECIDED


def _less_or_equal(first: Interval, second: Interval) -> Interval:
    if first.high <= second.low and math.isfinite(first.high):
        return TRUE
    return FALSE if second.high < first.low else UNDECIDED


def _equal(first: Interval, second: Interval) -> Interval:
    if first.is_known and second.is_known:
        return truth(first.low == second.low)
    return FALSE if first.high < second.low or second.high < first.low else UNDECIDED


def _truth_of(number: Interval) -> Interval:
    if 0.0 not in number:
        return TRUE
    return FALSE if number.is_known else UNDECIDED


def _not(number: Interval) -> Interval:
    holds = _truth_of(number)
    return Interval(1.0 - holds.high, 1.0 - holds.low)


def _both(first: Interval, second: Interval) -> Interval:
    one, other = _truth_of(first), _truth_of(second)
    return Interval(min(one.low, other.low), min(one.high, other.high))


def _chosen(condition: Interval, first: Interval, second: Interval) -> Interval:
    holds = _truth_of(condition)
    if holds == UNDECIDED:
        return Interval(min(first.low, second.low), max(first.high, second.high))
    return first if holds == TRUE else second


_LOGIC: Mapping[str, Callable[..., Interval]] = MappingProxyType(
    {
        "lt": _less,
        "gt": lambda first, second: _less(second, first),
        "le": _less_or_equal,
        "ge": lambda first, second: _less_or_equal(second, first),
        "eq": _equal,
        "ne": lambda first, second: _not(_equal(first, second)),
        "and": _both,
        "or": lambda first, second: _not(_both(_not(first), _not(second))),
        "not": _not,
        "where": _chosen,
    }
)
