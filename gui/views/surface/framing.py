"""From where the whole block is seen between the margins of a picture, whatever its shape."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtGui import QMatrix4x4, QVector3D

Margins = tuple[float, float, float, float]

HOME_AZIMUTH = -58.0
HOME_ELEVATIONS = (38.0, 41.0, 44.0, 47.0, 50.0, 53.0, 56.0)
"""From a view upon the walls for a wide picture to one from above for a tall one."""
FIELD_DEGREES = 30.0
"""The horizontal field of view."""
LOWEST, HIGHEST = 0.0, 90.0
"""Elevations, in degrees: the block has no picture of its underside."""
NEAREST, FURTHEST = 1.0, 60.0
"""Distances; the domain is 2 wide."""
REACH = 2.6
"""Nothing in the scene lies further from its middle."""
NEAREST_SEEN = 0.02


@dataclass(frozen=True)
class Camera:
    """From where a scene is seen: a camera that looks at `centre` from `distance` away.

    Attributes
    ----------
    elevation, azimuth : float
        Angles, in degrees, as pyqtgraph counts them.
    distance : float
        From `centre`.  In a parallel picture too it says how large the scene appears.
    centre : (x, y, z)
        In the scene.
    parallel : bool
        Whether what is further away appears as large as what is near (orthographic), or smaller (perspective).
    field : float
        The horizontal field of view, in degrees.
    """

    elevation: float
    azimuth: float
    distance: float = FURTHEST
    centre: tuple[float, float, float] = (0.0, 0.0, 0.0)
    parallel: bool = False
    field: float = FIELD_DEGREES

    @property
    def half_field(self) -> float:
        """Half the width of what is seen at distance 1."""
        return math.tan(math.radians(self.field) / 2.0)

    def turned(self, across: float, up: float) -> Camera:
        """Return the camera after a turn, in degrees."""
        elevation = min(max(self.elevation + up, LOWEST), HIGHEST)
        return replace(self, azimuth=self.azimuth + across, elevation=elevation)

    def zoomed(self, factor: float) -> Camera:
        """Return the camera `factor` times as far away, within its limits."""
        return replace(self, distance=min(max(self.distance * factor, NEAREST), FURTHEST))

    def panned(self, across: float, down: float, width: int) -> Camera:
        """Return the camera after the scene was moved by pixels of a picture `width` wide."""
        unit = 2.0 * self.distance * self.half_field / max(width, 1)
        right, up, _ = axes_of(self)
        x, y, z = (np.array(self.centre) + unit * (down * up - across * right)).tolist()
        return replace(self, centre=(x, y, z))


def axes_of(camera: Camera) -> np.ndarray:
    """Return the camera's directions in the scene, float64 (3, 3): rightwards, upwards, towards the camera."""
    turn = QMatrix4x4()
    turn.rotate(camera.elevation - 90.0, 1, 0, 0)
    turn.rotate(camera.azimuth + 90.0, 0, 0, -1)
    return np.array([turn.row(k).toTuple()[:3] for k in range(3)])


def projection_of(camera: Camera, region: tuple[float, float, float, float], size: tuple[int, int]) -> QMatrix4x4:
    """Return the map from the camera to a region (x, y, width, height) of a picture of this size.

    Its depth spans the scene alone, and so is precise.
    """
    middle = float(np.linalg.norm(np.array(camera.centre) + camera.distance * axes_of(camera)[2]))
    near, far = max(middle - REACH, NEAREST_SEEN), middle + REACH
    right = (camera.distance if camera.parallel else near) * camera.half_field
    width, height = (max(side, 1) for side in size)
    top = right * height / width
    x, y, across, up = region
    edges = (
        right * (2.0 * x / width - 1.0), right * (2.0 * (x + across) / width - 1.0),
        top * (2.0 * y / height - 1.0), top * (2.0 * (y + up) / height - 1.0),
    )  # fmt: skip
    matrix = QMatrix4x4()
    (matrix.ortho if camera.parallel else matrix.frustum)(*edges, near, far)
    return matrix


def view_of(camera: Camera) -> QMatrix4x4:
    """Return the map from the scene to the camera."""
    matrix = QMatrix4x4()
    matrix.translate(0.0, 0.0, -camera.distance)
    matrix.rotate(camera.elevation - 90.0, 1, 0, 0)
    matrix.rotate(camera.azimuth + 90.0, 0, 0, -1)
    matrix.translate(-QVector3D(*camera.centre))
    return matrix


def home(size: tuple[int, int], margins_px: Margins, heights: tuple[float, float], parallel: bool = False) -> Camera:
    """Return the camera of a fresh view: the one of some elevations whose block fills most of the picture."""
    candidates = [Camera(up, HOME_AZIMUTH, parallel=parallel) for up in HOME_ELEVATIONS]
    cameras = [fitted(camera, size, margins_px, heights) for camera in candidates]
    return max(cameras, key=lambda camera: filled(camera, size, heights))


def filled(camera: Camera, size: tuple[int, int], heights: tuple[float, float]) -> float:
    """Return how large the rectangle around the block is, as a share of a picture of this size."""
    matrix = projection_of(camera, (0, 0, *size), size) * view_of(camera)
    seen = [matrix.map(QVector3D(*corner)) for corner in itertools.product((-1.0, 1.0), (-1.0, 1.0), heights)]
    across, up = ([getattr(place, axis)() for place in seen] for axis in ("x", "y"))
    return (max(across) - min(across)) * (max(up) - min(up)) / 4.0


def fitted(camera: Camera, size: tuple[int, int], margins_px: Margins, heights: tuple[float, float]) -> Camera:
    """Return the camera at the least distance from which the block fits between the margins, in their middle.

    Parameters
    ----------
    camera : Camera
        Its angles and its kind of picture stay.
    size : (width, height)
        Of the picture, in pixels.
    margins_px : left, right, top, bottom
        What stays free for numbers and names.
    heights : (base, top)
        Of the block, whose sides lie at -1 and 1.
    """
    rows = axes_of(camera)
    across, up, towards = rows @ np.array(list(itertools.product((-1.0, 1.0), (-1.0, 1.0), heights))).T
    if camera.parallel:
        towards = np.zeros_like(towards)
    width, height = (max(side, 1) for side in size)
    slope = camera.half_field / (width / 2.0)
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
