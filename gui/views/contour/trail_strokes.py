"""Trails and heads of a contour plot as an image: only new segments are drawn onto the image of the last frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from engine.live.frame import RacerFrame
from engine.race.trail import Trail
from gui.views.coinciding import Parted, alternating
from gui.views.contour.clouds import draw_clouds
from gui.views.dashes import SOLID, length_of
from gui.views.heads import shared_discs
from gui.views.painting import draw_dots, draw_line, painting
from gui.views.polyline import Pixels, rows_to_draw
from gui.views.racer_look import RacerLook
from gui.views.raster_layer import Drawing, Viewport

CORE_PX, HALO_PX, HEAD_PX = 2.0, 4.5, 6.5
RAISED = 1.6
"""How much wider the trail of the racer is drawn that a person points at."""
MEMBER_PX, MEMBER_RIM_PX = 4.0, 6.5
"""Diameters of a point of a population and of its rim."""
NEW_POINTS = 100
"""Most vertices of one trail that are drawn in one frame of a race."""
WHOLE_POINTS, SETTLED_POINTS = 8_000, 50_000
"""Most vertices when a whole trail is redrawn, during a race and while it is paused; 50,000 take half a second."""
SKIPPED = "too fast to draw every step"
TAIL = 8
"""Old points whose colour is drawn again, because the halo of a new segment covers part of them."""
TOLERANCE_PX = 0.5
"""The distance in pixels of the screen by which a drawn line may depart from the true one."""
FULL_TURN = 16 * 360
"""A full circle in QPainter's unit, a sixteenth of a degree."""
TOP = 16 * 90


@dataclass(frozen=True, eq=False)
class Trails:
    """The racers to draw, the colour of the halo of their trails, and whether there is time to draw every step."""

    looks: Sequence[RacerLook]
    racers: Sequence[RacerFrame]
    halo: str
    settled: bool = False

    def visible(self) -> list[tuple[int, RacerLook, RacerFrame]]:
        """Return the visible racers with their numbers; the leader comes last and so is drawn on top."""
        numbered = [
            (number, look, racer)
            for number, (look, racer) in enumerate(zip(self.looks, self.racers, strict=False))
            if look.visible
        ]
        return sorted(numbered, key=lambda entry: -entry[2].rank)


class TrailStrokes:
    """Draws trails: keeps the image of what it drew before and adds only new segments."""

    def __init__(self) -> None:
        self._image = QImage()
        self._key: tuple[Viewport, str, tuple[RacerLook, ...]] | None = None
        self._drawn: dict[int, tuple[object, int, NDArray[np.float64], float]] = {}
        self._skipped = self._hurried = False
        self._parted: Parted = set()

    def draw(self, viewport: Viewport, content: Trails) -> Drawing:
        """Return an image of the trails, populations and heads that are visible on `viewport`."""
        content = replace(content, looks=alternating(content.looks, content.racers, self._parted))
        key = (viewport, content.halo, tuple(content.looks))
        # Steps that were left out while racing are drawn once the race is paused.
        if key != self._key or self._rewritten(content.racers) or (content.settled and self._hurried):
            self._key, self._drawn, self._image, self._skipped, self._hurried = key, {}, viewport.blank(), False, False
        with painting(self._image) as painter:
            for number, look, racer in content.visible():
                most = NEW_POINTS if number in self._drawn else WHOLE_POINTS
                most = SETTLED_POINTS if content.settled else most
                self._stroke(painter, viewport, number, look, content.halo, racer.trail, most)
        image = self._image.copy()
        with painting(image) as painter:
            draw_clouds(painter, viewport, content.visible(), content.halo)
            for _, look, racer in content.visible():
                _draw_population(painter, viewport, racer, look, content.halo)
            for place, looks in _heads(viewport, content):
                _draw_head(painter, place, looks, content.halo)
        return Drawing(viewport, image, SKIPPED if self._skipped else "")

    def _rewritten(self, racers: Sequence[RacerFrame]) -> bool:
        """Return whether a drawn trail has been replaced or cut, so that it is no prefix of the racer's trail."""
        if len(self._drawn) > len(racers):
            return True
        return any(
            racers[number].trail.generation != generation or racers[number].trail.last_step < step
            for number, (generation, step, *_) in self._drawn.items()
        )

    def _stroke(
        self, painter: QPainter, viewport: Viewport, number: int, look: RacerLook, halo: str, trail: Trail, most: int
    ) -> None:
        """Draw the new part of a trail, with at most `most` vertices."""
        _, step, last, begin = self._drawn.get(number, (None, -1, np.empty((0, 2)), 0.0))
        if step == trail.last_step:
            return
        # Begin at the step that was drawn last, so that the line has no gap.
        points = trail.positions[max(trail.rows_after(step) - 1, 0) :]
        tolerance = TOLERANCE_PX / viewport.ratio
        rows, reached = rows_to_draw(points, _pixels(viewport), tolerance, most)
        self._skipped |= reached > tolerance
        self._hurried |= reached > tolerance and most < SETTLED_POINTS
        line = viewport.places(points[rows])
        whole = np.vstack([last[:-1], line])
        dash, kept = look.dash or SOLID, whole[-TAIL:]
        if len(line) > 1:
            wider = look.magnification * (RAISED if look.raised else 1.0)
            draw_line(painter, line, halo, wider * HALO_PX, dash=dash, begin=begin + length_of(last))
            draw_line(painter, whole, look.colour, wider * CORE_PX, dash=dash, begin=begin)
        self._drawn[number] = trail.generation, trail.last_step, kept, begin + length_of(whole[: 1 - len(kept) or None])


def _pixels(viewport: Viewport) -> Pixels:
    """Return the transform from the plane to the viewport's pixels, with half a stroke's width as margin."""
    (x0, x1), (y0, y1) = viewport.bounds
    width, height = viewport.size
    return Pixels((x0, y1), (width / (x1 - x0), -height / (y1 - y0)), viewport.size, HALO_PX / 2)


def _draw_population(painter: QPainter, viewport: Viewport, racer: RacerFrame, look: RacerLook, halo: str) -> None:
    """Draw those points of a solver's population whose coordinates are finite."""
    if racer.population is not None:
        places = viewport.places(racer.population[np.isfinite(racer.population).all(axis=1)])
        draw_dots(painter, places, halo, look.magnification * MEMBER_RIM_PX)
        draw_dots(painter, places, look.colour, look.magnification * MEMBER_PX)


def _heads(viewport: Viewport, trails: Trails) -> list[tuple[QPointF, list[RacerLook]]]:
    """Return the place of each head's disc and the looks of the racers that share it."""
    seen = trails.visible()
    places = viewport.places(np.array([racer.position for *_, racer in seen]).reshape(-1, 2)).tolist()
    return [(QPointF(*places[disc[0]]), [seen[number][1] for number in disc]) for disc in shared_discs(places)]


def _draw_head(painter: QPainter, place: QPointF, looks: Sequence[RacerLook], halo: str) -> None:
    """Draw a disc with an equal slice in the colour of each of the `looks`."""
    radius = looks[0].magnification * HEAD_PX
    disc = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
    painter.setPen(Qt.PenStyle.NoPen)
    for number, look in enumerate(looks):
        painter.setBrush(QColor(look.colour))
        begin, end = (FULL_TURN * turn // len(looks) for turn in (number, number + 1))
        painter.drawPie(disc, TOP - end, end - begin)
    painter.setPen(QPen(QColor(halo), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
