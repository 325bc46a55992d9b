"""The intersection of a ray with the ground, which finds the place under the pointer."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gui.views.surface.camera import Place, Ray
from gui.views.surface.scene_coordinates import RELIEF

BEYOND = 0.01
"""Height above the highest and below the lowest ground within which a ray is followed, so that it crosses both."""
TOUCH = 1e-9
"""Height above the ground at which a line counts as touching it, so that rounding loses no crest."""
TOLERANCE = 1e-6
"""Depth below the ground at which a line that enters the block still meets the ground's edge and not the wall."""
PARALLEL = 1e-12
"""Smallest component of a direction that counts as not zero."""


def ground_hit(heights: NDArray[np.float32], ray: Ray) -> Place | None:
    """Return where a ray first meets the ground from above.

    Between four samples the ground is bilinear, so its height along a line is a polynomial of degree two, whose root is
    the exact place.

    Parameters
    ----------
    heights : float32 (rows, columns)
        0..1 over the domain, which is 2 wide and 2 deep in the scene; NaN is a hole.
    ray : Ray
        A ray in the scene.

    Returns
    -------
    (x, y, z) or None
        A place in the scene; None if the ray misses the block or first meets a wall or a hole.
    """
    span = _span_inside(ray)
    if span is None:
        return None
    last = np.array(heights.shape[::-1]) - 1
    stations = _stations(ray, *span, last)
    places = ray.origin + stations[:, None] * ray.direction
    above, slope, bend = _polynomials(heights, places, last)
    below = (above <= 0.0) | (above + slope + bend <= TOUCH) | _dips(above, slope, bend)
    first = int(below.argmax())
    if not below[first]:
        return None
    if above[first] > 0.0:
        share = _first_root(bend[first], slope[first], above[first])
    elif first == 0 and above[first] > -TOLERANCE:
        share = 0.0
    else:
        return None
    x, y, z = (places[first] + share * (places[first + 1] - places[first])).tolist()
    return min(max(x, -1.0), 1.0), min(max(y, -1.0), 1.0), z


def _span_inside(ray: Ray) -> tuple[float, float] | None:
    """Return the begin and the end of the part of a ray inside the block's bounding box, in lengths of its direction.

    None if the ray misses the box.
    """
    begin, end = ray.begin, math.inf
    room = ((-1.0, 1.0), (-1.0, 1.0), (-BEYOND, RELIEF + BEYOND))
    for start, step, (low, high) in zip(ray.origin.tolist(), ray.direction.tolist(), room, strict=True):
        if abs(step) < PARALLEL:
            if not low <= start <= high:
                return None
            continue
        near, far = sorted(((low - start) / step, (high - start) / step))
        begin, end = max(begin, near), min(end, far)
    return (begin, end) if begin < end else None


def _stations(ray: Ray, begin: float, end: float, last: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return, sorted, where a ray enters the box, crosses from one square of samples to the next, and leaves it."""
    passed = [np.array((begin, end))]
    for start, step, squares in zip(ray.origin[:2].tolist(), ray.direction[:2].tolist(), last.tolist(), strict=True):
        if abs(step) < PARALLEL:
            continue
        ends = sorted((start + begin * step, start + end * step))
        low, high = (0.5 * squares * (place + 1.0) for place in ends)
        lines = np.arange(max(math.ceil(low), 0), min(math.floor(high), squares) + 1)
        passed.append(np.clip((2.0 / squares * lines - 1.0 - start) / step, begin, end))
    return np.sort(np.concatenate(passed))


def _polynomials(
    heights: NDArray[np.float32], places: NDArray[np.float64], last: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return each part's height above the ground as coefficients of powers 0, 1, 2 of the share 0..1 along it."""
    at = 0.5 * last * (places[:, :2] + 1.0)
    corner = np.clip((0.5 * (at[:-1] + at[1:])).astype(np.intp), 0, last - 1)
    columns, rows = corner.T
    (across, up), (along, away) = (at[:-1] - corner).T, np.diff(at, axis=0).T
    here = heights[rows, columns].astype(np.float64)
    right, back = heights[rows, columns + 1] - here, heights[rows + 1, columns] - here
    twist = heights[rows + 1, columns + 1] - here - right - back
    ground = here + right * across + back * up + twist * across * up
    rise = right * along + back * away + twist * (across * away + up * along)
    return (
        places[:-1, 2] - RELIEF * ground, np.diff(places[:, 2]) - RELIEF * rise, -RELIEF * twist * along * away,
    )  # fmt: skip


def _dips(above: NDArray[np.float64], slope: NDArray[np.float64], bend: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which parts of a line enter the ground and leave it again between their ends."""
    return (slope < 0.0) & (-slope < 2.0 * bend) & (slope * slope >= 4.0 * bend * above)


def _first_root(bend: float, slope: float, above: float) -> float:
    """Return the least share 0..1 along a part of the line at which its height above the ground is zero."""
    root = math.sqrt(max(slope * slope - 4.0 * bend * above, 0.0))
    # The two roots are computed without a difference of nearly equal numbers, which would lose digits.
    double = root - slope if slope < 0.0 else -(slope + root)
    shares = [2.0 * above / double if double else 1.0, double / (2.0 * bend) if bend else 1.0]
    return min((share for share in shares if 0.0 <= share <= 1.0), default=1.0)
