"""The table of everything a formula can apply: one row per operator or function, and nothing about one elsewhere.

A row gives the calculus as a textbook does.  In `differential` and `meaning` the arguments are called ``u``, ``v`` and
``s``, the result ``r``, and the differential of an argument ``du``, ``dv``, ``ds``; both are texts of this language.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

ARGUMENT_NAMES = ("u", "v", "s")


@dataclass(frozen=True)
class Function:
    """One row.

    Attributes
    ----------
    name : str
        The name in a text, and the name of the row.
    least, most : int
        How many arguments it takes; `most` is None where any number will do (the row is then folded in pairs).
    summary : str
        What it gives, in a few words.
    differential : str
        The differential of the result; "" where it is zero wherever it exists.
    numpy : callable or None
        The same on float64 arrays.
    native : str
        How machine code does it: ``instruction NAME``, ``compare OPERATOR``, ``select``, ``intrinsic NAME`` (always
        inline) or ``call NAME`` (the C mathematics library, by its vector variant where there is one).
    meaning : str
        Instead of the three above: a text that the row stands for.
    symbol : str
        The operator that writes it, if one does.
    spellings : tuple of str
        Other names for it.
    rule_only : bool
        Whether only a rule has a use for it.
    letter : bool
        Whether the name is a Greek letter too, which without brackets is a parameter.
    """

    name: str
    least: int
    most: int | None
    summary: str
    differential: str = ""
    numpy: Callable[..., Any] | None = None
    native: str = ""
    meaning: str = ""
    symbol: str = ""
    spellings: tuple[str, ...] = ()
    rule_only: bool = False
    letter: bool = False


def _one_if(comparison: Callable[..., Any]) -> Callable[..., Any]:
    """Return `comparison` with 1.0 for true and 0.0 for false."""
    return lambda u, v: np.asarray(comparison(u, v), dtype=np.float64)


def _where(condition: Any, chosen: Any, otherwise: Any) -> Any:
    """Return `chosen` where `condition` is not zero, as machine code does: NaN counts as true."""
    return np.where(np.asarray(condition) != 0.0, chosen, otherwise)


def _gamma(argument: Any) -> Any:
    """Return the gamma function of each element, NaN at its poles."""
    return np.vectorize(_gamma_of_one, otypes=[np.float64])(argument)


def _gamma_of_one(argument: float) -> float:
    try:
        return math.gamma(argument)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


# fmt: off
_ROWS = (
    # Operators
    Function("add", 2, 2, "sum", "du + dv", np.add, "instruction fadd", symbol="+"),
    Function("sub", 2, 2, "difference", "du - dv", np.subtract, "instruction fsub", symbol="-"),
    Function("mul", 2, 2, "product", "v*du + u*dv", np.multiply, "instruction fmul", symbol="*"),
    Function("div", 2, 2, "quotient", "1/v*du - r/v*dv", np.divide, "instruction fdiv", symbol="/"),
    Function("neg", 1, 1, "minus", "-du", np.negative, "instruction fneg", symbol="-"),
    Function("pow", 2, 2, "power", "v*u^(v - 1)*du + where(u == 0, 0, r*log(u))*dv", np.power, "call pow", symbol="^"),
    Function("mod", 2, 2, "remainder, with the sign of the divisor", meaning="u - v*floor(u/v)", symbol="%"),
    Function("floordiv", 2, 2, "quotient rounded down", meaning="floor(u/v)", symbol="//"),
    # Comparisons and choice: true is 1, false is 0
    Function("lt", 2, 2, "1 where less", numpy=_one_if(np.less), native="compare <", symbol="<"),
    Function("le", 2, 2, "1 where less or equal", numpy=_one_if(np.less_equal), native="compare <=", symbol="<="),
    Function("gt", 2, 2, "1 where greater", numpy=_one_if(np.greater), native="compare >", symbol=">"),
    Function("ge", 2, 2, "1 where greater or equal", numpy=_one_if(np.greater_equal), native="compare >=", symbol=">="),
    Function("eq", 2, 2, "1 where equal", numpy=_one_if(np.equal), native="compare ==", symbol="=="),
    Function("ne", 2, 2, "1 where different", numpy=_one_if(np.not_equal), native="compare !=", symbol="!="),
    Function("and", 2, 2, "1 where both hold", meaning="(u != 0)*(v != 0)", symbol="and"),
    Function("or", 2, 2, "1 where either holds", meaning="where(u, 1, v != 0)", symbol="or"),
    Function("not", 1, 1, "1 where it does not hold", meaning="where(u, 0, 1)", symbol="not"),
    Function("where", 3, 3, "the second where the first holds, else the third", "where(u, dv, ds)", _where, "select"),
    Function("min", 1, None, "the smallest", "where(u <= v, du, dv)", np.minimum, "intrinsic minimum"),
    Function("max", 1, None, "the largest", "where(u >= v, du, dv)", np.maximum, "intrinsic maximum"),
    Function("clip", 3, 3, "the first, held between the other two", meaning="min(max(u, v), s)", spellings=("clamp",)),
    # Powers, exponentials, logarithms
    Function("sqrt", 1, 1, "square root", "0.5/r*du", np.sqrt, "intrinsic sqrt"),
    Function("cbrt", 1, 1, "cube root", "r/(3*u)*du", np.cbrt, "call cbrt"),
    Function("exp", 1, 1, "exponential", "r*du", np.exp, "call exp"),
    Function("exp2", 1, 1, "power of two", "log(2)*r*du", np.exp2, "call exp2"),
    Function("expm1", 1, 1, "exp(u) - 1, exact near 0", "(r + 1)*du", np.expm1, "call expm1"),
    Function("log", 1, 1, "natural logarithm", "1/u*du", np.log, "call log", spellings=("ln",)),
    Function("log2", 1, 1, "logarithm to base 2", "1/(log(2)*u)*du", np.log2, "call log2"),
    Function("log10", 1, 1, "logarithm to base 10", "1/(log(10)*u)*du", np.log10, "call log10", spellings=("lg",)),
    Function("log1p", 1, 1, "log(1 + u), exact near 0", "1/(1 + u)*du", np.log1p, "call log1p"),
    Function("hypot", 2, 2, "length of (u, v)", "u/r*du + v/r*dv", np.hypot, "call hypot"),
    # Trigonometry
    Function("sin", 1, 1, "sine", "cos(u)*du", np.sin, "call sin"),
    Function("cos", 1, 1, "cosine", "-sin(u)*du", np.cos, "call cos"),
    Function("tan", 1, 1, "tangent", "(1 + r^2)*du", np.tan, "call tan", spellings=("tg",)),
    Function("sec", 1, 1, "secant", meaning="1/cos(u)"),
    Function("csc", 1, 1, "cosecant", meaning="1/sin(u)", spellings=("cosec",)),
    Function("cot", 1, 1, "cotangent", meaning="cos(u)/sin(u)", spellings=("ctg",)),
    Function("asin", 1, 1, "arcsine", "1/sqrt(1 - u^2)*du", np.arcsin, "call asin", spellings=("arcsin",)),
    Function("acos", 1, 1, "arccosine", "-1/sqrt(1 - u^2)*du", np.arccos, "call acos", spellings=("arccos",)),
    Function("atan", 1, 1, "arctangent", "1/(1 + u^2)*du", np.arctan, "call atan", spellings=("arctan",)),
    Function("atan2", 2, 2, "angle of the point (v, u)", "v/(u^2 + v^2)*du - u/(u^2 + v^2)*dv", np.arctan2,
             "call atan2", spellings=("arctan2",)),
    # Hyperbolic
    Function("sinh", 1, 1, "hyperbolic sine", "cosh(u)*du", np.sinh, "call sinh"),
    Function("cosh", 1, 1, "hyperbolic cosine", "sinh(u)*du", np.cosh, "call cosh"),
    Function("tanh", 1, 1, "hyperbolic tangent", "(1 - r^2)*du", np.tanh, "call tanh"),
    Function("sech", 1, 1, "hyperbolic secant", meaning="1/cosh(u)"),
    Function("csch", 1, 1, "hyperbolic cosecant", meaning="1/sinh(u)"),
    Function("coth", 1, 1, "hyperbolic cotangent", meaning="1/tanh(u)"),
    Function("asinh", 1, 1, "inverse of sinh", "1/sqrt(u^2 + 1)*du", np.arcsinh, "call asinh", spellings=("arcsinh",)),
    Function("acosh", 1, 1, "inverse of cosh", "1/sqrt(u^2 - 1)*du", np.arccosh, "call acosh", spellings=("arccosh",)),
    Function("atanh", 1, 1, "inverse of tanh", "1/(1 - u^2)*du", np.arctanh, "call atanh", spellings=("arctanh",)),
    # Sizes and rounding
    Function("abs", 1, 1, "distance from 0", "sign(u)*du", np.abs, "intrinsic fabs"),
    Function("sign", 1, 1, "-1, 0 or 1", meaning="where(u > 0, 1, where(u < 0, -1, u))", spellings=("sgn",)),
    Function("floor", 1, 1, "rounded down", numpy=np.floor, native="intrinsic floor"),
    Function("ceil", 1, 1, "rounded up", numpy=np.ceil, native="intrinsic ceil"),
    Function("round", 1, 1, "nearest whole number, halves to the even one", numpy=np.rint, native="intrinsic rint"),
    Function("trunc", 1, 1, "rounded towards 0", numpy=np.trunc, native="intrinsic trunc"),
    # Factorials
    Function("gamma", 1, 1, "gamma function", "r*digamma(u)*du", _gamma, "call tgamma", letter=True),
    Function("factorial", 1, 1, "factorial, between whole numbers too", meaning="gamma(u + 1)"),
    Function("digamma", 1, 1, "slope of the logarithm of gamma",
             meaning="where(u < 0.5, digamma_right(1 - u) - pi*cot(pi*u), digamma_right(u))"),
    Function("digamma_right", 1, 1, "digamma of 0.5 and more, by recurrence and Stirling's series",
             meaning="log(u + 10) - 1/(2*(u + 10)) - 1/(12*(u + 10)^2) + 1/(120*(u + 10)^4) - 1/(252*(u + 10)^6)"
                     " + 1/(240*(u + 10)^8) - 1/(132*(u + 10)^10) - 1/u - 1/(u + 1) - 1/(u + 2) - 1/(u + 3) - 1/(u + 4)"
                     " - 1/(u + 5) - 1/(u + 6) - 1/(u + 7) - 1/(u + 8) - 1/(u + 9)"),
    # Vectors: only a rule has any
    Function("dot", 2, 2, "sum over the coordinates of u*v", meaning="sum(u*v)", rule_only=True),
    Function("norm", 1, 1, "length of a vector", meaning="sqrt(sum(u*u))", rule_only=True),
    Function("sum", 1, 1, "sum over the coordinates", native="coordinates", rule_only=True),
    Function("grad", 1, 1, "gradient at another point", native="loss", rule_only=True),
    Function("loss", 1, 1, "loss at another point", native="loss", rule_only=True),
)
# fmt: on

FUNCTIONS: Mapping[str, Function] = MappingProxyType({row.name: row for row in _ROWS})
"""The rows by name."""

SPELLINGS: Mapping[str, str] = MappingProxyType(
    {spelling: row.name for row in _ROWS for spelling in (row.name, *row.spellings)}
)
"""Every way to write a function, and the row it means."""

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": np.pi, "tau": 2.0 * np.pi, "e": np.e})
"""Names that always mean the same number."""
