"""The input of the ground's shaders: a texture of the terrain's heights, and the mesh of a block that it displaces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Texels = NDArray[np.float32]

MESH, SOFTWARE_MESH = 96, 64
"""Squares of the mesh along each side, with a graphics card and without.  More would look the same, because colour and
light are computed for each pixel; without a card half of the time of a picture is spent on triangles."""
FILL_ROUNDS = 6
"""Samples by which the ground is extended into a hole: more than a square of the mesh, so that the rim of the hole
keeps its height."""
BLUR_SHARE = 0.06
"""Reach of the neighbourhood whose mean height tells valleys from hills, as a share of the side."""
BLUR_SAMPLES = 4
"""Number of means within that reach; means between them are interpolated, since they hardly differ from a line."""
OCCLUSION = 2.6
"""Darkening of the ground for each unit of height by which it lies below its neighbourhood's mean."""
DARKEST_OCCLUSION, BRIGHTEST_OCCLUSION = 0.45, 1.06


def texels(heights: Texels) -> Texels:
    """Return texels, float32 (rows, columns, 4): height, openness (0 in a hole), slope along x, slope along y.

    `heights` is float32 (rows, columns), NaN in holes.  Slopes are heights per whole side.  All texels are finite,
    because filtering would spread a NaN.  A single row or column is doubled, so that it has a slope.
    """
    heights = np.repeat(np.repeat(heights, 1 + (heights.shape[0] < 2), 0), 1 + (heights.shape[1] < 2), 1)
    holes = ~np.isfinite(heights)
    whole = fill_holes(np.clip(heights, 0.0, 1.0), holes) if holes.any() else heights
    rows, columns = whole.shape
    packed = np.empty((rows, columns, 4), np.float32)
    packed[..., 0] = whole
    packed[..., 1] = openness(whole)
    packed[..., 1][holes] = 0.0
    down, right = packed[..., 3], packed[..., 2]
    down[1:-1], right[:, 1:-1] = whole[2:] - whole[:-2], whole[:, 2:] - whole[:, :-2]
    down[[0, -1]], right[:, [0, -1]] = (
        2.0 * (whole[[1, -1]] - whole[[0, -2]]),
        2.0 * (whole[:, [1, -1]] - whole[:, [0, -2]]),
    )
    right *= 0.5 * (columns - 1)
    down *= 0.5 * (rows - 1)
    return packed


def fill_holes(heights: Texels, holes: NDArray[np.bool_]) -> Texels:
    """Return `heights` with the ground extended by `FILL_ROUNDS` samples into the holes, and 0 further in."""
    known = np.pad((~holes).astype(np.float32), 1)
    filled = np.pad(np.where(holes, np.float32(0.0), heights), 1)
    for _ in range(FILL_ROUNDS):
        weight, total = _neighbours(known), _neighbours(filled * known)
        new = (known == 0.0) & (weight > 0.0)
        filled[new] = total[new] / weight[new]
        known[new] = 1.0
        for border in (np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1]):
            known[border] = 0.0
    return filled[1:-1, 1:-1]


def openness(heights: Texels) -> Texels:
    """Return an approximate ambient light of each sample: about 1 on a plain, less in a valley, more on a hill."""
    rows, columns = heights.shape
    reach = max(int(BLUR_SHARE * min(rows, columns)), 1)
    step = max(reach // BLUR_SAMPLES, 1)
    blurred = _means(_means(heights, reach, step).T, reach, step).T
    blurred = _means(_means(blurred, reach // step).T, reach // step).T
    blurred = _between(_between(blurred, rows, step).T, columns, step).T
    seen: Texels = np.clip(1.0 + OCCLUSION * (heights - blurred), DARKEST_OCCLUSION, BRIGHTEST_OCCLUSION)
    return seen


def _between(rows: Texels, count: int, step: int) -> Texels:
    """Return `count` rows interpolated linearly between `rows`, which are every `step`-th of them."""
    place = np.arange(count)
    below = place // step
    above = np.minimum(below + 1, len(rows) - 1)
    share = ((place % step) / step).astype(np.float32)[:, None]
    low = rows[below]
    return low + share * (rows[above] - low)


def _means(heights: Texels, reach: int, step: int = 1) -> Texels:
    """Return the means of each column over `reach` samples before and after every `step`-th one.

    The first and the last sample are repeated beyond the ends.  The means are differences of running sums in single
    precision, whose error is far too small to be visible.  They are not matrix products, because NumPy's library
    computes those on threads of its own, which delay all others.
    """
    samples = len(heights)
    sums = np.cumsum(heights[np.clip(np.arange(-reach - 1, samples + reach), 0, samples - 1)], axis=0)
    means = sums[2 * reach + 1 :: step] - sums[: -2 * reach - 1 : step]
    means *= np.float32(1.0 / (2 * reach + 1))
    return means


def block(mesh: int) -> tuple[Texels, NDArray[np.uint32], int]:
    """Return a block's mesh with `mesh` squares along each side: corners, corner numbers of triangles, size of the top.

    Corners are float32 (n, 3): x and y as shares 0..1 of the domain, then 1 at the surface or 0 at the base.  Triangles
    are uint32 (3 m,); the first of these numbers, as many as the third result says, belong to the top, the last six to
    the bottom.
    """
    side = np.linspace(0.0, 1.0, mesh + 1, dtype=np.float32)
    x, y = np.meshgrid(side, side)
    corners = [np.stack([x.ravel(), y.ravel(), np.ones(x.size, np.float32)], axis=1)]
    row = np.arange(mesh, dtype=np.uint32)
    square = np.array([0, 1, mesh + 1, 1, mesh + 2, mesh + 1], dtype=np.uint32)
    triangles = [(row[:, None] * (mesh + 1) + row[None, :]).reshape(-1, 1) + square]
    zero, one = np.zeros_like(side), np.ones_like(side)
    first = x.size
    for wall_x, wall_y in ((side, zero), (side, one), (zero, side), (one, side)):
        corners += [np.stack([wall_x, wall_y, height], axis=1) for height in (one, zero)]
        triangles.append(np.uint32(first) + row[:, None] + square)
        first += 2 * len(side)
    corners.append(np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]], np.float32))
    triangles.append(np.uint32(first) + np.array([[0, 1, 2, 1, 3, 2]], dtype=np.uint32))
    return np.concatenate(corners), np.concatenate(triangles).ravel(), triangles[0].size


def rim(mesh: int) -> Texels:
    """Return the upper edge of the block as segments, float32 (n, 4): from x, y to x, y in shares of the domain."""
    side = np.linspace(0.0, 1.0, mesh + 1, dtype=np.float32)
    zero, one = np.zeros_like(side), np.ones_like(side)
    edges = [np.stack(edge, axis=1) for edge in ((side, zero), (side, one), (zero, side), (one, side))]
    return np.concatenate([np.hstack([edge[:-1], edge[1:]]) for edge in edges])


def _neighbours(padded: Texels) -> Texels:
    """Return the sum of the four neighbours of each sample; at the edges the neighbours wrap around."""
    above, below, left, right = (np.roll(padded, shift, axis) for axis in (0, 1) for shift in (-1, 1))
    return above + below + left + right
