"""Zooms and moves the visible part of a plot, within the limits that show everything."""

from __future__ import annotations

from engine.language.types import Bounds, Point

NOTCH = 0.85
"""What one notch of the wheel leaves of the visible part."""
NOTCH_ANGLE = 120.0
"""The angle of one notch, as Qt counts it."""
LEAST_SHARE = 1e-7
"""Least part of everything that can be seen: beyond it the numbers of an axis would differ in no digit."""


def zoomed(bounds: Bounds, whole: Bounds, about: Point, factors: tuple[float, float]) -> Bounds | None:
    """Return the part that is visible after a zoom about a point; None if that is everything.

    `factors` are those by which the visible widths and heights change.
    """
    sides = [
        _side(side, limits, (at - (at - side[0]) * factor, at + (side[1] - at) * factor))
        for side, limits, at, factor in zip(bounds, whole, about, factors, strict=True)
    ]
    return _unless_whole((sides[0], sides[1]), whole)


def moved(bounds: Bounds, whole: Bounds, by: Point) -> Bounds | None:
    """Return the part that is visible after a move; None if that is everything."""
    sides = [
        _side(side, limits, (side[0] + way, side[1] + way)) for side, limits, way in zip(bounds, whole, by, strict=True)
    ]
    return _unless_whole((sides[0], sides[1]), whole)


def _side(now: tuple[float, float], limits: tuple[float, float], wanted: tuple[float, float]) -> tuple[float, float]:
    """Return the wanted range of one axis, moved into its limits; as it is now where it would become too small."""
    (low, high), (least, most) = wanted, limits
    if high - low >= most - least:
        return limits
    if high - low < LEAST_SHARE * (most - least):
        return now
    shift = max(least - low, 0.0) + min(most - high, 0.0)
    return low + shift, high + shift


def _unless_whole(bounds: Bounds, whole: Bounds) -> Bounds | None:
    return None if bounds == whole else bounds
