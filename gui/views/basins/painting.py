"""The picture of a basin map, a pixel a start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from engine.language.types import Bounds, Point
from engine.race.maps.basins import Basins
from engine.race.maps.settling import DIVERGED as DIVERGED_LABEL
from engine.race.maps.settling import MOVING as MOVING_LABEL
from gui.look.theme import Theme
from gui.views.basins.colours import DIVERGED, MOVING, minimum_colour
from gui.views.shading.arrays import pack
from gui.views.shading.pixels import rgb

TONES = 64
"""Steps of brightness."""
DARKEST = {"dark": 0.45, "light": 0.6}
"""The brightness of a start from which the last step was the first at a minimum."""
NO_MINIMUM = 2
"""Rows of the table before those of the minima: still moving, and diverged."""


@dataclass(frozen=True)
class KeyRow:
    """A minimum as the key names it: its colour, its place, its loss, and the share of starts that settle there."""

    colour: str
    place: Point
    loss: float
    share: float


@dataclass(frozen=True, eq=False)
class MapImage:
    """A basin map as it is shown: an image over a rectangle of the plane, and what its colours say.

    Attributes
    ----------
    diverged, moving : float
        The shares of starts that diverge, and that reach no minimum.
    resting : float
        The share of starts that are at rest where no minimum is.
    """

    image: QImage
    bounds: Bounds
    key: tuple[KeyRow, ...]
    diverged: float
    moving: float
    resting: float


def map_image(basins: Basins, bounds: Bounds, steps: int, numbers: Sequence[int], theme: Theme) -> MapImage:
    """Return the picture of a map over `bounds` after so many steps.

    Parameters
    ----------
    numbers : sequence of int
        The number of the colour of each minimum.
    """
    colours = [minimum_colour(number, theme) for number in numbers]
    flat = [MOVING[theme.name], DIVERGED[theme.name]]
    paints = np.array([rgb(colour) for colour in (*flat, *colours)], np.float64)
    tones = np.linspace(1.0, DARKEST[theme.name], TONES)[:, np.newaxis] * np.ones(3)
    table = paints[:, np.newaxis] * tones
    # Starts at no minimum have one brightness: no step is that of an arrival.
    table[:NO_MINIMUM] = paints[:NO_MINIMUM, np.newaxis]
    packed = pack(table[..., 0], table[..., 1], table[..., 2]).ravel()
    late = np.sqrt(np.minimum(basins.steps, steps) / max(steps, 1))
    tone = np.rint(late * (TONES - 1)).astype(np.intp)
    rows = np.where(basins.labels < 0, basins.labels - MOVING_LABEL, basins.labels + NO_MINIMUM)
    pixels = packed[rows * TONES + tone][::-1]
    height, width = pixels.shape
    image = QImage(np.ascontiguousarray(pixels).tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32).copy()
    shares = [float((basins.labels == label).mean()) for label in (DIVERGED_LABEL, MOVING_LABEL, *range(len(colours)))]
    places = zip(colours, basins.minima.tolist(), basins.minimum_losses.tolist(), shares[NO_MINIMUM:], strict=True)
    key = tuple(KeyRow(colour, (x, y), loss, share) for colour, (x, y), loss, share in places)
    resting = float((basins.resting & (basins.labels == MOVING_LABEL)).mean())
    return MapImage(image, bounds, key, shares[0], shares[1], resting)
