"""The table of everything a formula can apply: one row per operator or function, and nothing about one elsewhere.

A row gives the calculus as a textbook does.  In `differential` and `meaning` the arguments are called ``u``, ``v``,
``s`` and ``t``, the result ``r``, and the differential of an argument ``du``, ``dv`` and so on; both are texts of this
language.  Where the textbook has no slope or an infinite one although the function has a value, the slope is 0 or one
side's, as `kink` tells: so slopes are finite wherever the values are, and what does not move never makes a NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

ARGUMENT_NAMES = ("u", "v", "s", "t")


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
        The differential of the result, "0" for a function of flat pieces; "" leaves it to the `meaning`.
    numpy : callable or None
        The same on float64 arrays.
    native : str
        How machine code does it: ``instruction NAME``, ``compare OPERATOR``, ``select``, ``intrinsic NAME`` (always
        inline), ``remainder NAME`` (a function of `remainder`) or ``call NAME`` (the C mathematics library, by its
        vector variant where there is one; but powers of vectors are those of `power`).
    meaning : str
        Instead of the two above: a text that the row stands for.
    traits : str
        What simplification may rely on: "positive" or "not negative" where all its values are, "even" where f(-u) is
        f(u), "odd" where it is -f(u), "rising" where a larger argument gives no smaller value, "partial" where it is
        infinite or no number for some finite arguments, "fresh" where every call gives another value.
    bounds : pair of float
        The numbers between which all its values lie.
    over : str
        For an odd row, the result divided by u, with its value at 0.
    kink : str
        The slope where the textbook has none, or more than one.
    symbol : str
        The operator that writes it, if one does.
    spellings : tuple of str
        Other names for it.
    overloads : str
        The name that it shares with a row of fewer arguments: ``log(u, v)`` beside ``log(u)``.
    special : tuple of (float, str)
        To a number that its last argument may be: the row that it then is of the arguments before, as ``log(u, 2)`` is
        ``log2(u)``.
    alone : str
        What a row of any number of arguments gives of a single one.
    rule_only : bool
        Whether only a rule has a use for it.
    inner : bool
        Whether it is there for other rows: it can be called, but nobody is told of it.
    by_name : bool
        Whether an operator may be called by its name too.
    letter : bool
        Whether the name is a Greek letter too, which without brackets is a parameter.
    form : str
        How it is typeset: ``infix SIGN``, ``prefix SIGN``, ``postfix SIGN``, ``product``, ``fraction``, ``floored``
        (a fraction within ⌊ ⌋), ``power``, ``index``, ``root INDEX``, ``nth`` (a root, its index the last argument),
        ``fence OPENING CLOSING``, ``cases``, ``mean``, ``name NAME INDEX`` or ``based NAME`` (a name, its index
        the last argument); "" for its own name before its arguments.
    """

    name: str
    least: int
    most: int | None
    summary: str
    differential: str = ""
    numpy: Callable[..., Any] | None = None
    native: str = ""
    meaning: str = ""
    traits: str = ""
    bounds: tuple[float, float] = (-math.inf, math.inf)
    over: str = ""
    kink: str = ""
    symbol: str = ""
    spellings: tuple[str, ...] = ()
    overloads: str = ""
    special: tuple[tuple[float, str], ...] = ()
    alone: str = "u"
    rule_only: bool = False
    inner: bool = False
    by_name: bool = False
    letter: bool = False
    form: str = ""

    @property
    def arguments(self) -> tuple[str, ...]:
        """The arguments that it needs, as `summary` and `differential` name them; "..." where any number may follow."""
        return ARGUMENT_NAMES[: self.least] if self.most is not None else (*ARGUMENT_NAMES[:2], "...")

    def takes(self, arguments: int) -> bool:
        """Tell whether it can be applied to so many arguments."""
        return self.least <= arguments and (self.most is None or arguments <= self.most)

    @property
    def written(self) -> str:
        """The name that is written before its arguments."""
        return self.overloads or self.name

    @property
    def signature(self) -> str:
        """How a call of it looks."""
        return f"{self.written}({', '.join(self.arguments)})"


def _one_if(comparison: Callable[..., Any]) -> Callable[..., Any]:
    """Return `comparison` with 1.0 for true and 0.0 for false."""
    return lambda u, v: np.asarray(comparison(u, v), dtype=np.float64)


def _where(condition: Any, chosen: Any, otherwise: Any) -> Any:
    """Return `chosen` where `condition` is not zero, as machine code does: NaN counts as true."""
    return np.where(np.asarray(condition) != 0.0, chosen, otherwise)


def _remainder(u: Any, v: Any) -> Any:
    """Return u modulo v as C's fmod has it, with the sign of v, and never rounded up to v."""
    rest = np.fmod(u, v)
    signed = np.where((rest != 0.0) & ((rest < 0.0) != (v < 0.0)), rest + v, rest)
    return np.where((np.abs(signed) >= np.abs(v)) & np.isfinite(v), np.nextafter(v, 0.0), signed)


def _floor_quotient(u: Any, v: Any) -> Any:
    """Return u/v rounded down, though u/v itself may have been rounded up to the next whole number."""
    return np.where(np.isfinite(u) & (v != 0.0), np.floor_divide(u, v), np.floor(u / v))


def _of_each(function: Callable[[float], float], at_poles: float) -> Callable[..., Any]:
    """Return a function of Python's `math`, for which NumPy has none, on arrays; its `ValueError` marks a pole."""

    def of_one(argument: float) -> float:
        try:
            return function(argument)
        except OverflowError:
            return math.inf
        except ValueError:
            return at_poles

    return np.vectorize(of_one, otypes=[np.float64])


# fmt: off
FAMILIES: Mapping[str, tuple[Function, ...]] = MappingProxyType({
"Operators": (
    Function("add", 2, 2, "sum", "du + dv", np.add, "instruction fadd", symbol="+", form="infix +"),
    Function("sub", 2, 2, "difference", "du - dv", np.subtract, "instruction fsub", symbol="-", form="infix −"),
    Function("mul", 2, 2, "product", "v*du + u*dv", np.multiply, "instruction fmul", symbol="*", form="product"),
    Function("div", 2, 2, "quotient", "unless(infinite(v), du - r*dv)/v", np.divide, "instruction fdiv", symbol="/",
             traits="partial", form="fraction"),
    Function("neg", 1, 1, "minus", "-du", np.negative, "instruction fneg", symbol="-", form="prefix −"),
    # Far below 1 a base raised to v - 1 may overflow where its slope does not; a fresh quotient by it does not.
    Function("pow", 2, 2, "power",
             "v*where(steep(v), r*unless(u == 0, unless(infinite(u), du)/u),"
             " tame_power(u, v - 1)*unless(infinite(u), du))"
             " + where(u <= 0, 0, where(r == 0, 0, r*log(u)))*unless(r == 0, dv)",
             np.power, "call pow", kink="0 at u = 0 where it is infinite", symbol="^", traits="partial", form="power"),
    Function("mod", 2, 2, "remainder, with the sign of the divisor", "du - u//v*unless(infinite(v), dv)", _remainder,
             "remainder derby_remainder", kink="that of the pieces, at the jumps too", symbol="%", by_name=True,
             traits="partial", form="infix mod"),
    Function("floordiv", 2, 2, "quotient rounded down", "0", _floor_quotient, "remainder derby_floor_quotient",
             kink="0 at the jumps", symbol="//", traits="partial", form="floored"),
),
"Comparisons and choice: true is 1, false is 0": (
    Function("lt", 2, 2, "1 where less", "0", _one_if(np.less), "compare <", symbol="<", traits="not negative",
             form="infix <", bounds=(0.0, 1.0)),
    Function("le", 2, 2, "1 where less or equal", "0", _one_if(np.less_equal), "compare <=", symbol="<=",
             traits="not negative", form="infix ≤", bounds=(0.0, 1.0)),
    Function("gt", 2, 2, "1 where greater", "0", _one_if(np.greater), "compare >", symbol=">", traits="not negative",
             form="infix >", bounds=(0.0, 1.0)),
    Function("ge", 2, 2, "1 where greater or equal", "0", _one_if(np.greater_equal), "compare >=", symbol=">=",
             traits="not negative", form="infix ≥", bounds=(0.0, 1.0)),
    Function("eq", 2, 2, "1 where equal", "0", _one_if(np.equal), "compare ==", symbol="==", traits="not negative",
             form="infix =", bounds=(0.0, 1.0)),
    Function("ne", 2, 2, "1 where different", "0", _one_if(np.not_equal), "compare !=", symbol="!=",
             traits="not negative", form="infix ≠", bounds=(0.0, 1.0)),
    Function("and", 2, 2, "1 where both hold", meaning="(u != 0)*(v != 0)", symbol="and", form="infix and"),
    Function("or", 2, 2, "1 where either holds", meaning="where(u, 1, v != 0)", symbol="or", form="infix or"),
    Function("not", 1, 1, "1 where it does not hold", meaning="where(u, 0, 1)", symbol="not", form="prefix not"),
    Function("where", 3, 3, "v where u holds, else s; also `v if u else s`", "where(u, dv, ds)", _where, "select",
             kink="that of the chosen piece, at the seam too", form="cases"),
    # A value that is the same up to infinity has slope 0 there, though what it is made of rises without end.
    Function("unless", 2, 2, "v, but 0 where u holds", meaning="where(u, 0, v)", inner=True),
    # The product of two factors of a slope may overflow where what they multiply is small.
    Function("together", 1, 1, "u, worked out before it is multiplied", meaning="u", inner=True),
    Function("infinite", 1, 1, "1 where infinite", meaning="abs(u) > 1.7976931348623157e308", inner=True),
    Function("min", 1, None, "the smallest", "where(u <= v, du, dv)", np.minimum, "intrinsic minimum",
             kink="that of the first of equals"),
    Function("max", 1, None, "the largest", "where(u >= v, du, dv)", np.maximum, "intrinsic maximum",
             kink="that of the first of equals"),
    Function("clip", 3, 3, "u, held between v and s", meaning="min(max(u, v), s)", kink="1 at the ends",
             spellings=("clamp",)),
    Function("step", 1, 1, "1 from 0 upwards, else 0", meaning="u >= 0", kink="0 at the jump",
             spellings=("heaviside",)),
    Function("smoothstep", 3, 3, "0 up to u, 1 from v on, for s between them smoothly between",
             meaning="smooth_rise(clip((s - u)/(v - u), 0, 1))"),
    Function("smooth_rise", 1, 1, "the cubic from 0 to 1 that is level at both ends", "6*u*(1 - u)*du",
             meaning="u^2*(3 - 2*u)",

             inner=True),
),
"Powers, exponentials, logarithms": (
    Function("sqrt", 1, 1, "square root", "tame_inverse(r)*(0.5*du)", np.sqrt, "intrinsic sqrt", kink="0 at u = 0",
             traits="partial, not negative, rising", form="root", bounds=(0.0, math.inf)),
    Function("steep", 1, 1, "1 where u^(v - 1) may overflow though u^v does not, for an exponent", "0",
             meaning="u < 0.05", inner=True),
    Function("tame_inverse", 1, 1, "1/u, but 0 at 0", "-(r*(r*du))", meaning="where(u == 0, 0, 1/u)", inner=True),
    Function("tame_power", 2, 2, "u^v, but 0 where that is infinite", inner=True,
             differential="v*tame_power(u, v - 1)*unless(infinite(u), du)"
             " + where(u <= 0, 0, where(r == 0, 0, r*log(u)))*unless(r == 0, dv)",
             meaning="where((u == 0)*(v < 0), 0, u^v)"),
    Function("cbrt", 1, 1, "cube root, of negative numbers too", "tame_inverse(3*r^2)*du", np.cbrt, "call cbrt",
             kink="0 at u = 0", traits="odd, rising", form="root 3"),
    # Of a negative number only odd roots are real, and odd numbers lie apart: there is no slope by v.
    Function("root", 2, 2, "v-th root u^(1/v); where v is odd, of negative numbers too",
             "tame_power(where(v % 2 == 1, abs(u), u), 1/v - 1)/v*unless(infinite(u), du)"
             " - where(u <= 0, 0, r*log(u)/v^2)*dv",
             meaning="where(v % 2 == 1, sign(u), 1)*where(v % 2 == 1, abs(u), u)^where(v == 0, 0/0, 1/v)",
             kink="0 at u = 0 where it is infinite", spellings=("nthroot",), special=((2.0, "sqrt"), (3.0, "cbrt")),
             form="nth"),
    Function("exp", 1, 1, "exponential", "r*unless(r == 0, du)", np.exp, "call exp", traits="positive, rising",
             bounds=(0.0, math.inf)),
    Function("exp2", 1, 1, "power of two", "log(2)*r*unless(r == 0, du)", np.exp2, "call exp2",
             traits="positive, rising", form="name exp 2", bounds=(0.0, math.inf)),
    Function("expm1", 1, 1, "exp(u) - 1, exact near 0", "exp(u)*unless(exp(u) == 0, du)", np.expm1, "call expm1",
             traits="rising", bounds=(-1.0, math.inf)),
    Function("log", 1, 1, "natural logarithm", "du/u", np.log, "call log", spellings=("ln",), traits="partial, rising",
             form="name ln"),
    Function("log_base", 2, 2, "logarithm to base v", "du/(u*log(v)) - r*(dv/(v*log(v)))", meaning="log(u)/log(v)",
             overloads="log", special=((2.0, "log2"), (10.0, "log10")), form="based log"),
    Function("log2", 1, 1, "logarithm to base 2", "du/(log(2)*u)", np.log2, "call log2", spellings=("lb",),
             traits="partial, rising", form="name log 2"),
    Function("log10", 1, 1, "logarithm to base 10", "du/(log(10)*u)", np.log10, "call log10", spellings=("lg",),
             traits="partial, rising", form="name log 10"),
    Function("log1p", 1, 1, "log(1 + u), exact near 0", "du/(1 + u)", np.log1p, "call log1p", traits="partial, rising"),
),
"Lengths": (
    Function("hypot", 2, 2, "length of (u, v)", "portion(u, v)*du + portion(v, u)*dv", np.hypot, "call hypot",
             kink="0 at u = v = 0", traits="not negative", bounds=(0.0, math.inf)),
    # Nothing is squared, which would overflow or vanish, and in its slope nothing cancels.
    Function("portion", 2, 2, "u/hypot(u, v), but 0 at u = v = 0", inner=True,
             differential="tame_inverse(hypot(u, v))*(portion(v, u)*(portion(v, u)*du - portion(u, v)*dv))",
             meaning="where(hypot(u, v) == 0, 0, u/hypot(u, v))"),
    # In a rule the arguments may be vectors: their coordinates count one by one.
    Function("norm", 1, None, "length of (u, v, ...)", meaning="sqrt(u^2 + v^2)", kink="0 at the origin",
             alone="abs(u)", form="fence ‖ ‖"),
    Function("dist", 4, 4, "distance from (u, v) to (s, t)", meaning="norm(u - s, v - t)",
             kink="0 where the points meet"),
    Function("abs", 1, 1, "distance from 0; also `|u|`", "sign(u)*du", np.abs, "intrinsic fabs", kink="0 at u = 0",
             traits="even, not negative", form="fence | |"),
),
"Trigonometry": (
    Function("sin", 1, 1, "sine", "cos(u)*du", np.sin, "call sin", traits="odd", over="sinc(u)", bounds=(-1.0, 1.0)),
    Function("cos", 1, 1, "cosine", "-sin(u)*du", np.cos, "call cos", traits="even", bounds=(-1.0, 1.0)),
    Function("tan", 1, 1, "tangent", "(1 + r^2)*du", np.tan, "call tan", spellings=("tg",), traits="odd, partial",
             over="where(u == 0, 1, r/u)"),
    Function("sec", 1, 1, "secant", meaning="1/cos(u)"),
    Function("csc", 1, 1, "cosecant", meaning="1/sin(u)", spellings=("cosec",)),
    Function("cot", 1, 1, "cotangent", meaning="cos(u)/sin(u)", spellings=("ctg",)),
    # This product keeps the digits near the ends that 1 - u^2 loses; so do its like below.
    Function("one_minus_square", 1, 1, "1 - u^2", "-2*u*du", meaning="(1 - u)*(1 + u)", inner=True),
    Function("asin", 1, 1, "arcsine", "tame_inverse(sqrt(one_minus_square(u)))*du", np.arcsin, "call asin",
             kink="0 at the ends", spellings=("arcsin",), traits="odd, partial, rising", form="name arcsin",
             bounds=(-math.pi, math.pi)),
    Function("acos", 1, 1, "arccosine", "-tame_inverse(sqrt(one_minus_square(u)))*du", np.arccos, "call acos",
             kink="0 at the ends", spellings=("arccos",), traits="partial, not negative", form="name arccos",
             bounds=(0.0, math.pi)),
    Function("atan", 1, 1, "arctangent", "unless(infinite(u), du)/(1 + u^2)", np.arctan, "call atan",
             spellings=("arctan",), traits="odd, rising",
             over="where(u == 0, 1, r/u)", form="name arctan", bounds=(-math.pi, math.pi)),
    Function("atan2", 2, 2, "angle of the point (v, u)", "unless(infinite(hypot(u, v)),"
             " tame_inverse(hypot(u, v))*(portion(v, u)*du - portion(u, v)*dv))",
             np.arctan2, "call atan2",
             kink="0 at u = v = 0", spellings=("arctan2",), bounds=(-math.pi, math.pi)),
    Function("asec", 1, 1, "inverse of sec",
             "tame_inverse(sqrt(abs(u) - 1)*sqrt(abs(u) + 1))*unless(infinite(u), du)/abs(u)",
             meaning="atan2(sqrt(abs(u) - 1)*sqrt(abs(u) + 1), sign(u))",
             kink="0 at the ends", spellings=("arcsec",), form="name arcsec"),
    Function("acsc", 1, 1, "inverse of csc",
             "-tame_inverse(sqrt(abs(u) - 1)*sqrt(abs(u) + 1))*unless(infinite(u), du)/abs(u)",
             meaning="atan2(sign(u), sqrt(abs(u) - 1)*sqrt(abs(u) + 1))", kink="0 at the ends",
             spellings=("arccsc",), form="name arccsc"),
    Function("acot", 1, 1, "inverse of cot, between 0 and pi", "-unless(infinite(u), du)/(1 + u^2)",
             meaning="atan2(1, u)", spellings=("arccot",),
             form="name arccot"),
    Function("sinc", 1, 1, "sin(u)/u, and 1 at 0", "u*sinc_bend(u)*du", meaning="where(u == 0, 1, sin(u)/u)"),
    Function("sinc_bend", 1, 1, "slope of sinc, divided by u",
             # The closed form loses its digits near 0, where the series needs few terms.
             meaning="where(abs(u) < 0.5, sinc_series(u^2), (cos(u) - sin(u)/u)/u^2)", inner=True),
    Function("sinc_series", 1, 1, "series of sinc_bend in u^2", inner=True,
             meaning="-(1 - u/10*(1 - u/28*(1 - u/54*(1 - u/88*(1 - u/130*(1 - u/180))))))/3"),
),
"Hyperbolic": (
    Function("sinh", 1, 1, "hyperbolic sine", "cosh(u)*du", np.sinh, "call sinh", traits="odd, rising",
             over="where(u == 0, 1, r/u)"),
    Function("cosh", 1, 1, "hyperbolic cosine", "sinh(u)*du", np.cosh, "call cosh", traits="even, positive",
             bounds=(1.0, math.inf)),
    Function("tanh", 1, 1, "hyperbolic tangent", "sech_squared(u)*unless(sech_squared(u) == 0, du)", np.tanh,
             "call tanh", traits="odd, rising",
             over="where(u == 0, 1, r/u)", bounds=(-1.0, 1.0)),
    # 1 - tanh(u)^2 would lose its digits where tanh is nearly 1.
    Function("sech_squared", 1, 1, "slope of tanh", "-2*tanh(u)*r*unless(r == 0, du)", inner=True,
             meaning="4*exp(-2*abs(u))*(1/(1 + exp(-2*abs(u))))^2"),
    Function("sech", 1, 1, "hyperbolic secant", "-r*tanh(u)*unless(r == 0, du)", meaning="1/cosh(u)"),
    Function("csch", 1, 1, "hyperbolic cosecant", "-r*together(unless(r == 0, du)/tanh(u))", meaning="1/sinh(u)"),
    Function("coth", 1, 1, "hyperbolic cotangent", meaning="1/tanh(u)"),
    Function("asinh", 1, 1, "inverse of sinh", "du/hypot(u, 1)", np.arcsinh, "call asinh",
             spellings=("arcsinh", "arsinh"), traits="odd, rising", over="where(u == 0, 1, r/u)", form="name arsinh"),
    Function("acosh", 1, 1, "inverse of cosh", "tame_inverse(sqrt(u - 1)*sqrt(u + 1))*du", np.arccosh, "call acosh",
             kink="0 at u = 1", spellings=("arccosh", "arcosh"), traits="partial, not negative, rising",
             form="name arcosh", bounds=(0.0, math.inf)),
    Function("atanh", 1, 1, "inverse of tanh", "du/one_minus_square(u)", np.arctanh, "call atanh",
             spellings=("arctanh", "artanh"), traits="odd, partial, rising", form="name artanh"),
    Function("asech", 1, 1, "inverse of sech", "-tame_inverse(u*sqrt(one_minus_square(u)))*du",
             meaning="asinh(sqrt(one_minus_square(u))/sqrt(u)^2)", kink="0 at u = 1",
             spellings=("arcsech", "arsech"),
             form="name arsech"),
    Function("acsch", 1, 1, "inverse of csch", "-unless(infinite(u), du)/(abs(u)*hypot(u, 1))", meaning="asinh(1/u)",
             spellings=("arccsch", "arcsch"),
             form="name arcsch"),
    Function("acoth", 1, 1, "inverse of coth", "unless(infinite(u), du)/one_minus_square(u)",
             meaning="0.5*sign(u)*log1p(2/(abs(u) - 1))",
             spellings=("arccoth", "arcoth"),
             form="name arcoth"),
),
"Signs and rounding": (
    Function("sign", 1, 1, "-1, 0 or 1", "0", meaning="where(u > 0, 1, where(u < 0, -1, u))", kink="0 at the jump",
             spellings=("sgn",), form="name sgn"),
    Function("floor", 1, 1, "rounded down", "0", np.floor, "intrinsic floor", kink="0 at the jumps", form="fence ⌊ ⌋",
             traits="rising"),
    Function("ceil", 1, 1, "rounded up", "0", np.ceil, "intrinsic ceil", kink="0 at the jumps", form="fence ⌈ ⌉",
             traits="rising"),
    Function("round", 1, 1, "nearest whole number, halves to the even one", "0", np.rint, "intrinsic rint",
             kink="0 at the jumps", traits="odd, rising"),
    Function("trunc", 1, 1, "rounded towards 0", "0", np.trunc, "intrinsic trunc", kink="0 at the jumps",
             traits="odd, rising"),
    # What is over may round to 1, where u is just below a whole number.
    Function("frac", 1, 1, "what is over floor(u), from 0 up to 1", "du", kink="1 at the jumps",
             meaning="min(u - floor(u), 0.9999999999999999)", spellings=("fract",)),
),
"Neurons": (
    # exp may overflow in a meaning, to the right limit; a differential that divided by it would be inf/inf.
    Function("sigmoid", 1, 1, "smooth step from 0 to 1", "sigmoid_slope(u)*unless(infinite(u), du)",
             meaning="1/(1 + exp(-u))",
             spellings=("logistic", "expit")),
    Function("sigmoid_slope", 1, 1, "slope of sigmoid", "-r*tanh(u/2)*unless(infinite(u), du)",
             meaning="sigmoid(u)*sigmoid(-u)", inner=True),
    Function("softplus", 1, 1, "log(1 + exp(u)), the smooth relu", "sigmoid(u)*unless(sigmoid(u) == 0, du)",
             meaning="max(0, u) + log1p(exp(-abs(u)))"),
    Function("relu", 1, 1, "u where it is positive, else 0", meaning="max(0, u)", kink="0 at u = 0"),
    Function("gelu", 1, 1, "u times the normal distribution up to u", meaning="0.5*u*erfc(-u/sqrt(2))"),
),
"Integrals and factorials": (
    Function("erf", 1, 1, "error function", "2/sqrt(pi)*exp(-u^2)*unless(exp(-u^2) == 0, du)",
             _of_each(math.erf, math.nan), "call erf",
             traits="odd, rising", over="where(u == 0, 2/sqrt(pi), r/u)", bounds=(-1.0, 1.0)),
    Function("erfc", 1, 1, "1 - erf(u), exact where that is small", "-2/sqrt(pi)*exp(-u^2)*unless(exp(-u^2) == 0, du)",
             _of_each(math.erfc, math.nan), "call erfc", traits="positive", bounds=(0.0, 2.0)),
    Function("gamma", 1, 1, "gamma function", "r*together(digamma(u)*du)", _of_each(math.gamma, math.nan),
             "call tgamma", letter=True, traits="partial", form="name Γ"),
    Function("factorial", 1, 1, "factorial, between whole numbers too", meaning="gamma(u + 1)", form="postfix !"),
    Function("lgamma", 1, 1, "logarithm of |gamma(u)|", "digamma(u)*du", _of_each(math.lgamma, math.inf), "call lgamma",
             spellings=("loggamma", "gammaln"), traits="partial"),
    Function("digamma", 1, 1, "slope of lgamma", "trigamma(u)*du", meaning="digamma_right(where(u < 0.5, 1 - u, u))"
             " - where(u < 0.5, pi*cot(pi*(u - round(u))), 0)", traits="partial", form="name ψ"),
    Function("trigamma", 1, 1, "slope of digamma", meaning="where(u < 0.5, (pi/sin(pi*(u - round(u))))^2"
             " - trigamma_right(where(u < 0.5, 1 - u, u)), trigamma_right(where(u < 0.5, 1 - u, u)))",
             traits="partial", form="name ψ 1"),
    # Recurrences lead to 10 and more, where Stirling's series and its slope need few terms.
    Function("digamma_right", 1, 1, "digamma of 0.5 and more", "trigamma_right(u)*du",
             meaning="log(u + 10) - 0.5/(u + 10) - digamma_tail((u + 10)^(-2)) - 1/u - 1/(u + 1) - 1/(u + 2)"
                     " - 1/(u + 3) - 1/(u + 4) - 1/(u + 5) - 1/(u + 6) - 1/(u + 7) - 1/(u + 8) - 1/(u + 9)",
             inner=True),
    Function("digamma_tail", 1, 1, "what Stirling's series for digamma ends in", inner=True,
             meaning="u*(1/12 - u*(1/120 - u*(1/252 - u*(1/240 - u*(1/132 - u*(691/32760 - u/12))))))"),
    Function("trigamma_right", 1, 1, "trigamma of 0.5 and more",
             meaning="(1 + trigamma_tail((u + 10)^(-2)))/(u + 10) + 0.5*(u + 10)^(-2) + (1/u)^2 + (1/(u + 1))^2"
                     " + (1/(u + 2))^2 + (1/(u + 3))^2 + (1/(u + 4))^2 + (1/(u + 5))^2 + (1/(u + 6))^2"
                     " + (1/(u + 7))^2 + (1/(u + 8))^2 + (1/(u + 9))^2",
             inner=True),
    Function("trigamma_tail", 1, 1, "what the slope of Stirling's series ends in", inner=True,
             meaning="u*(1/6 - u*(1/30 - u*(1/42 - u*(1/30 - u*(5/66 - u*(691/2730 - 7/6*u))))))"),
),
"Vectors: only a rule has any": (
    Function("dot", 2, 2, "sum over the coordinates of u*v", meaning="sum(u*v)", rule_only=True),
    Function("sum", 1, 1, "sum over the coordinates", native="coordinates", rule_only=True, traits="partial"),
    Function("mean", 1, 1, "mean over the coordinates; in a loss from data, over its rows", native="coordinates",
             rule_only=True, traits="partial", form="mean"),
    Function("coordinate", 2, 2, "coordinate number v of the vector u, from 1", native="coordinates", rule_only=True,
             traits="partial", form="index"),
    Function("vector", 2, 2, "the vector whose coordinates are u and v", native="coordinates", rule_only=True,
             traits="partial", form="fence ( )"),
    Function("grad", 1, 1, "gradient at another point", native="loss", rule_only=True, traits="partial", form="name ∇"),
    Function("loss", 1, 1, "loss at another point", native="loss", rule_only=True, traits="partial"),
    Function("hess", 1, 2, "Hessian at w, or at a point given behind, times a vector", native="loss", rule_only=True,
             traits="partial", form="name ∇²"),
    Function("hessdiag", 0, 1, "diagonal of the Hessian at w, or at a point given", native="loss", rule_only=True,
             traits="partial"),
    Function("rand", 0, 0, "a random number from 0 up to 1 for each coordinate", native="noise", rule_only=True,
             traits="fresh"),
    Function("randn", 0, 0, "a normal random number for each coordinate", native="noise", rule_only=True,
             traits="fresh"),
),
})
# fmt: on
"""The rows by family."""

FUNCTIONS: Mapping[str, Function] = MappingProxyType({row.name: row for rows in FAMILIES.values() for row in rows})
"""The rows by name."""

SPELLINGS: Mapping[str, str] = MappingProxyType(
    {spelling: row.name for row in FUNCTIONS.values() for spelling in (row.name, *row.spellings)}
)
"""Every way to write a function, and the row it means."""

OVERLOADS: Mapping[str, Function] = MappingProxyType(
    {row.overloads: row for row in FUNCTIONS.values() if row.overloads}
)
"""To a name that two rows share: the row of more arguments."""

OVER_ROWS = "mean"
"""The row that a formula may apply too, where it has a data set to run over."""

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": np.pi, "tau": 2.0 * np.pi, "e": np.e})
"""Names that always mean the same number."""
