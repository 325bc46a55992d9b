"""The sign, and functions that round."""

from __future__ import annotations

import numpy as np

from engine.language.functions.function import Function

# fmt: off
ROUNDING = (
    Function("sign", 1, 1, "-1, 0 or 1",
        meaning="where(u > 0, 1, where(u < 0, -1, u))", differential="0", exact=lambda mp, u: mp.sign(u),
        kink="0 at the jump", spellings=("sgn",), form="name sgn"),
    Function("floor", 1, 1, "rounded down",
        differential="0", numpy=np.floor, native="intrinsic floor", exact=lambda mp, u: mp.floor(u),
        kink="0 at the jumps", traits="rising", form="fence ⌊ ⌋"),
    Function("ceil", 1, 1, "rounded up",
        differential="0", numpy=np.ceil, native="intrinsic ceil", exact=lambda mp, u: mp.ceil(u),
        kink="0 at the jumps", traits="rising", form="fence ⌈ ⌉"),
    Function("round", 1, 1, "nearest whole number, halves to the even one",
        differential="0", numpy=np.rint, native="intrinsic rint", exact=lambda mp, u: mp.nint(u),
        kink="0 at the jumps", traits="odd, rising"),
    Function("trunc", 1, 1, "rounded towards 0",
        differential="0", numpy=np.trunc, native="intrinsic trunc", exact=lambda mp, u: mp.sign(u) * mp.floor(abs(u)),
        kink="0 at the jumps", traits="odd, rising"),
    # What is over may round to 1, where u is just below a whole number.
    Function("frac", 1, 1, "what is over floor(u), from 0 up to 1",
        meaning="min(u - floor(u), 0.9999999999999999)", differential="du", exact=lambda mp, u: u - mp.floor(u),
        kink="1 at the jumps", spellings=("fract",)),
)
# fmt: on
