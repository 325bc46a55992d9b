"""The trails over a contour plot, in two layers: those of all racers, and that of the racer that is pointed at.

While one is pointed at, the others fade as one image, because to draw all of them again would take too long for a
pointer that moves from racer to racer.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg

from engine.live.frame import RacerFrame
from gui.background.worker import Worker
from gui.views.contour.trail_strokes import Trails, TrailStrokes
from gui.views.racer_look import RacerLook, state_of
from gui.views.raster_layer import RasterLayer

FADED_OPACITY = 0.3
"""Opacity of all trails while a person points at one racer, whose trail is drawn over them."""


class TrailLayers:
    """Both layers.

    Attributes
    ----------
    all, raised : RasterLayer
        The trails of all racers, and above them that of the one that is pointed at.
    """

    def __init__(self, box: pg.ViewBox, worker: Worker) -> None:
        self.all = RasterLayer(box, worker, TrailStrokes().draw)
        self.raised = RasterLayer(box, worker, TrailStrokes().draw)
        self._shown: object = None
        self._shown_raised: object = None

    @property
    def up_to_date(self) -> bool:
        """Return whether both show the newest content."""
        return self.all.up_to_date and self.raised.up_to_date

    @property
    def is_drawing(self) -> bool:
        """Return whether one of them waits for an image."""
        return self.all.is_drawing or self.raised.is_drawing

    @property
    def has_content(self) -> bool:
        """Whether racers were shown already."""
        return self._shown is not None

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], halo: str, settled: bool) -> None:
        """Draw the trails of these racers; draw nothing if nothing has changed."""
        plain = [look.plain for look in looks]
        state = (state_of(plain, racers), halo, settled)
        if state != self._shown:
            self._shown = state
            self.all.show_content(Trails(plain, racers, halo, settled))
        self.all.setOpacity(FADED_OPACITY if any(look.raised for look in looks) else 1.0)
        pairs = [pair for pair in zip(looks, racers, strict=False) if pair[0].raised and pair[0].visible]
        raised_state = (pairs[0][0], state) if pairs else None
        if raised_state != self._shown_raised:
            self._shown_raised = raised_state
            if pairs:
                raised, theirs = zip(*pairs, strict=True)
                self.raised.show_content(Trails(raised, theirs, halo, settled))
            else:
                self.raised.clear()
