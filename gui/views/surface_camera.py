"""The 3-D view's camera: where it stands, what it sees, and from where it sees the whole block at any aspect ratio."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtGui import QMatrix4x4, QVector3D

HOME_AZIMUTH = -58.0
HOME_ELEVATIONS = (38.0, 41.0, 44.0, 47.0, 50.0, 53.0, 56.0)
"""From a view upon the walls for a wide picture to one from above for a tall one."""

Margins = tuple[float, float, float, float]

FIELD_DEGREES = 30.0
"""The horizontal field of view."""
LOWEST, HIGHEST = 4.0, 90.0
"""Elevations, in degrees: the block has no picture of its underside."""
NEAREST, FURTHEST = 1.0, 60.0
"""Distances; the domain is 2 wide."""
REACH = 2.6
"""Nothing in the scene lies further from its middle."""
NEAREST_SEEN = 0.02


@dataclass(frozen=True)
class Camera:
    """A camera that looks at `centre` from `distance` away; angles in degrees."""

    elevation: float
    azimuth: float
    distance: float = FURTHEST
    centre: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def turned(self, across: float, up: float) -> Camera:
        """Return the camera after a turn, in degrees."""
        elevation = min(max(self.elevation + up, LOWEST), HIGHEST)
        return replace(self, azimuth=self.azimuth + across, elevation=elevation)

    def zoomed(self, factor: float) -> Camera:
        """Return the camera `factor` times as far away, within its limits."""
        return replace(self, distance=min(max(self.distance * factor, NEAREST), FURTHEST))

    def panned(self, across: float, down: float, width: int) -> Camera:
        """Return the camera after the scene was moved by pixels of a picture `width` wide."""
        unit = 2.0 * self.distance * math.tan(math.radians(FIELD_DEGREES) / 2.0) / max(width, 1)
        right, up = (np.array(self.turn().row(k).toTuple()[:3]) for k in range(2))
        x, y, z = (np.array(self.centre) + unit * (down * up - across * right)).tolist()
        return replace(self, centre=(x, y, z))

    def turn(self) -> QMatrix4x4:
        """Return the camera's rotation."""
        matrix = QMatrix4x4()
        matrix.rotate(self.elevation - 90.0, 1, 0, 0)
        matrix.rotate(self.azimuth + 90.0, 0, 0, -1)
        return matrix

    def view(self) -> QMatrix4x4:
        """Return the map from the scene to the camera."""
        matrix = QMatrix4x4()
        matrix.translate(0.0, 0.0, -self.distance)
        matrix *= self.turn()
        matrix.translate(-QVector3D(*self.centre))
        return matrix

    def projection(self, size: tuple[int, int]) -> QMatrix4x4:
        """Return the map from the camera to a picture; its depth spans the scene alone, and so is precise."""
        middle = self.eye().length()
        near, far = max(middle - REACH, NEAREST_SEEN), middle + REACH
        right = near * math.tan(math.radians(FIELD_DEGREES) / 2.0)
        top = right * size[1] / max(size[0], 1)
        matrix = QMatrix4x4()
        matrix.frustum(-right, right, -top, top, near, far)
        return matrix

    def eye(self) -> QVector3D:
        """Return where the camera stands in the scene."""
        return self.view().inverted()[0].map(QVector3D())


def home(size: tuple[int, int], margins_px: Margins, heights: tuple[float, float]) -> Camera:
    """Return the camera of a fresh view: the one of some elevations whose block fills most of the picture."""
    cameras = [fitted(Camera(up, HOME_AZIMUTH), size, margins_px, heights) for up in HOME_ELEVATIONS]
    return max(cameras, key=lambda camera: filled(camera, size, heights))


def filled(camera: Camera, size: tuple[int, int], heights: tuple[float, float]) -> float:
    """Return how large the rectangle around the block is, as a share of a picture of this size."""
    matrix = camera.projection(size) * camera.view()
    seen = [matrix.map(QVector3D(*corner)) for corner in itertools.product((-1.0, 1.0), (-1.0, 1.0), heights)]
    across, up = ([getattr(place, axis)() for place in seen] for axis in ("x", "y"))
    return (max(across) - min(across)) * (max(up) - min(up)) / 4.0


def fitted(camera: Camera, size: tuple[int, int], margins_px: Margins, heights: tuple[float, float]) -> Camera:
    """Return the camera at the least distance from which the block fits between the margins, in their middle.

    Parameters
    ----------
    camera : Camera
        Its angles stay.
    size : (width, height)
        Of the picture, in pixels.
    margins_px : left, right, top, bottom
        What stays free for numbers and names.
    heights : (base, top)
        Of the block, whose sides lie at -1 and 1.
    """
    turn = camera.turn()
    rows = np.array([turn.row(k).toTuple()[:3] for k in range(3)])
    corners = np.array([(x, y, z) for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in heights])
    across, up, towards = rows @ corners.T
    width, height = (max(side, 1) for side in size)
    slope = math.tan(math.radians(FIELD_DEGREES) / 2.0) / (width / 2.0)
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
    centre_x, centre_y, centre_z = (x * rows[0] + y * rows[1]).tolist()
    return replace(camera, distance=float(distance), centre=(centre_x, centre_y, centre_z))
