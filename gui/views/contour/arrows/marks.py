"""What is drawn at a racer's head: where the step began, and vectors and rates in the units of the plane."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from engine.language.types import Point
from engine.live.frame import RacerFrame, WatchedStep
from engine.race.step_values.record import StepValues, as_point
from gui.views.contour.arrows.scales import Scales
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
    painter: QPainter, viewport: Viewport, marks: Sequence[HeadMarks], kinds: Collection[str], scales: Scales, halo: str
) -> dict[str, float]:
    """Draw the marks of all racers; return the factor of each kind that is drawn."""
    unit_x, unit_y = _pixels_a_unit(viewport)
    seen = [mark for mark in marks if np.isfinite(mark.origin).all()]

    def in_px(vector: Point) -> Point:
        # Rows count downwards.
        return vector[0] * unit_x, -vector[1] * unit_y

    lengths = {
        kind: [math.hypot(*in_px(mark.vectors[kind])) for mark in seen if kind in mark.vectors] for kind in kinds
    }
    factors = scales.fitted({kind: found for kind, found in lengths.items() if found})
    places = viewport.places(np.array([mark.origin for mark in seen]).reshape(-1, 2)).tolist()
    for kind in (kind for kind in DRAWN_FIRST if kind in factors):
        for mark, place in zip(seen, places, strict=True):
            if kind in mark.vectors and np.isfinite(mark.vectors[kind]).all():
                x, y = (factors[kind] * part for part in in_px(mark.vectors[kind]))
                if kind == RATE:
                    draw_ellipse(painter, QPointF(*place), (abs(x), abs(y)), mark.colour, halo)
                else:
                    draw_arrow(painter, kind, QPointF(*place), QPointF(*place) + QPointF(x, y), mark.colour, halo)
    return factors


def _pixels_a_unit(viewport: Viewport) -> Point:
    (x0, x1), (y0, y1) = viewport.bounds
    width, height = viewport.size
    return width / (x1 - x0), height / (y1 - y0)


def marks_of(looks: Sequence[RacerLook], racers: Sequence[RacerFrame], kinds: Collection[str]) -> tuple[HeadMarks, ...]:
    """Return what is to be drawn of the visible racers whose steps are watched; solvers have their steps alone."""
    pairs = [(look, racer.watched) for look, racer in zip(looks, racers, strict=False) if look.visible]
    return tuple(
        HeadMarks(step.shown.before_position, look.colour, _vectors(step, step.shown, kinds))
        for look, step in pairs
        if step is not None and step.shown is not None
    )


def _vectors(step: WatchedStep, values: StepValues, kinds: Collection[str]) -> dict[str, Point]:
    found: dict[str, Point | None] = {
        "gradient": _times(-1.0, values.gradient),
        "momentum": _momentum(step, values),
        "step": values.move,
        RATE: step.rate,
    }
    return {kind: vector for kind, vector in found.items() if kind in kinds and vector is not None}


def _momentum(step: WatchedStep, values: StepValues) -> Point | None:
    """Return where the momentum pushes: against it where it follows the gradient."""
    value = values.value(step.momentum.name) if step.momentum is not None else None
    if value is None or step.momentum is None:
        return None
    return _times(-1.0 if step.momentum.uphill else 1.0, as_point(value))


def _times(factor: float, vector: Point) -> Point:
    return factor * vector[0], factor * vector[1]
