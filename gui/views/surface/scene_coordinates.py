"""The coordinates of the 3-D scene: the domain reaches from -1 to 1 along x and y, heights are drawn along z."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Bounds
from engine.loss.terrain import Terrain

RELIEF, BASE = 0.74, -0.14
"""z of height 1, where height 0 has z = 0; and z of the block's base."""
FAR = 1e6
"""Largest coordinate, in widths of the domain; larger ones are clipped to it, so that they cannot overflow."""

Places = NDArray[np.float64]


def to_shares(positions: Places, bounds: Bounds) -> Places:
    """Return positions (n, 2) as shares of the domain, 0..1 inside; positions that are not finite lie far outside."""
    (x0, x1), (y0, y1) = bounds
    shares = np.nan_to_num((positions - (x0, y0)) / (x1 - x0, y1 - y0), nan=FAR, posinf=FAR, neginf=-FAR)
    limited: Places = np.clip(shares, -FAR, FAR)
    return limited


def from_shares(shares: Places, bounds: Bounds) -> Places:
    """Return shares of the domain (n, 2), 0..1 inside it, as positions (n, 2)."""
    (x0, x1), (y0, y1) = bounds
    positions: Places = np.array((x0, y0), np.float64) + shares * np.array((x1 - x0, y1 - y0), np.float64)
    return positions


def heights_at(terrain: Terrain, shares: Places) -> NDArray[np.float64]:
    """Return the heights 0..1 of the ground at shares (n, 2) of the domain, interpolated between samples.

    At the rim of a hole it is the height of the nearest sample, in the hole 0.
    """
    heights, last = terrain.heights, np.array(terrain.heights.shape[::-1]) - 1
    at = np.clip(shares, 0.0, 1.0) * last
    columns, rows = (corner := np.minimum(at.astype(np.intp), last - 1)).T
    across, up = (at - corner).T
    near = (1.0 - across) * heights[rows, columns] + across * heights[rows, columns + 1]
    far = (1.0 - across) * heights[rows + 1, columns] + across * heights[rows + 1, columns + 1]
    columns, rows = np.rint(at).astype(np.intp).T
    found = (1.0 - up) * near + up * far
    ground: NDArray[np.float64] = np.where(
        np.isfinite(found), found, np.nan_to_num(heights[rows, columns].astype(np.float64))
    )
    return ground


def scene_places(terrain: Terrain, positions: Places, losses: NDArray[np.float64] | None = None) -> Places:
    """Return the places of points in the scene.

    Parameters
    ----------
    terrain : Terrain
        The landscape of the scene.
    positions : float64 (n, 2)
        x and y, in the coordinates of the formula.
    losses : float64 (n,), optional
        Their losses, on the landscape's scale of heights; without them the points lie on the ground.

    Returns
    -------
    float64 (n, 3)
        x and y between -1 and 1 inside the domain, z between 0 and `RELIEF`.
    """
    shares = to_shares(np.asarray(positions, dtype=np.float64).reshape(-1, 2), terrain.bounds)
    if losses is None:
        heights = heights_at(terrain, shares)
    else:
        heights = np.nan_to_num(terrain.scale.heights(np.asarray(losses, dtype=np.float64)).astype(np.float64))
    return np.column_stack([2.0 * shares - 1.0, RELIEF * heights])
