"""Curves of a quantity as an image: x is solid and y dashed, each in its racer's colour, on axes that fit them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from engine.live.frame import RacerFrame
from engine.race.curves.quantities import DERIVED
from engine.race.curves.series import QuantityCurve
from gui.views.curves.loss_scale import LEAST_DECADES, LEAST_SPAN, MOST_DECADES, SMALLEST_LOSS, Line, fit_bounds
from gui.views.curves.progress import Progress
from gui.views.curves.strokes import FADED_OPACITY, RAISED_PX, WIDTH_PX
from gui.views.dashes import SOLID, Dash
from gui.views.painting import draw_line, painting
from gui.views.racer_look import RacerLook
from gui.views.raster_layer import Drawing, Viewport

SECOND = Dash((5.0, 4.0), "- - -")
"""The pattern of the second of two curves of a racer."""
LOGARITHMIC_FROM = 100.0
"""Values none of which is negative are drawn in decades where the largest is so many times the smallest."""


@dataclass(frozen=True, eq=False)
class QuantityCurves:
    """The racers whose curves are drawn.

    Attributes
    ----------
    quantity : str
        As in `engine.race.curves.quantities`.
    progress : Progress
        What the curves run along.
    """

    quantity: str = ""
    looks: Sequence[RacerLook] = ()
    racers: Sequence[RacerFrame] = ()
    progress: Progress = field(default_factory=Progress)

    def visible(self) -> list[tuple[int, RacerLook, RacerFrame, QuantityCurve]]:
        """Return the visible racers that have the quantity; the one that is pointed at comes last."""
        pairs = enumerate(zip(self.looks, self.racers, strict=False))
        found = [
            (n, look, racer, racer.drawn) for n, (look, racer) in pairs if look.visible and racer.drawn is not None
        ]
        return sorted(found, key=lambda each: each[1].raised)


@dataclass(frozen=True, eq=False)
class QuantityDrawing(Drawing):
    """A drawing of the curves of a quantity.

    Attributes
    ----------
    content : QuantityCurves
        What was drawn.
    logarithmic : bool
        Whether heights are decimal logarithms.
    """

    content: QuantityCurves = field(default_factory=QuantityCurves)
    logarithmic: bool = False


def draw_quantity(viewport: Viewport, content: QuantityCurves) -> QuantityDrawing:
    """Return the curves of all racers that have the quantity, on a viewport whose heights fit them."""
    shown = content.visible()
    logarithmic = is_logarithmic(content.quantity, [curve.values for *_, curve in shown])
    lines = [_lines(content.progress, racer, curve, logarithmic) for _, _, racer, curve in shown]
    up = fitted_span([line for each in lines for line in each], logarithmic)
    fitted = replace(viewport, bounds=(viewport.bounds[0], up))
    image = fitted.blank()
    with painting(image) as painter:
        for (_, look, *_), each in zip(shown, lines, strict=True):
            width = look.magnification * (RAISED_PX if look.raised else WIDTH_PX)
            opacity = FADED_OPACITY if look.faded else 1.0
            for line, dash in zip(each, (SOLID, SECOND), strict=False):
                for piece in finite_pieces(line):
                    draw_line(painter, fitted.places(piece), look.colour, width, opacity, dash)
    return QuantityDrawing(fitted, image, "", "", content, logarithmic)


def is_logarithmic(quantity: str, values: Sequence[np.ndarray]) -> bool:
    """Return whether values are drawn in decades.

    Where none is negative and they differ by orders of magnitude, or where the quantity says so.
    """
    known = np.concatenate([np.zeros(0), *(each.ravel() for each in values)])
    known = known[np.isfinite(known)]
    positive = known[known > 0.0]
    wanted = DERIVED[quantity].decades if quantity in DERIVED else None
    if not len(positive) or wanted is not None:
        return bool(len(positive) and wanted)
    return bool(known.min() >= 0.0 and positive.max() >= LOGARITHMIC_FROM * positive.min())


def fitted_span(lines: Sequence[Line], logarithmic: bool) -> tuple[float, float]:
    """Return round limits of the heights of lines (n, 2)."""
    heights = np.concatenate([np.zeros(0), *(line[:, 1] for line in lines)])
    heights = heights[np.isfinite(heights)]
    if not len(heights):
        return 0.0, 1.0
    low, high = float(heights.min()), float(heights.max())
    if logarithmic:
        return fit_bounds(0.0, (max(low, high - MOST_DECADES), high), LEAST_DECADES)[1]
    return fit_bounds(0.0, (low, high), max(LEAST_SPAN * max(abs(low), abs(high)), SMALLEST_LOSS))[1]


def finite_pieces(line: Line) -> list[Line]:
    """Return the stretches of a line (n, 2) without a gap."""
    finite = np.isfinite(line[:, 1])
    edges = np.flatnonzero(np.diff(finite)) + 1
    return [piece for piece in np.split(line, edges) if len(piece) and np.isfinite(piece[0, 1])]


def _lines(progress: Progress, racer: RacerFrame, curve: QuantityCurve, logarithmic: bool) -> list[Line]:
    """Return the one or two lines of a racer: places along the axis, and heights."""
    along = progress.along(racer, curve.steps)
    with np.errstate(divide="ignore", invalid="ignore"):
        rows = np.log10(curve.values) if logarithmic else curve.values
    # Zero has no logarithm: it is a gap.
    return [np.column_stack([along, np.where(np.isfinite(row), row, np.nan)]) for row in rows]
