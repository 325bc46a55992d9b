"""Picking of data points: their places in the image of a fit, the one under the pointer, the next for the keyboard."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QSize

from engine.language.types import Array, Point
from gui.views.data.drawing import Fit, plot_of, scales_of, sides_of

REACH_PX = 10
"""Largest distance between the pointer and a point that it picks."""


def places_of(fit: Fit, size: QSize) -> tuple[Array, Array]:
    """Return x and y (rows,) of the points in pixels of an image of this size."""
    to_x, to_y = scales_of(fit, plot_of(size))
    across, up = sides_of(fit.columns)
    return to_x(across), to_y(up)


def nearest_to(position: QPointF, fit: Fit, size: QSize) -> int | None:
    """Return the row of the nearest point within `REACH_PX` of a position, or None."""
    x, y = places_of(fit, size)
    far = np.hypot(x - position.x(), y - position.y())
    nearest = int(np.argmin(far))
    return nearest if far[nearest] <= REACH_PX else None


def columns_at(position: QPointF, fit: Fit, size: QSize) -> Point:
    """Return the values of the first and the last column at a position, clipped to the plot."""
    plot = plot_of(size)
    right = min(max((position.x() - plot.left()) / plot.width(), 0.0), 1.0)
    upwards = min(max((plot.bottom() - position.y()) / plot.height(), 0.0), 1.0)
    (left_end, right_end), (low, high) = fit.across, fit.up
    return left_end + right * (right_end - left_end), low + upwards * (high - low)


def beside(place: int, fit: Fit, step: int) -> int:
    """Return the row of the point `step` points to the right of row `place`; at the end, that of the last point."""
    order = np.argsort(sides_of(fit.columns)[0], kind="stable").tolist()
    return int(order[min(max(order.index(place) + step, 0), len(order) - 1)])
