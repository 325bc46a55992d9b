"""What a stage looks like: the picture of a map with its best cell and the dimension of its border, or the curves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from engine.language.errors import FormulaError
from engine.language.types import Array
from engine.race.maps.box_dimension import BoxDimension, box_dimension
from engine.race.maps.sweep import Sweep
from gui.look.theme import Theme
from gui.views.shading.arrays import pack
from gui.views.shading.pixels import make_palette, map_colours, resample, shade
from gui.window.studies.settings_map.request import Request, Stage

DECADES = 16.0
"""Of the loss at the start, from the lightest colour to the darkest: about as many as float64 has digits."""
LEAST_PX = 3
DIMMED = 1.6
"""How many times as far as the brightest colour of divergence that of mistakes would be: all of it would be glaring."""
NO_BORDER = "The map has no border of divergence."
SETTLING = "The border of divergence is measured once the map is whole."


@dataclass(frozen=True)
class Look:
    """How a map is painted: which result, in which colours, on how many pixels, so many in a unit."""

    result: str
    theme: Theme
    pixels: tuple[int, int]
    ratio: float


@dataclass(frozen=True, eq=False)
class Best:
    """The best cell of a map: its settings, and the loss that is reached there."""

    x: float
    y: float
    loss: float


@dataclass(frozen=True, eq=False)
class Drawn:
    """A stage with its picture.

    Attributes
    ----------
    image : QImage
        Null where curves were asked for.
    best : Best or None
        None where every racer has diverged.
    border : BoxDimension or None
    words : str
        Why there is no border.
    """

    stage: Stage
    image: QImage
    best: Best | None = None
    border: BoxDimension | None = None
    words: str = ""

    @property
    def request(self) -> Request:
        """What was asked for."""
        return self.stage.request


def drawn(stage: Stage, look: Look) -> Drawn:
    """Return a stage as it is shown."""
    if len(stage.request.axes) < 2:
        return Drawn(stage, QImage())
    (sweep,) = stage.sweeps.values()
    image = _image(heights_of(sweep, stage, look.result), sweep, stage, look)
    border, words = None, SETTLING
    if stage.finished:
        try:
            border, words = box_dimension(sweep.diverges), ""
        except FormulaError:
            words = NO_BORDER
    return Drawn(stage, image, best_of(sweep), border, words)


def heights_of(sweep: Sweep, stage: Stage, result: str) -> Array:
    """Return the heights of all cells, 0..1, by the result that is shown; NaN where it has none."""
    steps = max(stage.request.steps, 1)
    with np.errstate(all="ignore"):
        if result == "steps":
            heights = np.where(np.isfinite(sweep.steps), sweep.steps / steps, np.nan)
        elif result == "escape":
            heights = np.where(sweep.diverges, np.log1p(np.minimum(sweep.escape, steps)) / np.log1p(steps), np.nan)
        else:
            heights = 1.0 + np.log10(left_of_descent(sweep)) / DECADES
    return np.clip(heights, 0.0, 1.0)


def left_of_descent(sweep: Sweep) -> Array:
    """Return what is left of the loss at the start: of the loss itself, or where that goes below 0 of the descent."""
    finite = sweep.losses[np.isfinite(sweep.losses)]
    lowest = min(float(finite.min()), 0.0) if len(finite) else 0.0
    with np.errstate(all="ignore"):
        left: Array = np.where(
            np.isfinite(sweep.losses), (sweep.losses - lowest) / (sweep.start_losses - lowest), np.nan
        )
    return left


def best_of(sweep: Sweep) -> Best | None:
    """Return the best cell: the lowest loss, and of equal ones that which reached the goal first."""
    if not np.isfinite(sweep.losses).any():
        return None
    low = sweep.losses == np.nanmin(sweep.losses)
    column, row = np.unravel_index(int(np.argmin(np.where(low, sweep.steps, np.inf))), low.shape)
    if not low[column, row]:
        column, row = np.argwhere(low)[0]
    xs, ys = sweep.axes.values()
    return Best(float(xs[column]), float(ys[row]), float(sweep.losses[column, row]))


def _image(heights: Array, sweep: Sweep, stage: Stage, look: Look) -> QImage:
    """Return the picture, row 0 at the largest y."""
    columns, rows = (max(side, LEAST_PX) for side in look.pixels)
    across = np.minimum(np.arange(columns) * heights.shape[0] // columns, heights.shape[0] - 1)
    down = np.minimum(np.arange(rows)[::-1] * heights.shape[1] // rows, heights.shape[1] - 1)
    shown = heights.T
    sharp = shown[np.ix_(down, across)].astype(np.float32)
    # Between cells that have a result the heights are even, so that contours are smooth; at its border they are not.
    unit = ((0.0, 1.0), (0.0, 1.0))
    smooth = resample(_at_corners(shown), unit, unit, columns, rows)
    both = np.where(np.isnan(smooth), sharp, smooth)
    image = QImage(columns, rows, QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.bits(), np.uint32).reshape(rows, image.bytesPerLine() // 4)[:, :columns]
    painted = shade(np.where(np.isnan(sharp), sharp, both), make_palette(look.theme), 1.0, 1.0, ratio=look.ratio)
    if look.result != "escape":
        diverged = sweep.diverges.T[np.ix_(down, across)]
        escape = sweep.escape.T[np.ix_(down, across)][diverged]
        painted[diverged] = _diverged(escape, stage.request.steps, look.theme)
    pixels[...] = painted
    return image


def _at_corners(cells: Array) -> NDArray[np.float32]:
    """Return samples whose outermost ones lie on the edges, from cells; so much is lost as half a cell at each side."""
    padded = np.pad(cells, 1, mode="edge")
    # Samples at the corners of the cells: the mean of the four around each.
    return ((padded[1:, 1:] + padded[:-1, 1:] + padded[1:, :-1] + padded[:-1, :-1]) / 4.0).astype(np.float32)


def _diverged(escape: Array, steps: int, theme: Theme) -> NDArray[np.uint32]:
    """Return the colours of racers that diverge: the sooner they left the finite numbers, the more like a hole."""
    table = map_colours(((0.0, theme.hole), (DIMMED, theme.error)), 256)
    with np.errstate(all="ignore"):
        shares = np.clip(np.log1p(escape) / np.log1p(max(steps, 2)), 0.0, 1.0)
    colours = table[(shares * 255.0).astype(np.intp)]
    return pack(colours[:, 0], colours[:, 1], colours[:, 2])
