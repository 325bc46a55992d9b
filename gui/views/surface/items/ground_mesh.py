"""A terrain as the shaders' input: a texture of heights, and the mesh of a block that the texture displaces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Texels = NDArray[np.float32]

MESH, SOFTWARE_MESH = 96, 64
"""Squares of the mesh along each side, with a graphics card and without: colour and light are per pixel, so more would
only cost, and without a card half of the time of a picture goes by triangles."""
FILL_ROUNDS = 6
"""Samples by which ground is carried on into a hole: more than a square of the mesh, so that its rim stays up."""
BLUR_SHARE = 0.06
"""Width of the neighbourhood whose mean decides what lies in a valley, as a share of the side."""
BLUR_SAMPLES = 4
"""Means taken on each side of one within its width: in between they hardly differ from a straight line."""
OCCLUSION = 2.6
"""How quickly ground darkens the deeper it lies below its neighbourhood."""
DARKEST_OCCLUSION, BRIGHTEST_OCCLUSION = 0.45, 1.06


def texels(heights: Texels) -> Texels:
    """Return float32 (rows, columns, 4): height, openness (0 in a hole), slope along x, slope along y.

    Slopes are heights per whole side.  Everything is finite, so that neither filtering nor lifting meets a NaN.  A lone
    row or column comes twice: then it has a slope.
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
    """Return `heights` with its ground carried on some samples into the holes, and 0 further in."""
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
    """Return how much sky each sample sees, about 1 on a plain, less in a valley: a cheap ambient occlusion."""
    rows, columns = heights.shape
    reach = max(int(BLUR_SHARE * min(rows, columns)), 1)
    step = max(reach // BLUR_SAMPLES, 1)
    blurred = _means(_means(heights, reach, step).T, reach, step).T
    blurred = _means(_means(blurred, reach // step).T, reach // step).T
    blurred = _between(_between(blurred, rows, step).T, columns, step).T
    seen: Texels = np.clip(1.0 + OCCLUSION * (heights - blurred), DARKEST_OCCLUSION, BRIGHTEST_OCCLUSION)
    return seen


def _between(rows: Texels, count: int, step: int) -> Texels:
    """Return `count` rows of which `rows` are every `step`-th, with straight lines between them."""
    place = np.arange(count)
    below = place // step
    above = np.minimum(below + 1, len(rows) - 1)
    share = ((place % step) / step).astype(np.float32)[:, None]
    low = rows[below]
    return low + share * (rows[above] - low)


def _means(heights: Texels, reach: int, step: int = 1) -> Texels:
    """Return the means of each column over `reach` samples before and after every `step`-th one.

    The first and the last sample are repeated beyond the ends.  By running sums in single precision: their error is far
    below what can be seen.  Not by products of matrices, which NumPy's library makes on threads of its own that keep
    all others waiting.
    """
    samples = len(heights)
    sums = np.cumsum(heights[np.clip(np.arange(-reach - 1, samples + reach), 0, samples - 1)], axis=0)
    means = sums[2 * reach + 1 :: step] - sums[: -2 * reach - 1 : step]
    means *= np.float32(1.0 / (2 * reach + 1))
    return means


def block(mesh: int) -> tuple[Texels, NDArray[np.uint32], int]:
    """Return a mesh of so many squares a side: corners, the triangles between them, and how many belong to the top.

    A corner is its place 0..1 across the domain, and 1 at the surface or 0 at the base.
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
    """Return the upper edge of that block as segments, float32 (n, 4): from x, y to x, y, all 0..1."""
    side = np.linspace(0.0, 1.0, mesh + 1, dtype=np.float32)
    zero, one = np.zeros_like(side), np.ones_like(side)
    edges = [np.stack(edge, axis=1) for edge in ((side, zero), (side, one), (zero, side), (one, side))]
    return np.concatenate([np.hstack([edge[:-1], edge[1:]]) for edge in edges])


def _neighbours(padded: Texels) -> Texels:
    """Return the sum of the four neighbours of each sample; the outermost ones wrap around."""
    above, below, left, right = (np.roll(padded, shift, axis) for axis in (0, 1) for shift in (-1, 1))
    return above + below + left + right
