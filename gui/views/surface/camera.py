"""The camera: its position, its projection, and the distance at which the whole block fits into the picture."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QMatrix4x4, QVector3D

Margins = tuple[float, float, float, float]
Size = tuple[int, int]
Place = tuple[float, float, float]

FIELD_DEGREES = 30.0
"""Horizontal field of view."""
LOWEST, HIGHEST = 0.0, 90.0
"""Limits of the elevation in degrees: the block has no underside to look at."""
NEAREST, FURTHEST = 1.0, 60.0
"""Limits of the distance, in the scene, where the domain is 2 wide."""
REACH = 2.6
"""Largest distance of anything in the scene from its origin."""
NEAREST_SEEN = 0.02


@dataclass(frozen=True)
class Camera:
    """A camera that looks at `centre` of the scene from `distance` away.

    Attributes
    ----------
    elevation, azimuth : float
        Angles, in degrees, as pyqtgraph counts them.
    distance : float
        From `centre`, in the scene.  With the parallel projection it only sets how large the scene appears.
    centre : (x, y, z)
        In the scene.
    parallel : bool
        Whether the projection is orthographic, so that distant things appear as large as near ones, or perspective.
    field : float
        The horizontal field of view, in degrees.
    """

    elevation: float
    azimuth: float
    distance: float = FURTHEST
    centre: Place = (0.0, 0.0, 0.0)
    parallel: bool = False
    field: float = FIELD_DEGREES

    @property
    def eye(self) -> Place:
        """The position of the camera in the scene."""
        x, y, z = (np.array(self.centre) + self.distance * axes_of(self)[2]).tolist()
        return x, y, z

    @property
    def half_field(self) -> float:
        """Half the width of the visible rectangle at distance 1."""
        return math.tan(math.radians(self.field) / 2.0)

    def turned(self, across: float, up: float) -> Camera:
        """Return the camera turned by these angles in degrees; the elevation stays within its limits."""
        elevation = min(max(self.elevation + up, LOWEST), HIGHEST)
        return replace(self, azimuth=self.azimuth + across, elevation=elevation)

    def zoomed(self, factor: float, about: Place | None = None) -> Camera:
        """Return the camera at `factor` times its distance, within limits; `about` keeps its place in the picture."""
        distance = min(max(self.distance * factor, NEAREST), FURTHEST)
        fixed = np.array(self.centre if about is None else about)
        x, y, z = (fixed + distance / self.distance * (np.array(self.centre) - fixed)).tolist()
        return replace(self, distance=distance, centre=(x, y, z))

    def panned(self, across: float, down: float, width: int) -> Camera:
        """Return the camera that shows the scene moved by so many pixels of a picture `width` pixels wide."""
        unit = 2.0 * self.distance * self.half_field / max(width, 1)
        right, up, _ = axes_of(self)
        x, y, z = (np.array(self.centre) + unit * (down * up - across * right)).tolist()
        return replace(self, centre=(x, y, z))


def nothing(camera: Camera) -> int:
    """Return how much is hidden from a camera where there is nothing to hide: none."""
    return 0


@dataclass(frozen=True)
class StandardView:
    """A direction from which the camera shows the whole block, in a picture of any shape.

    Attributes
    ----------
    name : str
    elevations : tuple of float
        In degrees; `camera` takes the one at which least is hidden and the block fills most of the picture.
    azimuth : float
        In degrees.
    parallel : bool
        As in `Camera`.
    """

    name: str
    elevations: tuple[float, ...]
    azimuth: float
    parallel: bool = False

    def camera(
        self, size: Size, margins_px: Margins, heights: tuple[float, float], hidden: Callable[[Camera], int] = nothing
    ) -> Camera:
        """Return the camera that shows the block from this direction.

        Parameters
        ----------
        size, margins_px, heights
            As for `fitted`.
        hidden : callable
            Returns how much of what matters a camera does not see.
        """
        candidates = [Camera(up, self.azimuth, parallel=self.parallel) for up in self.elevations]
        cameras = [fitted(camera, size, margins_px, heights) for camera in candidates]
        cameras.sort(key=lambda camera: filled(camera, size, heights), reverse=True)

        def worth(camera: Camera) -> tuple[int, float]:
            # What no elevation shows is hidden by steep walls, of which a high camera sees most of the ground.
            count = hidden(camera)
            return count, -camera.elevation if count else 0.0

        return min(cameras, key=worth)


class Ray(NamedTuple):
    """A ray through the scene: it begins at `origin` plus `begin` times `direction`."""

    origin: NDArray[np.float64]
    direction: NDArray[np.float64]
    begin: float


def ray_through(camera: Camera, size: Size, x: float, y: float) -> Ray:
    """Return the ray through pixel (x, y) of a picture of this size, counted from its upper left corner."""
    width, height = (max(side, 1) for side in size)
    right, up, towards = axes_of(camera)
    across, above = camera.half_field * (2.0 * x / width - 1.0), camera.half_field * (height - 2.0 * y) / width
    aside, eye = across * right + above * up, np.array(camera.eye)
    if camera.parallel:
        # Parallel rays begin at minus infinity, because no eye hides what lies behind it.
        return Ray(eye + camera.distance * aside, -towards, -math.inf)
    return Ray(eye, aside - towards, 0.0)


def axes_of(camera: Camera) -> NDArray[np.float64]:
    """Return the camera's directions in the scene, float64 (3, 3): rightwards, upwards, towards the camera."""
    up, around = math.radians(camera.elevation), math.radians(camera.azimuth)
    level, height, ahead, aside = math.cos(up), math.sin(up), math.cos(around), math.sin(around)
    return np.array([
        (-aside, ahead, 0.0), (-height * ahead, -height * aside, level), (level * ahead, level * aside, height)
    ])  # fmt: skip


def projection_of(camera: Camera, region: tuple[float, float, float, float], size: Size) -> QMatrix4x4:
    """Return the projection from the camera's coordinates to a region (x, y, width, height) of a picture of this size.

    Its depth range contains little but the scene, which makes depth values precise.
    """
    eye = np.array(camera.eye)
    if camera.parallel:
        # The depth range contains the whole scene, even parts behind the eye, which a parallel projection also shows.
        middle = float(eye @ axes_of(camera)[2])
        near, far = middle - REACH, middle + REACH
    else:
        middle = float(np.linalg.norm(eye))
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
    """Return the transform from the scene's to the camera's coordinates."""
    matrix = QMatrix4x4()
    matrix.translate(0.0, 0.0, -camera.distance)
    matrix.rotate(camera.elevation - 90.0, 1, 0, 0)
    matrix.rotate(camera.azimuth + 90.0, 0, 0, -1)
    matrix.translate(-QVector3D(*camera.centre))
    return matrix


def filled(camera: Camera, size: Size, heights: tuple[float, float]) -> float:
    """Return the area of the block's bounding rectangle as a share of a picture of this size."""
    matrix = projection_of(camera, (0, 0, *size), size) * view_of(camera)
    seen = [matrix.map(QVector3D(*corner)) for corner in itertools.product((-1.0, 1.0), (-1.0, 1.0), heights)]
    across, up = ([getattr(place, axis)() for place in seen] for axis in ("x", "y"))
    return float((max(across) - min(across)) * (max(up) - min(up)) / 4.0)


def fitted(camera: Camera, size: Size, margins_px: Margins, heights: tuple[float, float]) -> Camera:
    """Return the camera at the least distance at which the block fits between the margins, centred between them.

    Parameters
    ----------
    camera : Camera
        Gives the angles and the projection.
    size : (width, height)
        Size of the picture in pixels.
    margins_px : left, right, top, bottom
        Margins that stay free, for numbers and names.
    heights : (base, top)
        z of the block's base and top; its sides lie at -1 and 1.
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
    # A corner is inside a margin while its distance from the central ray is at most the slope times its depth.
    x_low, x_high = (across + right * towards).max(), (across - left * towards).min()
    y_low, y_high = (up + top * towards).max(), (up - bottom * towards).min()
    distance = max((x_low - x_high) / (left + right), (y_low - y_high) / (top + bottom))
    x = ((x_low - right * distance) + (x_high + left * distance)) / 2.0
    y = ((y_low - top * distance) + (y_high + bottom * distance)) / 2.0
    centre_x, centre_y, centre_z = (x * rows[0] + y * rows[1]).tolist()
    return replace(camera, distance=float(distance), centre=(centre_x, centre_y, centre_z))
