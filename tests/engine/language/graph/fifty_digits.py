"""What every row of the function table means in arithmetic of many digits, and derivatives by tiny differences.

Nothing here knows the engine's derivatives, graphs or simplifications: a text is read by the parser alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mpmath import mp, mpc, mpf

from engine.language.graph.folding import Unrolling, fold, parts_first
from engine.language.syntax.parser import parse_formula
from engine.language.syntax.tree import Assignment, Expression, FormulaTree, FunctionDefinition

DIGITS = 110
"""Second differences of a step of 1e-26 lose 52 digits, and are themselves exact to 52: more than 50 are right."""
STEP_DIGITS = 26
SQUARES_FAINT_TO = 40.0
"""Beyond, exp(-x^2/2) is less than any double."""


def _truth(holds: bool) -> mpf:
    return mpf(1 if holds else 0)


def _root(u: mpf, v: mpf) -> mpf:
    return mp.sign(u) * abs(u) ** (1 / v) if v % 2 == 1 else mp.power(u, 1 / v)


def _mod(u: mpf, v: mpf) -> mpf:
    return u - v * mp.floor(u / v)


def _quotient(u: mpf, v: mpf) -> mpf:
    if v != 0 or u == 0:
        return u / v
    return mp.inf * mp.sign(u)


def _power(u: mpf, v: mpf) -> mpf:
    return mp.inf if u == 0 and v < 0 else mp.power(u, v)


def _largest(*numbers: mpf) -> mpf:
    return mp.nan if any(map(mp.isnan, numbers)) else max(numbers)


def _smallest(*numbers: mpf) -> mpf:
    return mp.nan if any(map(mp.isnan, numbers)) else min(numbers)


def _clip(u: mpf, low: mpf, high: mpf) -> mpf:
    return _smallest(_largest(u, low), high)


def _smooth_rise(u: mpf) -> mpf:
    return 3 * u**2 - 2 * u**3


def _length(*sides: mpf) -> mpf:
    return mp.sqrt(mp.fsum(side**2 for side in sides))


def _sinc_bend(u: mpf) -> mpf:
    return (mp.cos(u) - mp.sinc(u)) / u**2


def _log_gamma(u: mpf) -> mpf:
    return mp.log(abs(mp.gamma(u)))


def _digamma_tail(u: mpf) -> mpf:
    z = 1 / mp.sqrt(u)
    return mp.log(z) - 1 / (2 * z) - mp.digamma(z)


def _trigamma(u: mpf) -> mpf:
    return mp.polygamma(1, u)


def _trigamma_tail(u: mpf) -> mpf:
    z = 1 / mp.sqrt(u)
    return z * (_trigamma(z) - u / 2) - 1


MEANINGS: Mapping[str, Callable[..., Any]] = {
    "add": lambda u, v: u + v, "sub": lambda u, v: u - v, "mul": lambda u, v: u * v, "div": _quotient,
    "neg": lambda u: -u, "pow": _power, "mod": _mod, "floordiv": lambda u, v: mp.floor(u / v),
    "lt": lambda u, v: _truth(u < v), "le": lambda u, v: _truth(u <= v), "gt": lambda u, v: _truth(u > v),
    "ge": lambda u, v: _truth(u >= v), "eq": lambda u, v: _truth(u == v), "ne": lambda u, v: _truth(u != v),
    "and": lambda u, v: _truth(u != 0 and v != 0), "or": lambda u, v: _truth(u != 0 or v != 0),
    "not": lambda u: _truth(u == 0), "where": lambda c, u, v: u if c != 0 else v,
    "unless": lambda c, u: u if c == 0 else mpf(0), "together": lambda u: u, "steep": lambda u: _truth(u < mpf(0.05)),
    "infinite": lambda u: _truth(mp.isinf(u)),
    "min": _smallest, "max": _largest, "clip": _clip, "step": lambda u: _truth(u >= 0),
    "smoothstep": lambda u, v, s: _smooth_rise(_clip((s - u) / (v - u), mpf(0), mpf(1))), "smooth_rise": _smooth_rise,
    "sqrt": mp.sqrt, "cbrt": lambda u: mp.sign(u) * mp.cbrt(abs(u)),
    "root": _root, "log_base": lambda u, v: mp.log(u) / mp.log(v),
    "tame_inverse": lambda u: 1 / u, "tame_power": mp.power,
    "exp": mp.exp, "exp2": lambda u: mp.power(2, u), "expm1": mp.expm1,
    "log": mp.log, "log2": lambda u: mp.log(u, 2), "log10": mp.log10, "log1p": lambda u: mp.log(1 + u),
    "hypot": _length, "portion": lambda u, v: u / _length(u, v),
    "norm": _length, "dist": lambda u, v, s, t: _length(u - s, v - t), "abs": abs,
    "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "sec": mp.sec, "csc": mp.csc, "cot": mp.cot,
    "asin": mp.asin, "acos": mp.acos, "atan": mp.atan, "atan2": mp.atan2, "asec": mp.asec, "acsc": mp.acsc,
    "acot": lambda u: mp.pi / 2 - mp.atan(u), "sinc": mp.sinc, "sinc_bend": _sinc_bend,
    "sinc_series": lambda u: _sinc_bend(mp.sqrt(u)),
    "sinh": mp.sinh, "cosh": mp.cosh, "tanh": mp.tanh, "sech": mp.sech, "sech_squared": lambda u: mp.sech(u) ** 2,
    "csch": mp.csch, "coth": mp.coth,
    "asinh": mp.asinh, "acosh": mp.acosh, "atanh": mp.atanh, "asech": mp.asech, "acsch": mp.acsch, "acoth": mp.acoth,
    "sign": mp.sign, "floor": mp.floor, "ceil": mp.ceil, "round": mp.nint,
    "trunc": lambda u: mp.sign(u) * mp.floor(abs(u)), "frac": lambda u: u - mp.floor(u),
    "sigmoid": lambda u: 1 / (1 + mp.exp(-u)), "softplus": lambda u: mp.log(1 + mp.exp(u)),
    "sigmoid_slope": lambda u: 1 / (2 + mp.exp(u) + mp.exp(-u)), "one_minus_square": lambda u: 1 - u**2,
    "relu": lambda u: _largest(u, mpf(0)), "gelu": lambda u: u * mp.ncdf(u),
    "erf": mp.erf, "erfc": mp.erfc, "gamma": mp.gamma, "factorial": mp.factorial, "lgamma": _log_gamma,
    **dict.fromkeys(["digamma", "digamma_right"], mp.digamma), "digamma_tail": _digamma_tail,
    **dict.fromkeys(["trigamma", "trigamma_right"], _trigamma), "trigamma_tail": _trigamma_tail,
}  # fmt: skip
"""To each row that a formula may use, its value."""

NUMBERS: Mapping[str, Callable[[], mpf]] = {"pi": lambda: +mp.pi, "tau": lambda: 2 * mp.pi, "e": lambda: +mp.e}


def applied(function: str, *arguments: mpf) -> mpf:
    """Return a row applied to numbers, NaN where that has no real value."""
    try:
        result = MEANINGS[function](*arguments)
    except (ValueError, ZeroDivisionError, OverflowError):
        return mp.nan
    return mp.nan if isinstance(result, mpc) else result


def parts(tree: Expression, names: Mapping[str, mpf]) -> list[mpf]:
    """Return the value of every call in a tree, the whole last."""
    results: list[mpf] = []

    def call(function: str, *arguments: mpf) -> mpf:
        results.append(applied(function, *arguments))
        return results[-1]

    whole = fold(parts_first(tree), mpf, lambda name: NUMBERS[name]() if name in NUMBERS else names[name], call)
    return results or [whole]


def whole(tree: FormulaTree, variables: Mapping[str, mpf]) -> mpf:
    """Return the value of a formula whose lines may define names and functions."""
    names = dict(variables)
    functions = [line for line in tree.definitions if isinstance(line, FunctionDefinition)]

    def name(text: str) -> mpf:
        return NUMBERS[text]() if text in NUMBERS else names[text]

    unrolling = Unrolling(mpf, name, applied, float, lambda *_: None, functions)
    for line in tree.definitions:
        if isinstance(line, Assignment):
            names[line.name] = unrolling.line(line.value, line.start, line.end)
    return unrolling.line(tree.result, tree.result.start, tree.result.end)


def derivatives(text: str, x: float, y: float) -> list[mpf]:
    """Return value, two first and three second derivatives (xx, xy, yy) of a formula without parameters: 50 digits."""
    tree = parse_formula(text)
    with mp.workdps(DIGITS):
        step = mpf(10) ** -STEP_DIGITS * max(1, abs(x), abs(y))

        def at(right: int, up: int) -> mpf:
            return whole(tree, {"x": mpf(x) + right * step, "y": mpf(y) + up * step})

        here, right, left, above, below = at(0, 0), at(1, 0), at(-1, 0), at(0, 1), at(0, -1)
        mixed = at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)
        return [
            here,
            (right - left) / (2 * step),
            (above - below) / (2 * step),
            (right - 2 * here + left) / step**2,
            mixed / (4 * step**2),
            (above - 2 * here + below) / step**2,
        ]


def row_derivatives(function: str, x: float) -> list[mpf]:
    """Return value, slope and second derivative of a row of one argument, to as many digits as doubles have at least.

    Differences take digits away, and more where the function is nearly flat: 1 - tanh(1000) is 1e-868.
    """
    faint = abs(x) + (0.45 * x * x if abs(x) < SQUARES_FAINT_TO else 0.0)
    with mp.workdps(DIGITS + 2 * STEP_DIGITS + int(faint)):
        step = mpf(10) ** -STEP_DIGITS * abs(mpf(x))
        left, here, right = (applied(function, mpf(x) + place * step) for place in (-1, 0, 1))
        return [here, (right - left) / (2 * step), (left - 2 * here + right) / step**2]
