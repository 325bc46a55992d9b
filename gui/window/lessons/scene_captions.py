"""Draws the captions of the lesson that is played over both views of the landscape, beside what they are about."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QTimer

from engine.language.types import Point
from engine.live.frame import Frame
from gui.session.session import Session
from gui.views.captions import Captions
from gui.views.contour.view import ContourView
from gui.views.surface.panels import SurfacePanels
from gui.window.landscape_views import LandscapeViews
from landscapes.lessons import Caption

OF_TRAIL = 30
"""Points of a trail that a caption should not cover."""
ABOVE_TRAILS = 5
"""A head, the start or a minimum counts as so many of these points: one is enough to have a caption moved."""
Due = Callable[[Frame], Sequence[Caption]]


class SceneCaptions(QObject):
    """Keeps captions beside their racers and points while the race goes on and the views are moved.

    Parameters
    ----------
    due : callable
        Returns the captions that belong to a frame.
    """

    def __init__(self, parent: QObject, session: Session, views: LandscapeViews, due: Due) -> None:
        super().__init__(parent)
        self._session, self._due = session, due
        self._frame: Frame | None = None
        contour, surface = views.both
        self.contour = Captions(contour, lambda points: _on_contour(contour, points), lambda: _plot_of(contour))
        self.surface = Captions(surface, lambda points: _on_surface(surface, points), surface.rect)
        # After the view itself has moved.
        self._following = QTimer(self, singleShot=True, interval=0)
        self._following.timeout.connect(self._show)
        contour.range_changed.connect(self._follow)
        surface.camera_moved.connect(self._follow)
        for view in (contour, surface):
            view.installEventFilter(self)

    def show_frame(self, frame: Frame) -> None:
        """Show the captions of a frame."""
        self._frame = frame
        self._show()

    def clear(self) -> None:
        """Show none."""
        self._frame = None
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow views of another size."""
        if event.type() == QEvent.Type.Resize:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        if self._frame is not None:
            self._following.start()

    def _show(self) -> None:
        frame = self._frame
        due = self._due(frame) if frame is not None else ()
        placed = [(caption.text, self._anchor(caption, frame)) for caption in due if frame is not None]
        shown = [(text, point) for text, point in placed if point is not None and all(map(math.isfinite, point))]
        marks = self._marks(frame) if frame is not None and shown else []
        for captions in (self.contour, self.surface):
            if shown or captions.bubbles:
                captions.show(shown, marks)

    def _marks(self, frame: Frame) -> list[Point]:
        """Return points that captions should leave seen: a few of each trail; heads, start and minima above all."""
        heads = [racer.position for racer in frame.racers]
        points: list[Point] = [frame.start, *self._session.shown_minima, *heads] * ABOVE_TRAILS
        for racer in frame.racers:
            trail = racer.trail.positions
            points += [(x, y) for x, y in trail[:: max(len(trail) // OF_TRAIL, 1)].tolist()]
        return [point for point in points if all(map(math.isfinite, point))]

    def _anchor(self, caption: Caption, frame: Frame) -> Point | None:
        """Return the point of the picture that a caption stands beside."""
        if caption.point is not None:
            return self._session.transform.shown(caption.point)
        number = (caption.racer or 0) - 1
        return frame.racers[number].position if 0 <= number < len(frame.racers) else None


def _on_contour(view: ContourView, points: Sequence[Point]) -> list[QPoint | None]:
    """Return where points are in the contour view; None outside its plot, and where each racer has one of its own."""
    if len(view.panels) != 1 or not view.wanted:
        return [None] * len(points)
    plot = _plot_of(view)
    corner = plot.topLeft()
    (x0, x1), (y0, y1) = view.panels[0].visible_bounds()
    shares = [((x - x0) / (x1 - x0), (y1 - y) / (y1 - y0)) for x, y in points]
    return [
        corner + QPoint(round(across * plot.width()), round(down * plot.height())) if _is_within(across, down) else None
        for across, down in shares
    ]


def _plot_of(view: ContourView) -> QRect:
    """Return where the plot of the contour view is within it."""
    panel = view.panels[0]
    plot: QRect = panel.mapFromScene(panel.getPlotItem().getViewBox().sceneBoundingRect()).boundingRect()
    return QRect(panel.mapTo(view, plot.topLeft()), plot.size())


def _is_within(across: float, down: float) -> bool:
    return 0.0 <= across <= 1.0 and 0.0 <= down <= 1.0


def _on_surface(view: SurfacePanels, points: Sequence[Point]) -> list[QPoint | None]:
    """Return where points on the ground are in the 3-D view, None for each that is not."""
    found = view.panels[0].on_screen(points) if len(view.panels) == 1 and view.wanted and points else []
    if not found:
        return [None] * len(points)
    panel = view.panels[0]
    places = [QPointF(*place).toPoint() for place in found]
    return [panel.mapTo(view, place) if panel.rect().contains(place) else None for place in places]
