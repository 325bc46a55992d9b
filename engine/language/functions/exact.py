"""Values of functions in arithmetic of many digits, for the `exact` of specs that need more than one expression.

`mp` is `mpmath.mp`, which the tests hand over: the program itself never imports mpmath.
"""

from __future__ import annotations

from typing import Any


def quotient(mp: Any, u: Any, v: Any) -> Any:
    """Return u/v, infinite where v is 0 and u is not."""
    return u / v if v != 0 or u == 0 else mp.inf * mp.sign(u)


def power(mp: Any, u: Any, v: Any) -> Any:
    """Return u^v, infinite where u is 0 and v is negative."""
    return mp.inf if u == 0 and v < 0 else mp.power(u, v)


def root(mp: Any, u: Any, v: Any) -> Any:
    """Return the v-th root, the real one of a negative number where v is odd."""
    return mp.sign(u) * abs(u) ** (1 / v) if v % 2 == 1 else mp.power(u, 1 / v)


def smallest(mp: Any, *numbers: Any) -> Any:
    """Return the smallest number, NaN where one is."""
    return mp.nan if any(map(mp.isnan, numbers)) else min(numbers)


def largest(mp: Any, *numbers: Any) -> Any:
    """Return the largest number, NaN where one is."""
    return mp.nan if any(map(mp.isnan, numbers)) else max(numbers)


def clipped(mp: Any, u: Any, low: Any, high: Any) -> Any:
    """Return u, or the nearer of two limits that it lies beyond."""
    return smallest(mp, largest(mp, u, mp.mpf(low)), mp.mpf(high))


def smooth_rise(_: Any, u: Any) -> Any:
    """Return the cubic that rises from 0 at 0 to 1 at 1 and is level at both."""
    return 3 * u**2 - 2 * u**3


def norm(mp: Any, *coordinates: Any) -> Any:
    """Return the Euclidean norm."""
    return mp.sqrt(mp.fsum(coordinate**2 for coordinate in coordinates))


def sinc_bend(mp: Any, u: Any) -> Any:
    """Return the slope of sin(u)/u, divided by u."""
    return (mp.cos(u) - mp.sinc(u)) / u**2


def digamma_tail(mp: Any, u: Any) -> Any:
    """Return what Stirling's series for digamma(z) has behind log(z) - 1/(2*z), with the sign reversed; u is 1/z^2."""
    z = 1 / mp.sqrt(u)
    return mp.log(z) - 1 / (2 * z) - mp.digamma(z)


def trigamma(mp: Any, u: Any) -> Any:
    """Return the slope of digamma."""
    return mp.polygamma(1, u)


def trigamma_tail(mp: Any, u: Any) -> Any:
    """Return z*(trigamma(z) - 1/(2*z^2)) - 1, the rest of Stirling's series; u is 1/z^2."""
    z = 1 / mp.sqrt(u)
    return z * (trigamma(mp, z) - u / 2) - 1
