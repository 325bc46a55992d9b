"""The arrows of a plot: what is chosen of them, drawn on a worker's thread, and their key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import QGraphicsView

from engine.live.frame import RacerFrame
from gui.background.worker import Worker
from gui.look.theme import Theme
from gui.views.contour.arrows.key import ArrowKey
from gui.views.contour.arrows.marks import HeadMarks, draw_marks, lengths_of, marks_of
from gui.views.contour.arrows.scales import Scales
from gui.views.legend import Legend
from gui.views.painting import painting
from gui.views.racer_look import RacerLook
from gui.views.raster_layer import Drawing, RasterLayer, Viewport

GRID_PX = 20
PLACING_MS = 500
"""From an image to the next look at where the key lies: racers come under it slowly."""
OVER_TRAILS = 12
"""The trails have 10, the stars of the minima 15."""


@dataclass(frozen=True)
class Arrows:
    """What is to be drawn: the marks of the racers, the kinds, the colour of the halo, and whether no other follows."""

    marks: tuple[HeadMarks, ...]
    kinds: tuple[str, ...]
    halo: str
    settled: bool = True


@dataclass(frozen=True, eq=False)
class ArrowDrawing(Drawing):
    """An image of arrows, and the factors of their kinds."""

    factors: Mapping[str, float] = field(default_factory=dict)


class ArrowStrokes:
    """Draws the arrows of one plot; its factors stay while they can be read."""

    def __init__(self) -> None:
        self._scales = Scales()

    def draw(self, viewport: Viewport, content: Arrows) -> ArrowDrawing:
        """Return an image of the arrows that are visible on `viewport`."""
        image = viewport.blank()
        factors = self._scales.fitted(lengths_of(viewport, content.marks, content.kinds), content.settled)
        with painting(image) as painter:
            draw_marks(painter, viewport, content.marks, factors, content.halo)
        return ArrowDrawing(viewport, image, factors=factors)


class ArrowLayer:
    """The arrows and the key over one plot; while nothing is chosen it costs nothing.

    Attributes
    ----------
    item : RasterLayer
        The arrows.
    key : ArrowKey
    """

    def __init__(self, plot: QGraphicsView, box: pg.ViewBox, worker: Worker, theme: Theme) -> None:
        self.item: RasterLayer[Arrows] = RasterLayer(box, worker, ArrowStrokes().draw)
        self.item.setZValue(OVER_TRAILS)
        self.key = ArrowKey(plot, theme)
        self._plot, self._box, self._halo = plot, box, theme.halo
        self._kinds: tuple[str, ...] = ()
        self._racers: tuple[Sequence[RacerLook], Sequence[RacerFrame]] = ((), ())
        self._settled = True
        self._shown: Arrows | None = None
        self.item.arrived.connect(self._explain)
        self._viewport: Viewport | None = None
        self._placing = QTimer(plot, singleShot=True, interval=PLACING_MS)
        self._placing.timeout.connect(self._place_key)

    @property
    def up_to_date(self) -> bool:
        """Whether the newest arrows are drawn."""
        return self.item.up_to_date

    @property
    def shown(self) -> tuple[HeadMarks, ...]:
        """What is drawn."""
        return self._shown.marks if self._shown is not None else ()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._halo = theme.halo
        self.key.set_theme(theme)
        self._show()

    def show_kinds(self, kinds: Sequence[str]) -> None:
        """Draw these kinds, of `gui.session.choices.ARROWS`."""
        self._kinds = tuple(kinds)
        self._show()

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw the arrows of these racers; while they are not `settled`, others follow."""
        self._racers, self._settled = (looks, racers), settled
        self._show()

    def _show(self) -> None:
        """Draw what is chosen, unless it is drawn already."""
        if not self._kinds:
            if self._shown is not None:
                self._shown = None
                self.item.clear()
                self.key.show_scales((), {})
            return
        arrows = Arrows(marks_of(*self._racers), self._kinds, self._halo, self._settled)
        if arrows != self._shown:
            self._shown = arrows
            self.item.show_content(arrows)

    def _explain(self, drawing: ArrowDrawing) -> None:
        if self._shown is not None:
            self._viewport = drawing.viewport
            known = self.key.texts
            self.key.show_scales(self._kinds, drawing.factors)
            if self.key.texts != known:
                self._place_key()
            elif not self._placing.isActive():
                self._placing.start()

    def _place_key(self) -> None:
        """Put the key where it covers neither a racer nor the legend."""
        if self._viewport is None:
            return
        viewport, marks = self._viewport, self.shown
        plot = self._plot.mapFromScene(self._box.sceneBoundingRect()).boundingRect()
        heads = viewport.places(np.array([mark.origin for mark in marks]).reshape(-1, 2))
        legends = [label.geometry() for label in self._plot.findChildren(Legend) if label.isVisible()]
        places = heads.tolist()
        if not self.key.is_misplaced(plot, [QPoint(int(x), int(y)) + plot.topLeft() for x, y in places], legends):
            return
        covered = [np.array(list(_grid(legend)), dtype=np.float64) for legend in legends]
        self.key.place(plot, np.concatenate([heads + [plot.left(), plot.top()], *covered]))


def _grid(rect: QRect) -> Iterator[tuple[int, int]]:
    """Yield pixels of a rectangle, so close that no label fits between them."""
    for x in range(rect.left(), rect.right() + GRID_PX, GRID_PX):
        yield from ((x, y) for y in range(rect.top(), rect.bottom() + GRID_PX, GRID_PX))
