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
from gui.views.swarms.counting import count_members

MOST_CELLS = 640
"""Along the longer side of a picture: the cells of a million members."""
FEWER_CELLS = {10_000: 320, 100_000: 480}
"""Of swarms up to so many members, whose cells are larger so that a single member is seen."""
THINNEST, DENSEST = 0.3, 1.0
"""The opacity of one member of a swarm in a cell, and of the densest cell."""
THREADS = 2
"""Among which the members are shared when they are counted."""
CROWD = 99.5
"""The percentile of the counts beyond which cells look alike: all members end in a few cells."""
RIM_SHARE = 0.7
"""Of the colour of a lone member."""
Counts = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class SwarmImage:
    """The picture of swarms over a rectangle of the plane."""

    image: QImage
    bounds: Bounds


def cells_for(count: int, pixels: tuple[int, int]) -> tuple[int, int]:
    """Return into how many columns and rows of cells a plot of so many pixels is divided for a swarm."""
    longest = next((cells for members, cells in FEWER_CELLS.items() if count <= members), MOST_CELLS)
    share = min(longest / max(*pixels, 1), 1.0)
    columns, rows = (max(round(side * share), 1) for side in pixels)
    return columns, rows


def counts_of(swarm: Swarm, bounds: Bounds, columns: int, rows: int) -> Counts:
    """Return how many members lie in each cell, int32 (rows, columns), row 0 on top."""
    (x0, x1), (y0, y1) = bounds
    counts = np.zeros((THREADS, rows, columns), np.int32)
    parts = swarm.parts()

    def count(thread: int) -> None:
        for block, diverged, members in parts[thread::THREADS]:
            count_members(block, diverged, members, x0, y1, columns / (x1 - x0), rows / (y1 - y0), counts[thread])

    parallel_for(count, range(THREADS))
    whole: Counts = counts.sum(axis=0, dtype=np.int32)
    return whole


def density_image(counts: Counts, colour: str, rim: str) -> QImage:
    """Return a translucent picture of counts: the logarithm of the density is the opacity.

    Where members are few, their colour is mixed with that of the rims of trails, by which it is seen on any landscape.
    """
    seen = counts[counts > 0]
    most = max(float(np.percentile(seen, CROWD)), 2.0) if len(seen) else 2.0
    numbers = np.arange(int(most) + 1)
    dense = np.clip(np.log(np.maximum(numbers, 1)) / np.log(most), 0.0, 1.0)
    opacity = THINNEST + (DENSEST - THINNEST) * dense
    opacity[0] = 0.0
    share = RIM_SHARE * (1.0 - dense)
    paint, edge = (np.array(rgb(each), float)[:, np.newaxis] for each in (colour, rim))
    channels = np.vstack([np.full(len(numbers), 255.0), paint + share * (edge - paint)]) * opacity
    alpha, red, green, blue = np.rint(channels).astype(np.uint32)
    shades = alpha << np.uint32(24) | red << np.uint32(16) | green << np.uint32(8) | blue
    pixels = shades[np.minimum(counts, int(most))]
    rows, columns = pixels.shape
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(np.ascontiguousarray(pixels).tobytes(), columns, rows, 4 * columns, form).copy()


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
