"""Where the 3-D view's camera stands so that the whole block is seen, in the middle, at any aspect ratio."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtGui import QMatrix4x4, QVector3D

Margins = tuple[float, float, float, float]


def fit_camera(
    turn: QMatrix4x4, field_degrees: float, size: tuple[int, int], margins_px: Margins, heights: tuple[float, float]
) -> tuple[float, QVector3D]:
    """Return the least distance, and the point looked at, from which the block fits between the margins.

    Parameters
    ----------
    turn : QMatrix4x4
        The camera's rotation; what else it holds is passed over.
    field_degrees : float
        The horizontal field of view.
    size : (width, height)
        Of the picture, in pixels.
    margins_px : left, right, top, bottom
        What stays free for numbers and names.
    heights : (base, top)
        Of the block, whose sides lie at -1 and 1.
    """
    rows = np.array([turn.row(k).toTuple()[:3] for k in range(3)])
    corners = np.array([(x, y, z) for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in heights])
    across, up, towards = rows @ corners.T
    width, height = (max(side, 1) for side in size)
    slope = math.tan(math.radians(field_degrees) / 2.0) / (width / 2.0)
    left, right, top, bottom = (
        slope * max(half / 2.0 - margin, half / 8.0)
        for half, margin in zip((width, width, height, height), margins_px, strict=True)
    )
    # A corner stays inside while it is no further from the line of sight than the slope times its distance.
    x_low, x_high = (across + right * towards).max(), (across - left * towards).min()
    y_low, y_high = (up + top * towards).max(), (up - bottom * towards).min()
    distance = max((x_low - x_high) / (left + right), (y_low - y_high) / (top + bottom))
    x = ((x_low - right * distance) + (x_high + left * distance)) / 2.0
    y = ((y_low - top * distance) + (y_high + bottom * distance)) / 2.0
    return float(distance), QVector3D(*(x * rows[0] + y * rows[1]).tolist())
