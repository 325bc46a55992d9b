"""The shading of all pixels, compiled: one call, without Python's lock.

In NumPy it is forty operations on arrays, between which a thread waits for the lock each time; while a person types
or pans, when others want it too, that takes several times as long as the work itself.

Each row is three loops, of which LLVM makes loops of vectors: what a pixel's place in the table is and how much a line
covers it; the look-up in the table; the line over the colour.  In one loop the look-up, of which LLVM cannot tell that
no store changes what it reads, would keep all of it from being vectors, at an eighth of the speed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.compiled.argument_types import INTEGER, ArgumentType
from engine.compiled.driver import driver
from gui.views.shading.light import (
    AMBIENT,
    FAINTEST_LINE,
    FLATTEST,
    HEIGHT_STEPS,
    LIGHT,
    LIGHT_STEPS,
)  # fmt: skip

Reals = NDArray[np.float32]
Places = NDArray[np.uint16]
Pixels = NDArray[np.uint32]

NOTHING, HALF, ONE, FULL = map(np.float32, (0.0, 0.5, 1.0, 255.0))
HIGHEST_STEP, HIGHEST_LIGHT, LIGHTS = map(np.float32, (HEIGHT_STEPS - 1, LIGHT_STEPS - 1, LIGHT_STEPS))
LIGHT_X, LIGHT_Y, LIGHT_Z = map(np.float32, LIGHT)
AROUND, STRENGTH = np.float32(AMBIENT), np.float32((LIGHT_STEPS - 1) / (1.0 + AMBIENT))
LEAST_SLOPE, FAINTEST = map(np.float32, (FLATTEST, FAINTEST_LINE))
"""All in single precision, as pixels are: mixed with doubles, half as many fit into a vector."""
ROW_ARRAYS = 5
"""Arrays of a row's width that the loops hand on to each other."""
OPAQUE, BYTE = np.uint32(0xFF000000), np.uint32(255)
RED, GREEN = np.uint32(16), np.uint32(8)
"""Of an ARGB32 pixel: its highest byte full, and by how many bits red and green are shifted."""


@driver(
    INTEGER, ArgumentType(np.dtype(np.float32), 2), ArgumentType(np.dtype(np.float32), 1),
    ArgumentType(np.dtype(np.uint32), 1), ArgumentType(np.dtype(np.float32), 2), ArgumentType(np.dtype(np.uint16), 1),
    ArgumentType(np.dtype(np.uint32), 2),
    title="the shading",
)  # fmt: skip
def shade_rows(
    hole: int, heights: Reals, numbers: Reals, table: Pixels, room: Reals, places: Places, pixels: Pixels
) -> None:
    """Shade all rows.

    Parameters
    ----------
    hole : int
        ARGB32 where there is no height.
    heights : float32 (rows, columns), at least 3 by 3
        0..1, counted from the base of the levels, row 0 on top, NaN a hole.
    numbers : float32 (13,)
        How steep a rise of 1 a pixel is, across and down; a line's red, green, blue (0..255) and opacity (0..1); those
        of `gui.views.shading.levels.Levels`; and those of `gui.views.shading.light.line_numbers`.
    table : uint32 (HEIGHT_STEPS * LIGHT_STEPS,)
        A palette's.
    room : float32 (ROW_ARRAYS, columns), places : uint16 (columns,)
        For one row.
    pixels : uint32 (rows, columns)
        What they become.
    """
    empty = np.uint32(hole)
    rows = len(heights)
    here, above, under, right, cover = room[0], room[1], room[2], room[3], room[4]
    for row in range(rows):
        # Where it begins and ends, the ground is as steep as beside.
        inner = max(min(row, rows - 2), 1)
        fill(heights[row], here)
        fill(heights[inner - 1], above)
        fill(heights[inner + 1], under)
        rises(here, right)
        place_and_cover(here, above, under, right, numbers, places, cover)
        look_up(table, places, pixels[row])
        draw_lines(heights[row], cover, numbers, empty, pixels[row])


def fill(heights: Reals, filled: Reals) -> None:
    """Copy heights, a hole as 0."""
    for column in range(len(heights)):
        height = heights[column]
        filled[column] = height if height == height else NOTHING


def rises(here: Reals, right: Reals) -> None:
    """Write how much the ground rises to the right, by central differences."""
    last = len(here) - 1
    for column in range(1, last):
        right[column] = (here[column + 1] - here[column - 1]) * HALF
    right[0], right[last] = right[1], right[last - 1]


def place_and_cover(
    here: Reals, above: Reals, under: Reals, right: Reals, numbers: Reals, places: Places, cover: Reals
) -> None:
    """Write where in the table each pixel's colour is, and how much of it an iso-line covers, 0..1."""
    across, down, base, lines = numbers[0], numbers[1], numbers[6], numbers[7]
    faintness, first, last, reach, densest = numbers[8], numbers[9], numbers[10], numbers[11], numbers[12]
    for column in range(len(here)):
        height, rise = here[column] + base, right[column]
        fall = (under[column] - above[column]) * HALF
        # What is cut off at the ends of the scale is drawn flat.
        within = (height >= NOTHING) & (height <= ONE)
        tilt = rise * across if within else NOTHING
        lean = fall * down if within else NOTHING
        length = np.sqrt(tilt * tilt + lean * lean + ONE)
        cosine = (tilt * -LIGHT_X + lean * -LIGHT_Y + LIGHT_Z) / length
        light = np.rint(min(max((cosine + AROUND) * STRENGTH, NOTHING), HIGHEST_LIGHT))
        step = np.rint(min(max(height, NOTHING), ONE) * HIGHEST_STEP)
        # Of 16 bits, so that it lies within the table whatever the heights are.
        places[column] = np.uint16(step * LIGHTS + light)
        slope = np.sqrt(rise * rise + fall * fall) * lines
        cover[column] = covered(here[column] * lines, slope, faintness, first, last, reach, densest)


def covered(
    counted: np.float32, slope: np.float32, faintness: np.float32, first: np.float32, last: np.float32,
    reach: np.float32, densest: np.float32,
) -> np.float32:  # fmt: skip
    """Return how much of a pixel an iso-line covers: antialiased, one width at any slope."""
    nearest, steep = np.rint(counted), max(slope, LEAST_SLOPE)
    cover = min(max(reach - abs(counted - nearest) / steep, NOTHING), ONE)
    # Every second line counts as much as it is seen.
    cover = cover * min(densest / (steep * (HALF + HALF * faintness)), ONE)
    cover = cover * (ONE if np.rint(nearest * HALF) == nearest * HALF else faintness)
    off = (nearest < first) | (nearest > last) | (slope < LEAST_SLOPE)
    return NOTHING if off else cover


def look_up(table: Pixels, places: Places, pixels: Pixels) -> None:
    """Write the colours at places of the table."""
    for column in range(len(pixels)):
        pixels[column] = table[places[column]]


def draw_lines(heights: Reals, cover: Reals, numbers: Reals, empty: np.uint32, pixels: Pixels) -> None:
    """Lay the line over each pixel's colour, and the colour of holes where there is no height."""
    red, green, blue, opacity = numbers[2], numbers[3], numbers[4], numbers[5]
    for column in range(len(pixels)):
        ground, share = pixels[column], cover[column] * opacity
        mixed = OPAQUE | mix(ground >> RED & BYTE, red, share) << RED
        mixed |= mix(ground >> GREEN & BYTE, green, share) << GREEN
        mixed |= mix(ground & BYTE, blue, share)
        colour = mixed if cover[column] > FAINTEST else ground
        height = heights[column]
        pixels[column] = colour if height == height else empty


def mix(ground: np.uint32, line: np.float32, share: np.float32) -> np.uint32:
    """Return a channel with a share of the line's over it."""
    below = np.float32(ground)
    return np.uint32(np.rint(min(max(below + (line - below) * share, NOTHING), FULL)))
