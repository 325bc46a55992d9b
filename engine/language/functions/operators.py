"""The operators of the language: sums, products, powers and remainders."""

from __future__ import annotations

import numpy as np

from engine.language.functions import elementwise, exact
from engine.language.functions.function import Function

# fmt: off
OPERATORS = (
    Function("add", 2, 2, "sum",
        differential="du + dv", numpy=np.add, native="instruction fadd", exact=lambda mp, u, v: u + v, symbol="+",
        form="infix +"),
    Function("sub", 2, 2, "difference",
        differential="du - dv", numpy=np.subtract, native="instruction fsub", exact=lambda mp, u, v: u - v, symbol="-",
        form="infix −"),
    Function("mul", 2, 2, "product",
        differential="v*du + u*dv", numpy=np.multiply, native="instruction fmul", exact=lambda mp, u, v: u * v,
        symbol="*", form="product"),
    Function("div", 2, 2, "quotient",
        differential="unless(infinite(v), du - r*dv)/v", numpy=np.divide, native="instruction fdiv",
        exact=exact.quotient, symbol="/", traits="partial", form="fraction"),
    Function("neg", 1, 1, "minus",
        differential="-du", numpy=np.negative, native="instruction fneg", exact=lambda mp, u: -u, symbol="-",
        form="prefix −"),
    # Far below 1 a base raised to v - 1 may overflow where its slope does not; a fresh quotient by it does not.
    Function("pow", 2, 2, "power",
        differential="v*where(steep(v), r*unless(u == 0, unless(infinite(u), du)/u),"
                     " tame_power(u, v - 1)*unless(infinite(u), du)) + where(u <= 0, 0,"
                     " where(r == 0, 0, r*log(u)))*unless(r == 0, dv)",
        numpy=np.power, native="call pow", exact=exact.power, kink="0 at u = 0 where it is infinite", symbol="^",
        traits="partial", form="power"),
    Function("mod", 2, 2, "remainder, with the sign of the divisor",
        differential="du - u//v*unless(infinite(v), dv)", numpy=elementwise.remainder,
        native="remainder derby_remainder", exact=lambda mp, u, v: u - v * mp.floor(u / v),
        kink="that of the pieces, at the jumps too", symbol="%", traits="partial", form="infix mod", by_name=True),
    Function("floordiv", 2, 2, "quotient rounded down",
        differential="0", numpy=elementwise.floor_quotient, native="remainder derby_floor_quotient",
        exact=lambda mp, u, v: mp.floor(u / v), kink="0 at the jumps", symbol="//", traits="partial", form="floored"),
)
# fmt: on
