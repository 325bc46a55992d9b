"""Loss curves as an image: thinned to what a screen can show, on axes that move rarely."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.frame import RacerFrame
from gui.views.look import RacerLook
from gui.views.painting import draw_line, painting
from gui.views.raster_layer import Drawing, Sheet

Steps = NDArray[np.int64]
Losses = NDArray[np.float64]

WIDTH_PX = 1.6
MOST_LOOKED_AT = 10_000
"""Rows of a trail that are looked at for a line: of longer trails every second, third ... one."""
MOST_POINTS = 700
"""Points a line: two for every four pixels across a wide plot."""
SMALLEST_LOSS = 1e-16
"""Losses below are drawn here: rounding decides them."""
LAST_STEPS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Where the axis of steps may end, times a power of ten: it moves seldom, and is never more than a quarter empty."""
FEWEST_STEPS = 10.0
GRIDS = (1.0, 2.0, 5.0, 10.0)
"""The axis of losses ends at multiples of one of these, times a power of ten."""
CELLS = 8
LEAST_DECADES = 0.2


@dataclass(frozen=True, eq=False)
class Curves:
    """Whose losses are drawn."""

    looks: Sequence[RacerLook]
    racers: Sequence[RacerFrame]


def draw_curves(sheet: Sheet, content: object) -> Drawing:
    """Return a line a racer of the decimal logarithm of its loss over steps, on a sheet that holds all of them.

    Losses that are not all positive are drawn as their distance from the lowest; see `lowest_drawn`.
    """
    assert isinstance(content, Curves)
    shift = lowest_drawn(content)
    pairs = [pair for pair in zip(content.looks, content.racers, strict=False) if pair[0].visible]
    lines = [log_line(racer, shift) for _, racer in pairs]
    fitted = replace(sheet, bounds=fit_bounds(lines))
    image = fitted.blank()
    with painting(image) as painter:
        for (look, _), line in zip(pairs, lines, strict=True):
            draw_line(painter, fitted.places(line), look.colour, WIDTH_PX)
    return Drawing(fitted, image, "loss − lowest" if shift else "loss")


def lowest_drawn(curves: Curves) -> float:
    """Return what is taken off every loss before its logarithm: the lowest loss, or 0 where all are positive."""
    lowest = [
        float(racer.trail.losses[:: stride(racer)].min())
        for look, racer in zip(curves.looks, curves.racers, strict=False)
        if look.visible and len(racer.trail.losses)
    ]
    return min([0.0, *lowest])


def stride(racer: RacerFrame) -> int:
    """Return which rows of a long trail are looked at: every how many."""
    return len(racer.trail.steps) // MOST_LOOKED_AT + 1


def log_line(racer: RacerFrame, shift: float) -> NDArray[np.float64]:
    """Return the points (n, 2) of a racer's line: steps, and decimal logarithms of losses less `shift`."""
    every = stride(racer)
    steps, losses = thinned(racer.trail.steps[::every], racer.trail.losses[::every])
    finite = np.isfinite(losses)
    return np.column_stack([steps[finite], np.log10(np.maximum(losses[finite] - shift, SMALLEST_LOSS))])


def thinned(steps: Steps, losses: Losses) -> tuple[Steps, Losses]:
    """Return the smallest and largest loss of each of at most `MOST_POINTS` / 2 stretches, in order."""
    stretch = len(steps) // (MOST_POINTS // 2)
    if stretch < 2:
        return steps, losses
    whole = len(steps) // stretch * stretch
    rows = losses[:whole].reshape(-1, stretch)
    first = np.arange(0, whole, stretch)
    picked = np.sort(np.concatenate([first + rows.argmin(axis=1), first + rows.argmax(axis=1), [len(steps) - 1]]))
    return steps[picked], losses[picked]


def fit_bounds(lines: Sequence[NDArray[np.float64]]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return round limits of steps and of logarithms that hold all lines."""
    points = np.vstack([*lines, np.empty((0, 2))])
    if not len(points):
        return (0.0, FEWEST_STEPS), (-1.0, 1.0)
    last = max(float(points[:, 0].max()), FEWEST_STEPS)
    power = 10.0 ** math.floor(math.log10(last))
    end = next(factor * power for factor in LAST_STEPS if factor * power >= last)
    low, high = float(points[:, 1].min()), float(points[:, 1].max())
    if high - low < LEAST_DECADES:
        middle = (low + high) / 2.0
        low, high = middle - LEAST_DECADES / 2.0, middle + LEAST_DECADES / 2.0
    cell = (high - low) / CELLS
    power = 10.0 ** math.floor(math.log10(cell))
    grid = next(factor * power for factor in GRIDS if factor * power >= cell)
    return (0.0, end), (grid * math.floor(low / grid), grid * math.ceil(high / grid))
