"""The finish on the loss curves: a mark on each curve at the step after which its racer arrived."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from gui.look.theme import Theme
from gui.views.curves.loss_scale import loss_scale
from gui.views.curves.strokes import Curves

SIZE_PX, RIM_PX = 11, 1.5
SHAPE = "d"
"""A diamond: the heads in the landscape are round."""


class FinishMarks(pg.ScatterPlotItem):
    """A mark for each visible racer that has arrived.

    Parameters
    ----------
    box : pyqtgraph.ViewBox
        The plot of the curves; a mark below or above its axis is drawn at the edge.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(size=SIZE_PX, symbol=SHAPE)
        self._box = box
        self._key: tuple[object, ...] = ()
        self._places: list[tuple[str, float, float]] = []
        self.shown: list[tuple[str, int]] = []
        """The name of each racer that has a mark, and the step."""
        self.setZValue(1)
        box.sigRangeChanged.connect(self._draw)

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self.setPen(pg.mkPen(theme.window, width=RIM_PX))
        self.setSize(theme.px(SIZE_PX))

    def show_arrivals(self, content: Curves) -> None:
        """Mark the arrivals of the racers whose curves are drawn; where nothing has changed, nothing is drawn."""
        found = [(look, racer, racer.arrived) for look, racer in content.visible() if racer.arrived is not None]
        axes = content.minimum, content.linear, content.progress
        key = (axes, *((look.name, look.colour, arrived) for look, _, arrived in found))
        if key == self._key:
            return
        self._key = key
        self.shown = [(look.name, arrived.step) for look, _, arrived in found]
        scale = loss_scale(content.minimum, [], [], content.linear)
        self._places = [
            (
                look.colour,
                float(content.progress.along(racer, np.array([arrived.step]))[0]),
                float(scale.heights(np.array([arrived.loss]))[0]),
            )
            for look, racer, arrived in found
        ]
        self._draw()

    def _draw(self) -> None:
        floor, ceiling = self._box.viewRange()[1]
        self.setData(
            x=[x for _, x, _ in self._places],
            y=[min(max(y, floor), ceiling) for _, _, y in self._places],
            brush=[pg.mkBrush(colour) for colour, _, _ in self._places],
        )

    def boundingRect(self) -> QRectF:
        """Return the room of the marks; none where there are none, which pyqtgraph cannot say."""
        return super().boundingRect() if self._places else QRectF()
