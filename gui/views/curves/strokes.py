"""Loss curves as an image: each curve has at most `MOST_POINTS` points, and round limits keep the axes still.

Where the landscape's minimum is known, losses are drawn by their distance from it, on a logarithmic axis; where it is
not, they are drawn as they are: on a logarithmic axis if none is negative, else on a linear one.

The axis of losses fits the racers that have not diverged.  The curve of a diverged racer leaves the plot at the top;
losses far below all others are drawn at its lower edge.  The drawing's note mentions both.
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Sized
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.live.frame import RacerFrame
from engine.race.bands import Band
from gui.views.dashes import SOLID
from gui.views.painting import draw_line, fill_area, painting
from gui.views.racer_look import RacerLook
from gui.views.raster_layer import Drawing, Viewport

Steps = NDArray[np.int64]
Losses = NDArray[np.float64]
Line = NDArray[np.float64]
Trace: TypeAlias = "tuple[Steps, Losses]"

NO_POINTS: Line = np.empty((0, 2))
WIDTH_PX = 1.6
BAND_OPACITY, OWN_OPACITY = 0.22, 0.4
"""Opacities of a band of seeds, and of the racer's own curve where the median of its seeds is drawn too."""
LOW, MEDIAN, HIGH = 1, 2, 3
"""Columns of the array that `height_spread` returns."""
BAND_NOTE = "line: median of the seeds; band: eight of ten; faint: the racer that is drawn"
MOST_LOOKED_AT = 10_000
"""Most rows of a trail that are read for its curve, about: of longer trails only every second, third ... row is."""
MOST_POINTS = 700
"""Most points of a curve, about: two for every four pixels of the width of a wide plot."""
SMALLEST_LOSS = 1e-16
"""Smaller losses are drawn at this height, because they consist of rounding errors."""
ROUNDING = 4.0 * float(np.finfo(np.float64).eps)
"""Smallest drawn difference from the minimum, relative to it: smaller differences consist of rounding errors."""
LARGEST_LOSS = 1e300
"""Larger losses are drawn at this height, so that differences of losses stay finite."""
LAST_STEPS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Ends of the axis of steps, times a power of ten: far enough apart that it changes seldom, near enough that at most
about a quarter of it is empty."""
FEWEST_STEPS = 10.0
GRIDS = (1.0, 2.0, 5.0, 10.0)
"""Grid widths, times a power of ten: the axis of losses begins and ends at multiples of one."""
CELLS = 8
LEAST_DECADES = 1.0
LEAST_SPAN = 1e-6
"""Least span of a linear axis, relative to the largest loss on it."""
MOST_DECADES = 12.0
"""Most decades of a logarithmic axis: further below its top are only rounding errors of racers at the minimum."""
MOST_RISE = 6.0
"""Decades above the start to which the axis follows a racer that has not diverged."""
HEADROOM = 1.0
"""Decades above all other curves within which a curve that leaves the plot can still be seen."""
FLOOR_PX = 1.0
DIVERGED = "diverged"
MANY = 3
"""From so many racers on, the note gives their number in place of their names."""


@dataclass(frozen=True, eq=False)
class Curves:
    """The racers whose losses are drawn, their looks, and the landscape's minimum, None where it is not known."""

    looks: Sequence[RacerLook]
    racers: Sequence[RacerFrame]
    minimum: float | None = None


@dataclass(frozen=True, eq=False)
class CurveDrawing(Drawing):
    """A drawing of loss curves, and whether its axis of losses is logarithmic."""

    logarithmic: bool = True


@dataclass(frozen=True)
class LossScale:
    """The map from a loss to the height at which it is drawn.

    Attributes
    ----------
    minimum : float
        Subtracted from every loss before its logarithm is taken; 0 where no minimum is known.
    logarithmic : bool
        Whether the height is the decimal logarithm of that difference, or the loss itself.
    """

    minimum: float = 0.0
    logarithmic: bool = True

    def heights(self, losses: Losses) -> Losses:
        """Return the heights (n,) of losses (n,), all of them finite."""
        if not self.logarithmic:
            return np.clip(losses, -LARGEST_LOSS, LARGEST_LOSS)
        above = np.minimum(losses, LARGEST_LOSS) - self.minimum
        heights: Losses = np.log10(np.maximum(above, max(SMALLEST_LOSS, ROUNDING * abs(self.minimum))))
        return heights

    def span(self, lines: Sequence[Line], diverged: Sequence[bool]) -> tuple[float, float]:
        """Return the lowest and the highest height of these lines that the axis must show."""
        return log_span(lines, diverged) if self.logarithmic else linear_span(lines, diverged)

    def least_span(self, low: float, high: float) -> float:
        """Return the least span of an axis that shows the heights from `low` to `high`."""
        return LEAST_DECADES if self.logarithmic else max(LEAST_SPAN * max(abs(low), abs(high)), SMALLEST_LOSS)

    def headroom(self, floor: float, ceiling: float) -> float:
        """Return how far above the end of the axis a curve that leaves the plot is still drawn."""
        return HEADROOM if self.logarithmic else (ceiling - floor) / CELLS


def draw_curves(viewport: Viewport, content: Curves) -> CurveDrawing:
    """Return the curves of all visible racers, on a viewport whose limits fit them; `loss_scale` chooses the scale."""
    pairs = [pair for pair in zip(content.looks, content.racers, strict=False) if pair[0].visible]
    traces = [trace(racer) for _, racer in pairs]
    scale = loss_scale(content.minimum, traces, [racer.band for _, racer in pairs])
    lines = height_lines(traces, scale)
    spreads = [height_spread(racer.band, scale) if racer.band is not None else None for _, racer in pairs]
    diverged = [racer.status.startswith(DIVERGED) for _, racer in pairs]
    span = scale.span([*lines, *edges(spreads)], [*diverged, *[False] * len(edges(spreads))])
    fitted = replace(viewport, bounds=fit_bounds(lines, span, scale.least_span(*span)))
    (floor, ceiling), height = fitted.bounds[1], fitted.size[1]
    lowest = floor + FLOOR_PX * (ceiling - floor) / max(height, 1.0)
    limits = lowest, ceiling + scale.headroom(floor, ceiling)
    image = fitted.blank()
    with painting(image) as painter:
        for (look, _), spread in zip(pairs, spreads, strict=True):
            if spread is not None:
                around = np.vstack([spread[:, (0, LOW)], spread[::-1, (0, HIGH)]])
                fill_area(painter, _places(fitted, around, limits), look.colour, BAND_OPACITY)
        drawn = _parted(_places(fitted, np.vstack([NO_POINTS, *lines]), limits), lines)
        for (look, _), own, spread in zip(pairs, drawn, spreads, strict=True):
            draw_line(painter, own, look.colour, WIDTH_PX, 1.0 if spread is None else OWN_OPACITY, look.dash or SOLID)
            if spread is not None:
                median = _places(fitted, spread[:, (0, MEDIAN)], limits)
                draw_line(painter, median, look.colour, WIDTH_PX, dash=look.dash or SOLID)
    outside = left_out([look.name for look, _ in pairs], lines, (floor, ceiling), scale)
    notes = [minimum_note(scale), outside, BAND_NOTE if edges(spreads) else ""]
    caption = "loss − minimum" if scale.minimum else "loss"
    return CurveDrawing(fitted, image, caption, "; ".join(filter(None, notes)), scale.logarithmic)


def loss_scale(minimum: float | None, traces: Sequence[Trace], bands: Sequence[Band | None]) -> LossScale:
    """Return the scale of the axis: logarithmic if the minimum is known or no loss is negative, else linear."""
    if minimum is not None:
        # A minimum nearer to 0 than the smallest drawn loss would not move any curve visibly.
        return LossScale(minimum if abs(minimum) >= SMALLEST_LOSS else 0.0)
    lowest = [float(losses.min()) for _, losses in traces if len(losses)]
    lowest += [float(band.low.min()) for band in bands if band is not None and len(band.low)]
    return LossScale(logarithmic=min(lowest, default=0.0) >= 0.0)


def minimum_note(scale: LossScale) -> str:
    """Return a note with the minimum that is subtracted from losses, "" where it is 0 or not known."""
    return f"minimum {scale.minimum:.5g}".replace("-", "−") if scale.minimum else ""


def _places(viewport: Viewport, line: Line, limits: tuple[float, float]) -> Line:
    """Return the points of a line in pixels of the viewport, their heights clipped to the `limits`."""
    return viewport.places(np.column_stack([line[:, 0], np.clip(line[:, 1], *limits)]))


def height_spread(band: Band, scale: LossScale) -> Line:
    """Return a band as (n, 4): steps, then heights in the columns `LOW`, `MEDIAN` and `HIGH`."""
    losses = np.column_stack([band.low, band.median, band.high])
    return np.column_stack([band.steps, scale.heights(losses)])


def edges(spreads: Sequence[Line | None]) -> list[Line]:
    """Return the finite points of the lower and upper edges of the bands, two lines for each band."""
    found = [spread[:, (0, column)] for spread in spreads if spread is not None for column in (LOW, HIGH)]
    return [edge[np.isfinite(edge[:, 1])] for edge in found]


def log_span(lines: Sequence[Line], diverged: Sequence[bool]) -> tuple[float, float]:
    """Return the lowest and the highest logarithm that a logarithmic axis shows of these lines.

    The top is the highest start or finite rise of a racer that has not diverged, plus headroom for those that have.
    """
    known = [(line[:, 1], lost) for line, lost in zip(lines, diverged, strict=True) if len(line)]
    if not known:
        return -1.0, 1.0
    start = max(float(heights[0]) for heights, _ in known)
    top = max([start, *(min(float(heights.max()), start + MOST_RISE) for heights, lost in known if not lost)])
    highest = max(float(heights.max()) for heights, _ in known)
    top = min(top + HEADROOM, highest)
    bottom = min(float(heights.min()) for heights, _ in known)
    return max(bottom, top - MOST_DECADES), top


def linear_span(lines: Sequence[Line], diverged: Sequence[bool]) -> tuple[float, float]:
    """Return the lowest and the highest loss of the lines that have not diverged, and of every start."""
    known = [(line[:, 1], lost) for line, lost in zip(lines, diverged, strict=True) if len(line)]
    shown = [heights[:1] if lost else heights for heights, lost in known]
    low = min((float(heights.min()) for heights in shown), default=-1.0)
    return low, max((float(heights.max()) for heights in shown), default=1.0)


def left_out(names: Sequence[str], lines: Sequence[Line], span: tuple[float, float], scale: LossScale) -> str:
    """Return a note on the curves that leave the axis above or below, "" where all fit."""
    floor, ceiling = span
    above = [name for name, line in zip(names, lines, strict=True) if len(line) and line[:, 1].max() > ceiling]
    parts = []
    if above:
        leave = "leaves" if len(above) == 1 else "leave"
        parts.append(f"{' and '.join(above) if len(above) < MANY else f'{len(above)} racers'} {leave} the plot above")
    if any(len(line) and line[:, 1].min() < floor for line in lines):
        lowest = f"1e{round(floor)}" if scale.logarithmic else f"{floor:g}"
        parts.append(f"below {lowest} on the floor".replace("-", "−"))
    return "; ".join(parts)


def stride(racer: RacerFrame) -> int:
    """Return the distance between the rows of a trail that are read for its curve."""
    return len(racer.trail.steps) // MOST_LOOKED_AT + 1


def trace(racer: RacerFrame) -> Trace:
    """Return the steps and the finite losses of a racer's curve, thinned to what a screen can show."""
    every = stride(racer)
    steps, losses = thinned(racer.trail.steps[::every], racer.trail.losses[::every])
    finite = np.isfinite(losses)
    return (steps, losses) if finite.all() else (steps[finite], losses[finite])


def height_lines(traces: Sequence[Trace], scale: LossScale) -> list[Line]:
    """Return the points (n, 2) of each racer's line: steps, and heights of losses.

    All losses are computed in one array, because NumPy releases the GIL for each array and waits to get it back.
    """
    points = np.vstack([NO_POINTS, *(np.column_stack(pair) for pair in traces)])
    points[:, 1] = scale.heights(points[:, 1])
    return _parted(points, [losses for _, losses in traces])


def _parted(points: Line, parts: Sequence[Sized]) -> list[Line]:
    """Return `points` split into parts that are as long as `parts`."""
    ends = np.cumsum([len(part) for part in parts]).tolist()
    return [points[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]


def thinned(steps: Steps, losses: Losses) -> tuple[Steps, Losses]:
    """Return the smallest and the largest loss of each of about `MOST_POINTS` / 2 stretches, and the last, in order."""
    stretch = len(steps) // (MOST_POINTS // 2)
    if stretch < 2:
        return steps, losses
    whole = len(steps) // stretch * stretch
    rows = losses[:whole].reshape(-1, stretch)
    first = np.arange(0, whole, stretch)
    picked = np.sort(np.concatenate([first + rows.argmin(axis=1), first + rows.argmax(axis=1), [len(steps) - 1]]))
    return steps[picked], losses[picked]


def fit_bounds(
    lines: Sequence[Line], span: tuple[float, float], least: float = LEAST_DECADES
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return round limits of steps and of heights.

    The first include all steps of the lines; the second include `span` and are at least `least` apart.
    """
    last = max([FEWEST_STEPS, *(float(line[-1, 0]) for line in lines if len(line))])
    power = 10.0 ** math.floor(math.log10(last))
    end = next(factor * power for factor in LAST_STEPS if factor * power >= last)
    low, high = span
    if high - low < least:
        middle = (low + high) / 2.0
        low, high = middle - least / 2.0, middle + least / 2.0
    cell = (high - low) / CELLS
    power = 10.0 ** math.floor(math.log10(cell))
    grid = next(factor * power for factor in GRIDS if factor * power >= cell)
    return (0.0, end), (grid * math.floor(low / grid), grid * math.ceil(high / grid))
