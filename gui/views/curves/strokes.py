"""Loss curves as an image: each curve has at most `MOST_POINTS` points, and round limits keep the axes still.

Where the landscape's minimum is known, losses are drawn by their distance from it, on a logarithmic axis; where it is
not, they are drawn as they are: on a logarithmic axis if none is negative, else on a linear one.

The axis of losses fits the racers that stay below their start.  The curve of another leaves the plot at the top, under
an arrow; losses far below all others are drawn at its lower edge.  The drawing's note mentions both.
"""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from engine.language.types import Bounds
from engine.live.frame import RacerFrame
from engine.race.bands import Band
from gui.views.curves.loss_scale import FEWEST_STEPS, Line, Losses, LossScale, fit_bounds, loss_scale
from gui.views.curves.number_axes import plain_text, power_text
from gui.views.curves.progress import Progress
from gui.views.dashes import SOLID
from gui.views.painting import draw_line, fill_area, painting
from gui.views.racer_look import RacerLook
from gui.views.raster_layer import Drawing, Viewport

Steps = NDArray[np.int64]
Trace: TypeAlias = "tuple[Steps, Losses]"

NO_POINTS: Line = np.empty((0, 2))
WIDTH_PX, RAISED_PX = 1.6, 2.8
"""Widths of a curve, and of that of the racer that is pointed at."""
BAND_OPACITY, OWN_OPACITY, FADED_OPACITY = 0.22, 0.4, 0.25
"""Opacities of a band of seeds, of the racer's own curve where the median of its seeds is drawn too, and of racers
while another one is pointed at, as a share of what they have otherwise."""
LOW, MEDIAN, HIGH = 1, 2, 3
"""Columns of the array that `height_spread` returns."""
BAND_NOTE = "line: median of the seeds; band: eight of ten; faint: the racer that is drawn"
MOST_LOOKED_AT = 10_000
"""Most rows of a trail that are read for its curve, about: of longer trails only every second, third ... row is."""
MOST_POINTS = 700
"""Most points of a curve, about: two for every four pixels of the width of a wide plot."""
FLOOR_PX = 1.0
ARROW_PX, ARROW_GAP_PX = (4.0, 8.0), 10.0
"""Half the width and the height of the arrow where a curve leaves the plot, and the distance between two of them."""
DIVERGED = "diverged"
MANY = 3
"""From so many racers on, the note gives their number in place of their names."""


@dataclass(frozen=True, eq=False)
class Curves:
    """The racers whose losses are drawn, and how.

    Attributes
    ----------
    minimum : float or None
        The landscape's, None where it is not known.
    linear : bool
        Whether the axis of losses is to be linear.
    progress : Progress
        What the curves run along.
    end : float
        Where the other axis must at least end, in its unit.
    zoomed : bool
        Whether the visible part of the axes is to be drawn as it is, in place of everything.
    """

    looks: Sequence[RacerLook]
    racers: Sequence[RacerFrame]
    minimum: float | None = None
    linear: bool = False
    progress: Progress = field(default_factory=Progress)
    end: float = 0.0
    zoomed: bool = False

    def visible(self) -> list[tuple[RacerLook, RacerFrame]]:
        """Return the visible racers; the one that is pointed at comes last and so is drawn on top."""
        pairs = [pair for pair in zip(self.looks, self.racers, strict=False) if pair[0].visible]
        return sorted(pairs, key=lambda pair: pair[0].raised)


@dataclass(frozen=True, eq=False)
class CurveDrawing(Drawing):
    """A drawing of loss curves.

    Attributes
    ----------
    scale : LossScale
        The axis of losses.
    whole : Bounds
        The limits of the axes that show everything.
    last : float
        Where the longest curve ends.
    content : Curves
        What was drawn.
    """

    scale: LossScale = field(default_factory=LossScale)
    whole: Bounds = ((0.0, 1.0), (0.0, 1.0))
    last: float = 0.0
    content: Curves = field(default_factory=lambda: Curves((), ()))

    @property
    def logarithmic(self) -> bool:
        """Whether the axis of losses is logarithmic."""
        return self.scale.logarithmic


def draw_curves(viewport: Viewport, content: Curves) -> CurveDrawing:
    """Return the curves of all visible racers, on a viewport whose limits fit them; `loss_scale` chooses the scale."""
    pairs, progress = content.visible(), content.progress
    traces = [trace(racer) for _, racer in pairs]
    scale = loss_scale(content.minimum, [losses for _, losses in traces], [racer.band for _, racer in pairs],
                       content.linear)  # fmt: skip
    lines = height_lines(pairs, traces, scale, progress)
    spreads = [height_spread(racer, scale, progress) for _, racer in pairs]
    whole, last = _whole_bounds(content, pairs, lines, spreads, scale)
    fitted = viewport if content.zoomed else replace(viewport, bounds=whole)
    drawn = _zoomed_lines(fitted, pairs, scale, progress) if content.zoomed else lines
    image = fitted.blank()
    with painting(image) as painter:
        _paint(painter, fitted, [look for look, _ in pairs], drawn, spreads, _limits(viewport, whole, scale))
        if not content.zoomed:
            _paint_arrows(painter, fitted, [look for look, _ in pairs], lines)
    outside = left_out([look.name for look, _ in pairs], lines, whole[1], scale)
    notes = [minimum_note(scale), outside, BAND_NOTE if edges(spreads) else ""]
    note = "; ".join(filter(None, notes))
    return CurveDrawing(fitted, image, scale.caption, note, scale, whole, last, content)


def _whole_bounds(
    content: Curves, pairs: Sequence[tuple[RacerLook, RacerFrame]], lines: Sequence[Line],
    spreads: Sequence[Line | None], scale: LossScale,
) -> tuple[Bounds, float]:  # fmt: skip
    """Return the limits of the axes that show everything, and where the longest curve ends."""
    diverged = [racer.status.startswith(DIVERGED) for _, racer in pairs]
    span = scale.span([*lines, *edges(spreads)], [*diverged, *[False] * len(edges(spreads))])
    last = max([0.0, *(float(line[-1, 0]) for line in lines if len(line))])
    first = content.progress.place_of(1)
    fewest = FEWEST_STEPS * (first if first is not None else 1.0)
    return fit_bounds(max(last, content.end), span, scale.least_span(*span), fewest), last


def _limits(viewport: Viewport, whole: Bounds, scale: LossScale) -> tuple[float, float]:
    """Return between which heights curves are drawn: from just above the floor to where they have left the plot."""
    floor, ceiling = whole[1]
    lowest = floor + FLOOR_PX * (ceiling - floor) / max(viewport.size[1], 1.0)
    return lowest, ceiling + scale.headroom(floor, ceiling)


def _paint(
    painter: QPainter, viewport: Viewport, looks: Sequence[RacerLook], lines: Sequence[Line],
    spreads: Sequence[Line | None], limits: tuple[float, float],
) -> None:  # fmt: skip
    """Paint all bands, and over them all curves."""
    for look, spread in zip(looks, spreads, strict=True):
        if spread is not None:
            around = np.vstack([spread[:, (0, LOW)], spread[::-1, (0, HIGH)]])
            fill_area(painter, _places(viewport, around, limits), look.colour, BAND_OPACITY * _share(look))
    places = _parted(_places(viewport, np.vstack([NO_POINTS, *lines]), limits), lines)
    for look, own, spread in zip(looks, places, spreads, strict=True):
        width, opacity = look.magnification * (RAISED_PX if look.raised else WIDTH_PX), _share(look)
        own_opacity = opacity if spread is None else OWN_OPACITY * opacity
        draw_line(painter, own, look.colour, width, own_opacity, look.dash or SOLID)
        if spread is not None:
            median = _places(viewport, spread[:, (0, MEDIAN)], limits)
            draw_line(painter, median, look.colour, width, opacity, look.dash or SOLID)


def _paint_arrows(painter: QPainter, viewport: Viewport, looks: Sequence[RacerLook], lines: Sequence[Line]) -> None:
    """Paint an arrow at the top where each curve leaves the plot for good."""
    ceiling, taken = viewport.bounds[1][1], list[float]()
    for look, line in zip(looks, lines, strict=True):
        if not len(line) or line[-1, 1] <= ceiling:
            continue
        inside = np.flatnonzero(line[:, 1] <= ceiling)
        place = viewport.places(line[[inside[-1] if len(inside) else 0]])[0, 0]
        place = min(max(float(place), ARROW_PX[0]), viewport.size[0] - ARROW_PX[0])
        while any(abs(place - other) < ARROW_GAP_PX for other in taken):
            place += ARROW_GAP_PX
        taken.append(place)
        half, height = ARROW_PX
        corners = np.array([(place, 0.0), (place - half, height), (place + half, height)])
        fill_area(painter, corners, look.colour, _share(look))


def _share(look: RacerLook) -> float:
    """Return the opacity of a racer, as a share of what it has while none is pointed at."""
    return FADED_OPACITY if look.faded else 1.0


def minimum_note(scale: LossScale) -> str:
    """Return a note with the minimum that is subtracted from losses, "" where it is 0 or not known."""
    return f"minimum {scale.minimum:.5g}".replace("-", "−") if scale.minimum and scale.logarithmic else ""


def _places(viewport: Viewport, line: Line, limits: tuple[float, float]) -> Line:
    """Return the points of a line in pixels of the viewport, their heights clipped to the `limits`."""
    return viewport.places(np.column_stack([line[:, 0], np.clip(line[:, 1], *limits)]))


def height_spread(racer: RacerFrame, scale: LossScale, progress: Progress) -> Line | None:
    """Return the band of a racer as (n, 4): places along the axis, then heights in `LOW`, `MEDIAN` and `HIGH`."""
    band: Band | None = racer.band
    if band is None:
        return None
    losses = np.column_stack([band.low, band.median, band.high])
    return np.column_stack([progress.along(racer, band.steps), scale.heights(losses)])


def edges(spreads: Sequence[Line | None]) -> list[Line]:
    """Return the finite points of the lower and upper edges of the bands, two lines for each band."""
    found = [spread[:, (0, column)] for spread in spreads if spread is not None for column in (LOW, HIGH)]
    return [edge[np.isfinite(edge[:, 1])] for edge in found]


def left_out(names: Sequence[str], lines: Sequence[Line], span: tuple[float, float], scale: LossScale) -> str:
    """Return a note on the curves that leave the axis above or below, "" where all fit."""
    floor, ceiling = span
    above = [name for name, line in zip(names, lines, strict=True) if len(line) and line[:, 1].max() > ceiling]
    parts = []
    if above:
        leave = "leaves" if len(above) == 1 else "leave"
        parts.append(f"{' and '.join(above) if len(above) < MANY else f'{len(above)} racers'} {leave} the plot above")
    if any(len(line) and line[:, 1].min() < floor for line in lines):
        lowest = power_text(round(floor)) if scale.logarithmic else plain_text(floor)
        parts.append(f"below {lowest} on the floor")
    return "; ".join(parts)


def trace(racer: RacerFrame, begin: int = 0, end: int | None = None) -> Trace:
    """Return the steps and the finite losses of a racer's curve, thinned to what a screen can show.

    `begin` and `end` are the numbers of the first row of its trail and of that after the last.
    """
    rows = slice(begin, end)
    steps, losses = racer.trail.steps[rows], racer.trail.losses[rows]
    every = len(steps) // MOST_LOOKED_AT + 1
    steps, losses = thinned(steps[::every], losses[::every])
    finite = np.isfinite(losses)
    return (steps, losses) if finite.all() else (steps[finite], losses[finite])


def height_lines(
    pairs: Sequence[tuple[RacerLook, RacerFrame]], traces: Sequence[Trace], scale: LossScale, progress: Progress
) -> list[Line]:
    """Return the points (n, 2) of each racer's line: places along the axis, and heights of losses.

    All losses are computed in one array, because NumPy releases the GIL for each array and waits to get it back.
    """
    parts = zip(pairs, traces, strict=True)
    along = [np.column_stack([progress.along(racer, steps), losses]) for (_, racer), (steps, losses) in parts]
    points = np.vstack([NO_POINTS, *along])
    points[:, 1] = scale.heights(points[:, 1])
    return _parted(points, [losses for _, losses in traces])


def _zoomed_lines(
    viewport: Viewport, pairs: Sequence[tuple[RacerLook, RacerFrame]], scale: LossScale, progress: Progress
) -> list[Line]:
    """Return the lines of the visible part, with a point beyond each of its ends, thinned for that part alone."""
    first, last = viewport.bounds[0]
    traces = []
    for _, racer in pairs:
        begin = racer.trail.rows_after(progress.step_at(racer, first)) - 2
        end = racer.trail.rows_after(progress.step_at(racer, last)) + 2
        traces.append(trace(racer, max(begin, 0), end))
    return height_lines(pairs, traces, scale, progress)


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
