"""Roots, powers, exponentials and logarithms."""

from __future__ import annotations

import math

import numpy as np

from engine.language.functions import exact
from engine.language.functions.function import ABOVE_1, POSITIVE, Function

# fmt: off
POWERS = (
    Function("sqrt", 1, 1, "square root",
        differential="tame_inverse(r)*(0.5*du)", numpy=np.sqrt, native="intrinsic sqrt",
        exact=lambda mp, u: mp.sqrt(u), domain=(POSITIVE,), kink="0 at u = 0", traits="partial, not negative, rising",
        bounds=(0.0, math.inf), form="root"),
    Function("steep", 1, 1, "1 where u^(v - 1) may overflow though u^v does not, for an exponent",
        meaning="u < 0.05", differential="0", exact=lambda mp, u: mp.mpf(int(u < 0.05)), inner=True),
    Function("tame_inverse", 1, 1, "1/u, but 0 at 0",
        meaning="where(u == 0, 0, 1/u)", differential="-(r*(r*du))", exact=lambda mp, u: 1 / u, inner=True),
    Function("tame_power", 2, 2, "u^v, but 0 where that is infinite",
        meaning="where((u == 0)*(v < 0), 0, u^v)",
        differential="v*tame_power(u, v - 1)*unless(infinite(u), du)"
                     " + where(u <= 0, 0, where(r == 0, 0, r*log(u)))*unless(r == 0, dv)",
        exact=lambda mp, u, v: mp.power(u, v), domain=(POSITIVE,), inner=True),
    Function("cbrt", 1, 1, "cube root, of negative numbers too",
        differential="tame_inverse(3*r^2)*du", numpy=np.cbrt, native="call cbrt",
        exact=lambda mp, u: mp.sign(u) * mp.cbrt(abs(u)), kink="0 at u = 0", traits="odd, rising", form="root 3"),
    # Of a negative number only odd roots are real, and odd numbers lie apart: there is no slope by v.
    Function("root", 2, 2, "v-th root u^(1/v); where v is odd, of negative numbers too",
        meaning="where(v % 2 == 1, sign(u), 1)*where(v % 2 == 1, abs(u), u)^where(v == 0, 0/0, 1/v)",
        differential="tame_power(where(v % 2 == 1, abs(u), u), 1/v - 1)/v*unless(infinite(u), du)"
                     " - where(u <= 0, 0, r*log(u)/v^2)*dv",
        exact=exact.root, domain=(POSITIVE,), kink="0 at u = 0 where it is infinite", spellings=("nthroot",),
        special=((2.0, "sqrt"), (3.0, "cbrt")), form="nth"),
    Function("exp", 1, 1, "exponential",
        differential="r*unless(r == 0, du)", numpy=np.exp, native="call exp", exact=lambda mp, u: mp.exp(u),
        traits="positive, rising", bounds=(0.0, math.inf)),
    Function("exp2", 1, 1, "power of two",
        differential="log(2)*r*unless(r == 0, du)", numpy=np.exp2, native="call exp2",
        exact=lambda mp, u: mp.power(2, u), traits="positive, rising", bounds=(0.0, math.inf), form="name exp 2"),
    Function("expm1", 1, 1, "exp(u) - 1, exact near 0",
        differential="exp(u)*unless(exp(u) == 0, du)", numpy=np.expm1, native="call expm1",
        exact=lambda mp, u: mp.expm1(u), traits="rising", bounds=(-1.0, math.inf)),
    Function("log", 1, 1, "natural logarithm",
        differential="du/u", numpy=np.log, native="call log", exact=lambda mp, u: mp.log(u), domain=(POSITIVE,),
        spellings=("ln",), traits="partial, rising", form="name ln"),
    Function("log_base", 2, 2, "logarithm to base v",
        meaning="log(u)/log(v)", differential="du/(u*log(v)) - r*(dv/(v*log(v)))",
        exact=lambda mp, u, v: mp.log(u) / mp.log(v), domain=(POSITIVE, ABOVE_1), overloads="log",
        special=((2.0, "log2"), (10.0, "log10")), form="based log"),
    Function("log2", 1, 1, "logarithm to base 2",
        differential="du/(log(2)*u)", numpy=np.log2, native="call log2", exact=lambda mp, u: mp.log(u, 2),
        domain=(POSITIVE,), spellings=("lb",), traits="partial, rising", form="name log 2"),
    Function("log10", 1, 1, "logarithm to base 10",
        differential="du/(log(10)*u)", numpy=np.log10, native="call log10", exact=lambda mp, u: mp.log10(u),
        domain=(POSITIVE,), spellings=("lg",), traits="partial, rising", form="name log 10"),
    Function("log1p", 1, 1, "log(1 + u), exact near 0",
        differential="du/(1 + u)", numpy=np.log1p, native="call log1p", exact=lambda mp, u: mp.log(1 + u),
        domain=(((-1.0, math.inf),),), traits="partial, rising"),
)
# fmt: on
