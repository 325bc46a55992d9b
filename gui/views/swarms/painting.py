"""The picture of swarms: the density of each in the colour of its racer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from engine.language.types import Bounds
from engine.machine.threads import parallel_for
from engine.race.swarm import Swarm
from gui.views.shading.pixels import rgb
from gui.views.swarms.counting import add_layers, colour_cells, count_members

MOST_CELLS = 640
"""Along the longer side of a picture: the cells of a million members."""
FEWER_CELLS = {10_000: 320, 100_000: 480}
"""Of swarms up to so many members, whose cells are larger so that a single member is seen."""
THINNEST, DENSEST = 0.3, 1.0
"""The opacity of one member of a swarm in a cell, and of the densest cell."""
THREADS = 2
"""Among which the members are shared when they are counted."""
CROWD = 0.995
"""Of the cells with members: those with more members than these look alike, as all members end in a few cells."""
RIM_SHARE = 0.7
"""Of the colour of a lone member."""
AT_ONCE = 2048
"""Members whose cells are found together: their numbers stay in the first-level cache."""
MOST_NUMBERS = 4096
"""Cells with more members look alike in any case."""


@dataclass(frozen=True, eq=False)
class SwarmImage:
    """The picture of swarms over a rectangle of the plane."""

    image: QImage
    bounds: Bounds


@dataclass(frozen=True, eq=False)
class Density:
    """How many members of a swarm lie in each cell of a rectangle.

    Attributes
    ----------
    counts : int32 (rows, columns)
        Row 0 on top.
    numbers : int32 (MOST_NUMBERS,)
        How many cells have 0, 1, ... members; cells with more count for the last.
    """

    counts: NDArray[np.int32]
    numbers: NDArray[np.int32]

    @property
    def crowded(self) -> int:
        """The number of members beyond which cells look alike, at least 2."""
        below = np.cumsum(self.numbers[1:])
        return max(int(np.searchsorted(below, CROWD * below[-1])) + 1, 2)


def cells_for(count: int, pixels: tuple[int, int]) -> tuple[int, int]:
    """Return into how many columns and rows of cells a plot of so many pixels is divided for a swarm."""
    longest = next((cells for members, cells in FEWER_CELLS.items() if count <= members), MOST_CELLS)
    share = min(longest / max(*pixels, 1), 1.0)
    columns, rows = (max(round(side * share), 1) for side in pixels)
    return columns, rows


def density_of(swarm: Swarm, bounds: Bounds, columns: int, rows: int) -> Density:
    """Return how many members lie in each of so many cells."""
    (x0, x1), (y0, y1) = bounds
    layers = np.zeros((THREADS, rows * columns + 1), np.int32)
    parts = swarm.parts()
    scale = columns / (x1 - x0), rows / (y1 - y0)

    def count(thread: int) -> None:
        room = np.empty(AT_ONCE, np.int32)
        for block, diverged, members in parts[thread::THREADS]:
            count_members(block, diverged, members, x0, y1, *scale, columns, rows, room, layers[thread])

    parallel_for(count, range(THREADS))
    numbers = np.zeros(MOST_NUMBERS, np.int32)
    add_layers(layers, numbers)
    return Density(layers[0, :-1].reshape(rows, columns), numbers)


def density_image(density: Density, colour: str, rim: str) -> QImage:
    """Return a translucent picture of a density, whose logarithm is the opacity.

    Where members are few, their colour is mixed with that of the rims of trails, by which it is seen on any landscape.
    """
    most = density.crowded
    numbers = np.arange(most + 1)
    dense = np.clip(np.log(np.maximum(numbers, 1)) / np.log(most), 0.0, 1.0)
    opacity = THINNEST + (DENSEST - THINNEST) * dense
    opacity[0] = 0.0
    share = RIM_SHARE * (1.0 - dense)
    paint, edge = (np.array(rgb(each), float)[:, np.newaxis] for each in (colour, rim))
    channels = np.vstack([np.full(len(numbers), 255.0), paint + share * (edge - paint)]) * opacity
    alpha, red, green, blue = np.rint(channels).astype(np.uint32)
    shades = alpha << np.uint32(24) | red << np.uint32(16) | green << np.uint32(8) | blue
    rows, columns = density.counts.shape
    pixels = np.empty(rows * columns, np.uint32)
    colour_cells(density.counts.reshape(-1), shades, pixels)
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.data, columns, rows, 4 * columns, form).copy()


def together(images: list[QImage]) -> QImage:
    """Return pictures of one rectangle over each other, at the size of the largest."""
    if len(images) <= 1:
        return images[0] if images else QImage()
    largest = max(images, key=lambda image: image.width())
    whole = QImage(largest.size(), largest.format())
    whole.fill(0)
    painter = QPainter(whole)
    for image in images:
        painter.drawImage(whole.rect(), image)
    painter.end()
    return whole
