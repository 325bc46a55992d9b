"""Trigonometric functions and their inverses."""

from __future__ import annotations

import math

import numpy as np

from engine.language.functions import exact
from engine.language.functions.function import OUTSIDE_1, WITHIN_1, Function

# fmt: off
TRIGONOMETRY = (
    Function("sin", 1, 1, "sine",
        differential="cos(u)*du", numpy=np.sin, native="call sin", exact=lambda mp, u: mp.sin(u), traits="odd",
        bounds=(-1.0, 1.0), over="sinc(u)"),
    Function("cos", 1, 1, "cosine",
        differential="-sin(u)*du", numpy=np.cos, native="call cos", exact=lambda mp, u: mp.cos(u), traits="even",
        bounds=(-1.0, 1.0)),
    Function("tan", 1, 1, "tangent",
        differential="(1 + r^2)*du", numpy=np.tan, native="call tan", exact=lambda mp, u: mp.tan(u), spellings=("tg",),
        traits="odd, partial", over="where(u == 0, 1, r/u)"),
    Function("sec", 1, 1, "secant", meaning="1/cos(u)", exact=lambda mp, u: mp.sec(u)),
    Function("csc", 1, 1, "cosecant", meaning="1/sin(u)", exact=lambda mp, u: mp.csc(u), spellings=("cosec",)),
    Function("cot", 1, 1, "cotangent", meaning="cos(u)/sin(u)", exact=lambda mp, u: mp.cot(u), spellings=("ctg",)),
    # This product keeps the digits near the ends that 1 - u^2 loses; so do its like below.
    Function("one_minus_square", 1, 1, "1 - u^2",
        meaning="(1 - u)*(1 + u)", differential="-2*u*du", exact=lambda mp, u: 1 - u**2, inner=True),
    Function("asin", 1, 1, "arcsine",
        differential="tame_inverse(sqrt(one_minus_square(u)))*du", numpy=np.arcsin, native="call asin",
        exact=lambda mp, u: mp.asin(u), domain=(WITHIN_1,), kink="0 at the ends", spellings=("arcsin",),
        traits="odd, partial, rising", bounds=(-math.pi, math.pi), form="name arcsin"),
    Function("acos", 1, 1, "arccosine",
        differential="-tame_inverse(sqrt(one_minus_square(u)))*du", numpy=np.arccos, native="call acos",
        exact=lambda mp, u: mp.acos(u), domain=(WITHIN_1,), kink="0 at the ends", spellings=("arccos",),
        traits="partial, not negative", bounds=(0.0, math.pi), form="name arccos"),
    Function("atan", 1, 1, "arctangent",
        differential="unless(infinite(u), du)/(1 + u^2)", numpy=np.arctan, native="call atan",
        exact=lambda mp, u: mp.atan(u), spellings=("arctan",), traits="odd, rising", bounds=(-math.pi, math.pi),
        over="where(u == 0, 1, r/u)", form="name arctan"),
    Function("atan2", 2, 2, "angle of the point (v, u)",
        differential="unless(infinite(hypot(u, v)), tame_inverse(hypot(u, v))*(portion(v, u)*du - portion(u, v)*dv))",
        numpy=np.arctan2, native="call atan2", exact=lambda mp, u, v: mp.atan2(u, v), kink="0 at u = v = 0",
        spellings=("arctan2",), bounds=(-math.pi, math.pi)),
    Function("asec", 1, 1, "inverse of sec",
        meaning="atan2(sqrt(abs(u) - 1)*sqrt(abs(u) + 1), sign(u))",
        differential="tame_inverse(sqrt(abs(u) - 1)*sqrt(abs(u) + 1))*unless(infinite(u), du)/abs(u)",
        exact=lambda mp, u: mp.asec(u), domain=(OUTSIDE_1,), kink="0 at the ends", spellings=("arcsec",),
        form="name arcsec"),
    Function("acsc", 1, 1, "inverse of csc",
        meaning="atan2(sign(u), sqrt(abs(u) - 1)*sqrt(abs(u) + 1))",
        differential="-tame_inverse(sqrt(abs(u) - 1)*sqrt(abs(u) + 1))*unless(infinite(u), du)/abs(u)",
        exact=lambda mp, u: mp.acsc(u), domain=(OUTSIDE_1,), kink="0 at the ends", spellings=("arccsc",),
        form="name arccsc"),
    Function("acot", 1, 1, "inverse of cot, between 0 and pi",
        meaning="atan2(1, u)", differential="-unless(infinite(u), du)/(1 + u^2)",
        exact=lambda mp, u: mp.pi / 2 - mp.atan(u), spellings=("arccot",), form="name arccot"),
    Function("sinc", 1, 1, "sin(u)/u, and 1 at 0",
        meaning="where(u == 0, 1, sin(u)/u)", differential="u*sinc_bend(u)*du", exact=lambda mp, u: mp.sinc(u)),
    # The closed form loses its digits near 0, where the series needs few terms.
    Function("sinc_bend", 1, 1, "slope of sinc, divided by u",
        meaning="where(abs(u) < 0.5, sinc_series(u^2), (cos(u) - sin(u)/u)/u^2)", exact=exact.sinc_bend, inner=True),
    Function("sinc_series", 1, 1, "series of sinc_bend in u^2",
        meaning="-(1 - u/10*(1 - u/28*(1 - u/54*(1 - u/88*(1 - u/130*(1 - u/180))))))/3",
        exact=lambda mp, u: exact.sinc_bend(mp, mp.sqrt(u)), domain=(((0.0, 0.25),),), inner=True),
)
# fmt: on
