"""What is drawn at a racer's head: where the step began, and vectors and rates in the units of the plane."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from engine.language.types import Point
from engine.live.frame import RacerFrame
from gui.views.contour.arrows.strokes import draw_arrow, draw_ellipse
from gui.views.racer_look import RacerLook
from gui.views.raster_layer import Viewport

RATE = "rate"
"""The kind that is an ellipse."""
DRAWN_FIRST = (RATE, "step", "momentum", "gradient")
"""The thin ones lie over the thick ones."""


@dataclass(frozen=True)
class HeadMarks:
    """The marks of one racer.

    Attributes
    ----------
    origin : (x, y)
        Where the step began.
    colour : str
    vectors : mapping of str to (x, y)
        By the kinds of `gui.session.choices.ARROWS`; of the effective rates those of x and y.
    """

    origin: Point
    colour: str
    vectors: Mapping[str, Point]


def draw_marks(
    painter: QPainter, viewport: Viewport, marks: Sequence[HeadMarks], factors: Mapping[str, float], halo: str
) -> None:
    """Draw the marks of all racers, of the kinds that have a factor."""
    unit_x, unit_y = _pixels_a_unit(viewport)
    seen = seen_of(marks)
    places = viewport.places(np.array([mark.origin for mark in seen]).reshape(-1, 2)).tolist()
    for kind in (kind for kind in DRAWN_FIRST if kind in factors):
        for mark, place in zip(seen, places, strict=True):
            if kind in mark.vectors and np.isfinite(mark.vectors[kind]).all():
                x, y = mark.vectors[kind]
                # Rows count downwards.
                x, y = factors[kind] * x * unit_x, -factors[kind] * y * unit_y
                if kind == RATE:
                    draw_ellipse(painter, QPointF(*place), (abs(x), abs(y)), mark.colour, halo)
                else:
                    draw_arrow(painter, kind, QPointF(*place), QPointF(*place) + QPointF(x, y), mark.colour, halo)


def lengths_of(viewport: Viewport, marks: Sequence[HeadMarks], kinds: Collection[str]) -> dict[str, list[float]]:
    """Return the lengths in px, without a factor, of the marks of each kind that any racer has."""
    unit_x, unit_y = _pixels_a_unit(viewport)
    seen = seen_of(marks)
    vectors = {kind: [mark.vectors[kind] for mark in seen if kind in mark.vectors] for kind in kinds}
    return {kind: [math.hypot(x * unit_x, y * unit_y) for x, y in found] for kind, found in vectors.items() if found}


def seen_of(marks: Sequence[HeadMarks]) -> list[HeadMarks]:
    """Return the marks that have a place."""
    return [mark for mark in marks if all(map(math.isfinite, mark.origin))]


def _pixels_a_unit(viewport: Viewport) -> Point:
    (x0, x1), (y0, y1) = viewport.bounds
    width, height = viewport.size
    return width / (x1 - x0), height / (y1 - y0)


def marks_of(looks: Sequence[RacerLook], racers: Sequence[RacerFrame]) -> tuple[HeadMarks, ...]:
    """Return what is known of the visible racers' steps, of all kinds."""
    pairs = [(look, racer.watched) for look, racer in zip(looks, racers, strict=False) if look.visible]
    return tuple(
        HeadMarks(step.shown.before_position, look.colour, step.vectors)
        for look, step in pairs
        if step is not None and step.shown is not None
    )
