"""How far the functions of several numbers at once are from the exact value, in units of the last place."""

from __future__ import annotations

import numpy as np
from mpmath import mp, mpc, mpf
from numpy.typing import NDArray

from engine import compile_loss
from engine.language.codegen.vector_math import has_own_power, vector_library
from engine.language.functions import FUNCTIONS, Function
from tests.engine.language.graph.fifty_digits import EXACT

DIGITS = 50
SCALES = (1e-6, 1e-2, 1.0, 10.0, 700.0, 1e8)
"""Half widths of the intervals about 0 that points are drawn from: near zeros, where people look, far and very far."""
SMALLEST = 1e-300
"""Below, numbers have fewer digits, and a unit of the last place is no measure."""


def vectorised() -> list[Function]:
    """Return the rows whose function there is for several numbers at once: from the vector library, or our own."""
    library = vector_library()
    called = [row for row in FUNCTIONS.values() if row.native.startswith("call ")]
    offered = {row.name for row in called if library.variant(row.native.removeprefix("call "), row.least) is not None}
    return [row for row in called if row.name in offered or (row.name == "pow" and has_own_power())]


def worst_ulps(row: Function, points: int, seed: int = 0) -> float:
    """Return the largest error of a row's machine code over `points` points an interval, against 50 digits.

    Points without a real, finite and normal value are left out.
    """
    drawn = np.random.default_rng(seed).uniform(-1.0, 1.0, (row.least, len(SCALES), points))
    arguments = (drawn * np.array(SCALES)[:, None]).reshape(row.least, -1)
    operator = f"x {row.symbol} y" if row.symbol else f"{row.name}({', '.join('xy'[: row.least])})"
    found = compile_loss(operator).value(arguments[0], arguments[-1])
    return max(_ulps(row, place, value) for place, value in zip(arguments.T, found, strict=True))


def _ulps(row: Function, place: NDArray[np.float64], found: float) -> float:
    with mp.workdps(DIGITS):
        try:
            exact = EXACT[row.name](*map(mpf, place.tolist()))
        except (ValueError, ZeroDivisionError):
            return 0.0
        if isinstance(exact, mpc) or not SMALLEST < abs(exact) < np.finfo(float).max:
            return 0.0
        return float(abs(mpf(float(found)) - exact) / mpf(float(np.spacing(abs(float(exact))))))
