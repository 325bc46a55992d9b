"""Comparisons, logic and choices: a condition that holds is 1, and one that does not is 0."""

from __future__ import annotations

import numpy as np

from engine.language.functions import elementwise, exact
from engine.language.functions.function import Function

# fmt: off
CHOICES = (
    Function("lt", 2, 2, "1 where less",
        differential="0", numpy=elementwise.one_if(np.less), native="compare <",
        exact=lambda mp, u, v: mp.mpf(int(u < v)),
        symbol="<", traits="not negative", bounds=(0.0, 1.0), form="infix <"),
    Function("le", 2, 2, "1 where less or equal",
        differential="0", numpy=elementwise.one_if(np.less_equal), native="compare <=",
        exact=lambda mp, u, v: mp.mpf(int(u <= v)),
        symbol="<=", traits="not negative", bounds=(0.0, 1.0), form="infix ≤"),
    Function("gt", 2, 2, "1 where greater",
        differential="0", numpy=elementwise.one_if(np.greater), native="compare >",
        exact=lambda mp, u, v: mp.mpf(int(u > v)),
        symbol=">", traits="not negative", bounds=(0.0, 1.0), form="infix >"),
    Function("ge", 2, 2, "1 where greater or equal",
        differential="0", numpy=elementwise.one_if(np.greater_equal), native="compare >=",
        exact=lambda mp, u, v: mp.mpf(int(u >= v)),
        symbol=">=", traits="not negative", bounds=(0.0, 1.0), form="infix ≥"),
    Function("eq", 2, 2, "1 where equal",
        differential="0", numpy=elementwise.one_if(np.equal), native="compare ==",
        exact=lambda mp, u, v: mp.mpf(int(u == v)),
        symbol="==", traits="not negative", bounds=(0.0, 1.0), form="infix ="),
    Function("ne", 2, 2, "1 where different",
        differential="0", numpy=elementwise.one_if(np.not_equal), native="compare !=",
        exact=lambda mp, u, v: mp.mpf(int(u != v)),
        symbol="!=", traits="not negative", bounds=(0.0, 1.0), form="infix ≠"),
    Function("and", 2, 2, "1 where both hold",
        meaning="(u != 0)*(v != 0)", exact=lambda mp, u, v: mp.mpf(int(u != 0 and v != 0)),
        symbol="and", form="infix and"),
    Function("or", 2, 2, "1 where either holds",
        meaning="where(u, 1, v != 0)", exact=lambda mp, u, v: mp.mpf(int(u != 0 or v != 0)),
        symbol="or", form="infix or"),
    Function("not", 1, 1, "1 where it does not hold",
        meaning="where(u, 0, 1)", exact=lambda mp, u: mp.mpf(int(u == 0)), symbol="not", form="prefix not"),
    Function("where", 3, 3, 'v where u holds, else s; also "v if u else s"',
        differential="where(u, dv, ds)", numpy=elementwise.choose, native="select",
        exact=lambda mp, u, v, s: v if u != 0 else s, kink="that of the chosen piece, at the seam too", form="cases"),
    # A value that is the same up to infinity has slope 0 there, though what it is made of rises without end.
    Function("unless", 2, 2, "v, but 0 where u holds",
        meaning="where(u, 0, v)", exact=lambda mp, u, v: v if u == 0 else mp.mpf(0), inner=True),
    # The product of two factors of a slope may overflow where what they multiply is small.
    Function("together", 1, 1, "u, worked out before it is multiplied",
        meaning="u", exact=lambda mp, u: u, inner=True),
    Function("infinite", 1, 1, "1 where infinite",
        meaning="abs(u) > 1.7976931348623157e308", exact=lambda mp, u: mp.mpf(int(mp.isinf(u))), inner=True),
    Function("min", 1, None, "the smallest",
        differential="where(u <= v, du, dv)", numpy=np.minimum, native="intrinsic minimum", exact=exact.smallest,
        kink="that of the first of equals"),
    Function("max", 1, None, "the largest",
        differential="where(u >= v, du, dv)", numpy=np.maximum, native="intrinsic maximum", exact=exact.largest,
        kink="that of the first of equals"),
    Function("clip", 3, 3, "u, held between v and s",
        meaning="min(max(u, v), s)", exact=exact.clipped, kink="1 at the ends", spellings=("clamp",)),
    Function("step", 1, 1, "1 from 0 upwards, else 0",
        meaning="u >= 0", exact=lambda mp, u: mp.mpf(int(u >= 0)), kink="0 at the jump", spellings=("heaviside",)),
    Function("smoothstep", 3, 3, "0 up to u, 1 from v on, for s between them smoothly between",
        meaning="smooth_rise(clip((s - u)/(v - u), 0, 1))",
        exact=lambda mp, u, v, s: exact.smooth_rise(mp, exact.clipped(mp, (s - u) / (v - u), 0, 1))),
    Function("smooth_rise", 1, 1, "the cubic from 0 to 1 that is level at both ends",
        meaning="u^2*(3 - 2*u)", differential="6*u*(1 - u)*du", exact=exact.smooth_rise, inner=True),
)
# fmt: on
