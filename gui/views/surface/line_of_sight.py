"""Which places on the ground a camera sees, and which are behind a hill, for the choice of a view's elevation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Point
from engine.loss.terrain import Terrain
from gui.views.surface.camera import Camera, axes_of
from gui.views.surface.scene_coordinates import RELIEF, Places, heights_at, scene_places

NEAR, FAR, STATIONS = 0.06, 3.2, 160
"""Where a line of sight is compared with the ground: from so near its end to as far as a line runs above the block, in
the scene, at so many places.  What is nearer is no hill but the wall of the hollow that the end lies in."""
MOST_MINIMA = 12
"""So many minima count: a landscape of hundreds takes no longer."""


def hidden_minima(terrain: Terrain, minima: Sequence[Point], camera: Camera) -> int:
    """Return how many of the first known minima in the domain are behind hills; of the lowest sample, without any."""
    places = scene_places(terrain, np.array(minima[:MOST_MINIMA], np.float64))
    places = places[(np.abs(places[:, :2]) <= 1.0).all(axis=1)]
    if not len(places):
        row, column = np.unravel_index(np.nan_to_num(terrain.heights, nan=np.inf).argmin(), terrain.heights.shape)
        shares = np.array([(column, row)]) / (np.array(terrain.heights.shape[::-1]) - 1)
        places = np.column_stack([2.0 * shares - 1.0, RELIEF * heights_at(terrain, shares)])
    return int(hidden(terrain.heights, places, camera).sum())


def hidden(heights: NDArray[np.float32], places: Places, camera: Camera) -> NDArray[np.bool_]:
    """Return which places are behind a hill.

    Parameters
    ----------
    heights : float32 (rows, columns)
        0..1 over the domain, which is 2 wide and 2 deep in the scene; NaN is a hole, which hides nothing.
    places : float64 (n, 3)
        Places on the ground, in the scene.
    camera : Camera

    Returns
    -------
    bool (n,)
    """
    ways = np.broadcast_to(axes_of(camera)[2], places.shape) if camera.parallel else np.array(camera.eye) - places
    ways = ways / np.linalg.norm(ways, axis=1, keepdims=True)
    line = places[:, None] + np.linspace(NEAR, FAR, STATIONS)[:, None] * ways[:, None]
    inside = (np.abs(line[..., :2]) <= 1.0).all(axis=2)
    last = np.array(heights.shape[::-1]) - 1
    columns, rows = np.moveaxis(np.rint(0.5 * last * (np.clip(line[..., :2], -1.0, 1.0) + 1.0)).astype(np.intp), 2, 0)
    found: NDArray[np.bool_] = (inside & (line[..., 2] < RELIEF * heights[rows, columns])).any(axis=1)
    return found
