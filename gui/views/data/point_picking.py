"""Where in a picture of a fit its points lie, and which of them is under the pointer or next by the keyboard."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QSize

from engine.language.types import Array, Point
from gui.views.data.drawing import Fit, plot_of, scales_of, sides_of

REACH_PX = 10
"""How far from a point a hand may take hold of it."""


def places_of(fit: Fit, size: QSize) -> tuple[Array, Array]:
    """Return where the points lie, to the right and downwards."""
    to_x, to_y = scales_of(fit, plot_of(size))
    across, up = sides_of(fit.columns)
    return to_x(across), to_y(up)


def nearest_to(position: QPointF, fit: Fit, size: QSize) -> int | None:
    """Return the point within reach, or None."""
    x, y = places_of(fit, size)
    far = np.hypot(x - position.x(), y - position.y())
    nearest = int(np.argmin(far))
    return nearest if far[nearest] <= REACH_PX else None


def columns_at(position: QPointF, fit: Fit, size: QSize) -> Point:
    """Return what the two columns are at a place, held within the plot."""
    plot = plot_of(size)
    right = min(max((position.x() - plot.left()) / plot.width(), 0.0), 1.0)
    upwards = min(max((plot.bottom() - position.y()) / plot.height(), 0.0), 1.0)
    (left_end, right_end), (low, high) = fit.across, fit.up
    return left_end + right * (right_end - left_end), low + upwards * (high - low)


def beside(place: int, fit: Fit, step: int) -> int:
    """Return the point that is `step` further to the right than another, or the last of them."""
    order = np.argsort(sides_of(fit.columns)[0], kind="stable").tolist()
    return int(order[min(max(order.index(place) + step, 0), len(order) - 1)])
