"""Functions of float64 arrays that NumPy lacks, or that must give exactly what machine code gives."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np


def one_if(comparison: Callable[..., Any]) -> Callable[..., Any]:
    """Return `comparison` with 1.0 for true and 0.0 for false."""
    return lambda u, v: np.asarray(comparison(u, v), dtype=np.float64)


def choose(condition: Any, chosen: Any, otherwise: Any) -> Any:
    """Return `chosen` where `condition` is not zero; NaN counts as true, as in machine code."""
    return np.where(np.asarray(condition) != 0.0, chosen, otherwise)


def remainder(u: Any, v: Any) -> Any:
    """Return C's fmod of u and v with the sign of v, as machine code does: a 0 has that sign too, unless u is 0."""
    rest = np.fmod(u, v)
    signed = np.where(
        (rest != 0.0) & ((rest < 0.0) != (v < 0.0)), rest + v, np.where(u != 0.0, np.copysign(rest, v), rest)
    )
    # Rounding must not make the sum the divisor itself.
    return np.where((np.abs(signed) >= np.abs(v)) & np.isfinite(v), np.nextafter(v, 0.0), signed)


def floor_quotient(u: Any, v: Any) -> Any:
    """Return u/v rounded down, exact even where u/v itself is rounded up to the next whole number."""
    return np.where(np.isfinite(u) & (v != 0.0), np.floor_divide(u, v), np.floor(u / v))


def of_each(function: Callable[[float], float], at_poles: float) -> Callable[..., Any]:
    """Return a function of Python's `math` as one of arrays; where it raises ValueError the result is `at_poles`."""

    def of_one(argument: float) -> float:
        try:
            return function(argument)
        except OverflowError:
            return math.inf
        except ValueError:
            return at_poles

    return np.vectorize(of_one, otypes=[np.float64])
