"""Terrain heights become pixels: colour map, light, iso-lines and holes.

Heights are first brought to the screen's own pixels (`resample`), so that lines stay crisp at any zoom.
Colour and light are then one look-up: a table over 512 heights and 128 strengths of light, indexed by a single 16-bit
number a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Bounds
from gui.look.theme import Theme
from gui.views.shading.arrays import pack, shade_arrays
from gui.views.shading.levels import WHOLE, Levels
from gui.views.shading.light import BRIGHTEST, DARKEST, HEIGHT_STEPS, LIGHT_STEPS, RELIEF, VALLEY_SHADE, line_numbers
from gui.views.shading.loop import ROW_ARRAYS, shade_rows

Pixels = NDArray[np.uint32]
Heights = NDArray[np.float32]

FEWEST_PIXELS = 3
"""Each way: a slope is the difference of the pixel after and the pixel before."""


@dataclass(frozen=True)
class Palette:
    """What shading needs of a theme: the table of colours and the flat colours.

    Attributes
    ----------
    table : uint32 (HEIGHT_STEPS * LIGHT_STEPS,)
        ARGB32 by ``height_index * LIGHT_STEPS + light_index``.
    line : float32 (4,)
        Red, green, blue (0..255) and opacity (0..1) of the iso-lines.
    hole : uint32
        ARGB32 where the loss is undefined.
    """

    table: Pixels
    line: Heights
    hole: np.uint32


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0..255) of "#rrggbb"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def map_colours(stops: tuple[tuple[float, str], ...], steps: int) -> Heights:
    """Return float32 (steps, 3), red green blue 0..255, straight lines between the stops of a colour map."""
    places = [place for place, _ in stops]
    channels = np.array([rgb(colour) for _, colour in stops], np.float32)
    heights = np.linspace(0.0, 1.0, steps)
    return np.stack([np.interp(heights, places, channels[:, k]) for k in range(3)], axis=1).astype(np.float32)


@lru_cache(maxsize=8)
def make_palette(theme: Theme) -> Palette:
    """Return the palette of `theme`; made once a theme."""
    colours = map_colours(theme.terrain, HEIGHT_STEPS)
    valley = 1.0 - VALLEY_SHADE * (1.0 - np.linspace(0.0, 1.0, HEIGHT_STEPS, dtype=np.float32)) ** 2
    light = np.linspace(DARKEST, BRIGHTEST, LIGHT_STEPS, dtype=np.float32)
    lit = colours[:, None, :] * (valley[:, None] * light[None, :])[:, :, None]
    table = pack(lit[..., 0], lit[..., 1], lit[..., 2]).ravel()
    line = np.array(theme.iso_line, np.float32) * np.array([255, 255, 255, 1], np.float32)
    hole = pack(*(np.float32(channel) for channel in rgb(theme.hole)))
    return Palette(table, line, np.uint32(hole))


def resample(heights: Heights, bounds: Bounds, region: Bounds, columns: int, rows: int) -> Heights:
    """Return the heights at the middles of `rows` by `columns` pixels over `region`, row 0 on top (largest y).

    Parameters
    ----------
    heights : float32 (m, n)
        Samples over `bounds`, row 0 at its smallest y, the outermost samples on its edges.
    bounds, region : ((xmin, xmax), (ymin, ymax))
        `region` should lie within `bounds`; outside it the nearest edge is repeated.
    """
    across = _places(bounds[0], region[0], heights.shape[1], columns)
    down = _places(bounds[1], region[1], heights.shape[0], rows)
    low, share = _split(down[::-1], heights.shape[0])
    lines = heights[low] + (heights[low + 1] - heights[low]) * share[:, None]
    low, share = _split(across, heights.shape[1])
    left = np.take(lines, low, axis=1)
    right = np.take(lines, low + 1, axis=1)
    right -= left
    right *= share
    right += left
    return right


def _places(span: tuple[float, float], part: tuple[float, float], samples: int, pixels: int) -> NDArray[np.float64]:
    """Return where the middles of `pixels` over `part` lie, counted in the `samples` spread over `span`."""
    middles: NDArray[np.float64] = part[0] + (np.arange(pixels, dtype=np.float64) + 0.5) * (
        (part[1] - part[0]) / pixels
    )
    return (middles - span[0]) * ((samples - 1) / (span[1] - span[0]))


def _split(places: NDArray[np.float64], samples: int) -> tuple[NDArray[np.intp], Heights]:
    """Return the sample before each place and the share (0..1, float32) of the one after it."""
    inside = np.clip(places, 0.0, samples - 1.0)
    low = np.minimum(inside.astype(np.intp), samples - 2)
    return low, (inside - low).astype(np.float32)


def shade(
    heights: Heights, palette: Palette, width: float, height: float, pixels: Pixels | None = None,
    levels: Levels = WHOLE, ratio: float = 1.0,
) -> Pixels:  # fmt: skip
    """Return ARGB32 pixels, uint32 in the shape of `heights`; where the compiled loop is not there yet, by NumPy.

    Parameters
    ----------
    heights : float32 (rows, columns), at least `FEWEST_PIXELS` each way
        0..1, counted from the base of the levels, row 0 on top, NaN a hole.
    palette : Palette
    width, height : float
        The size in pixels that the whole landscape would have at this zoom, so that the light does not change with it.
    pixels : uint32 in the shape of `heights`, optional
        Where to write them, row after row.
    levels : Levels
        Which heights bear iso-lines.
    ratio : float
        Pixels in a widget unit, by which iso-lines are wider.
    """
    pixels = np.empty(heights.shape, np.uint32) if pixels is None else pixels
    if min(heights.shape) < FEWEST_PIXELS or pixels.shape != heights.shape:
        raise ValueError(f"Shading needs at least {FEWEST_PIXELS} pixels each way, not {heights.shape}.")
    lines = (*palette.line, *levels.numbers(), *line_numbers(ratio))
    numbers = np.array([RELIEF * width, -RELIEF * height, *lines], np.float32)
    given = int(palette.hole), np.ascontiguousarray(heights), numbers, palette.table
    if shade_rows.load():
        shade_rows(*given, *_room(heights.shape[1]), pixels)
    else:
        pixels[...] = shade_arrays(*given)
    return pixels


def _room(columns: int) -> tuple[Heights, NDArray[np.uint16]]:
    """Return what the compiled loop keeps of one row."""
    return np.empty((ROW_ARRAYS, columns), np.float32), np.empty(columns, np.uint16)
