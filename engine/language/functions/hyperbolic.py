"""Hyperbolic functions and their inverses."""

from __future__ import annotations

import math

import numpy as np

from engine.language.functions.function import ABOVE_1, OUTSIDE_1, WITHIN_1, Function

# fmt: off
HYPERBOLIC = (
    Function("sinh", 1, 1, "hyperbolic sine",
        differential="cosh(u)*du", numpy=np.sinh, native="call sinh", exact=lambda mp, u: mp.sinh(u),
        traits="odd, rising", over="where(u == 0, 1, r/u)"),
    Function("cosh", 1, 1, "hyperbolic cosine",
        differential="sinh(u)*du", numpy=np.cosh, native="call cosh", exact=lambda mp, u: mp.cosh(u),
        traits="even, positive", bounds=(1.0, math.inf)),
    Function("tanh", 1, 1, "hyperbolic tangent",
        differential="sech_squared(u)*unless(sech_squared(u) == 0, du)", numpy=np.tanh, native="call tanh",
        exact=lambda mp, u: mp.tanh(u), traits="odd, rising", bounds=(-1.0, 1.0), over="where(u == 0, 1, r/u)"),
    # 1 - tanh(u)^2 would lose its digits where tanh is nearly 1.
    Function("sech_squared", 1, 1, "slope of tanh",
        meaning="4*exp(-2*abs(u))*(1/(1 + exp(-2*abs(u))))^2", differential="-2*tanh(u)*r*unless(r == 0, du)",
        exact=lambda mp, u: mp.sech(u) ** 2, inner=True),
    Function("sech", 1, 1, "hyperbolic secant",
        meaning="1/cosh(u)", differential="-r*tanh(u)*unless(r == 0, du)", exact=lambda mp, u: mp.sech(u)),
    Function("csch", 1, 1, "hyperbolic cosecant",
        meaning="1/sinh(u)", differential="-r*together(unless(r == 0, du)/tanh(u))", exact=lambda mp, u: mp.csch(u)),
    Function("coth", 1, 1, "hyperbolic cotangent", meaning="1/tanh(u)", exact=lambda mp, u: mp.coth(u)),
    Function("asinh", 1, 1, "inverse of sinh",
        differential="du/hypot(u, 1)", numpy=np.arcsinh, native="call asinh", exact=lambda mp, u: mp.asinh(u),
        spellings=("arcsinh", "arsinh"), traits="odd, rising", over="where(u == 0, 1, r/u)", form="name arsinh"),
    Function("acosh", 1, 1, "inverse of cosh",
        differential="tame_inverse(sqrt(u - 1)*sqrt(u + 1))*du", numpy=np.arccosh, native="call acosh",
        exact=lambda mp, u: mp.acosh(u), domain=(ABOVE_1,), kink="0 at u = 1", spellings=("arccosh", "arcosh"),
        traits="partial, not negative, rising", bounds=(0.0, math.inf), form="name arcosh"),
    Function("atanh", 1, 1, "inverse of tanh",
        differential="du/one_minus_square(u)", numpy=np.arctanh, native="call atanh", exact=lambda mp, u: mp.atanh(u),
        domain=(WITHIN_1,), spellings=("arctanh", "artanh"), traits="odd, partial, rising", form="name artanh"),
    Function("asech", 1, 1, "inverse of sech",
        meaning="asinh(sqrt(one_minus_square(u))/sqrt(u)^2)",
        differential="-tame_inverse(u*sqrt(one_minus_square(u)))*du", exact=lambda mp, u: mp.asech(u),
        domain=(((0.0, 1.0),),), kink="0 at u = 1", spellings=("arcsech", "arsech"), form="name arsech"),
    Function("acsch", 1, 1, "inverse of csch",
        meaning="asinh(1/u)", differential="-unless(infinite(u), du)/(abs(u)*hypot(u, 1))",
        exact=lambda mp, u: mp.acsch(u), spellings=("arccsch", "arcsch"), form="name arcsch"),
    Function("acoth", 1, 1, "inverse of coth",
        meaning="0.5*sign(u)*log1p(2/(abs(u) - 1))", differential="unless(infinite(u), du)/one_minus_square(u)",
        exact=lambda mp, u: mp.acoth(u), domain=(OUTSIDE_1,), spellings=("arccoth", "arcoth"), form="name arcoth"),
)
# fmt: on
