"""Euclidean norms, distances and the absolute value."""

from __future__ import annotations

import math

import numpy as np

from engine.language.functions import exact
from engine.language.functions.function import Function

# fmt: off
NORMS = (
    Function("hypot", 2, 2, "length of (u, v)",
        differential="portion(u, v)*du + portion(v, u)*dv", numpy=np.hypot, native="call hypot", exact=exact.norm,
        kink="0 at u = v = 0", traits="not negative", bounds=(0.0, math.inf)),
    # Nothing is squared, which would overflow or vanish, and in its slope nothing cancels.
    Function("portion", 2, 2, "u/hypot(u, v), but 0 at u = v = 0",
        meaning="where(hypot(u, v) == 0, 0, u/hypot(u, v))",
        differential="tame_inverse(hypot(u, v))*(portion(v, u)*(portion(v, u)*du - portion(u, v)*dv))",
        exact=lambda mp, u, v: u / exact.norm(mp, u, v), inner=True),
    # In a rule the arguments may be vectors: their coordinates count one by one.
    Function("norm", 1, None, "length of (u, v, ...)",
        meaning="sqrt(u^2 + v^2)", exact=exact.norm, kink="0 at the origin", alone="abs(u)", form="fence ‖ ‖"),
    Function("dist", 4, 4, "distance from (u, v) to (s, t)",
        meaning="norm(u - s, v - t)", exact=lambda mp, u, v, s, t: exact.norm(mp, u - s, v - t),
        kink="0 where the points meet"),
    Function("abs", 1, 1, 'distance from 0; also "|u|"',
        differential="sign(u)*du", numpy=np.abs, native="intrinsic fabs", exact=lambda mp, u: abs(u),
        kink="0 at u = 0", traits="even, not negative", form="fence | |"),
)
# fmt: on
