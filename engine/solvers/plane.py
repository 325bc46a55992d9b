"""Vectors and symmetric matrices of the plane, in closed form."""

from __future__ import annotations

import math

from engine.language.types import Point
from engine.solvers.context import Symmetric


def dot(a: Point, b: Point) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1]


def difference(a: Point, b: Point) -> Point:
    """Return a - b."""
    return a[0] - b[0], a[1] - b[1]


def scaled(factor: float, a: Point) -> Point:
    """Return factor*a."""
    return factor * a[0], factor * a[1]


def along(begin: Point, length: float, direction: Point) -> Point:
    """Return begin + length*direction."""
    return begin[0] + length * direction[0], begin[1] + length * direction[1]


def norm(a: Point) -> float:
    """Return the length."""
    return math.hypot(a[0], a[1])


def is_finite(a: Point) -> bool:
    """Return whether both coordinates are finite."""
    return math.isfinite(a[0]) and math.isfinite(a[1])


def is_zero(a: Point) -> bool:
    """Return whether both coordinates are 0."""
    return a[0] == 0.0 and a[1] == 0.0


def applied(matrix: Symmetric, a: Point) -> Point:
    """Return matrix*a."""
    xx, xy, yy = matrix
    return xx * a[0] + xy * a[1], xy * a[0] + yy * a[1]


def solved(matrix: Symmetric, right: Point) -> Point:
    """Return p with matrix*p = right, by elimination with the larger pivot; infinite or NaN where it is singular."""
    xx, xy, yy = matrix
    if abs(xx) >= abs(xy):
        share = xy / xx
        y = (right[1] - share * right[0]) / (yy - share * xy)
        return (right[0] - xy * y) / xx, y
    share = xx / xy
    y = (right[0] - share * right[1]) / (xy - share * yy)
    return (right[1] - yy * y) / xy, y


def eigenvalues(matrix: Symmetric) -> Point:
    """Return the smaller and the larger eigenvalue."""
    xx, xy, yy = matrix
    middle, radius = xx / 2.0 + yy / 2.0, math.hypot(xx / 2.0 - yy / 2.0, xy)
    return middle - radius, middle + radius


def larger_axis(matrix: Symmetric) -> Point:
    """Return a unit vector along the axis of the larger eigenvalue; the other axis stands at a right angle to it."""
    xx, xy, yy = matrix
    angle = 0.5 * math.atan2(2.0 * xy, xx - yy)
    return math.cos(angle), math.sin(angle)


def quarter_turn(a: Point) -> Point:
    """Return `a` turned by a right angle."""
    return -a[1], a[0]
