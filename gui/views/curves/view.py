"""Loss over steps, a line a racer, on a logarithmic scale where losses are above the minimum or positive."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from engine.live.frame import RacerFrame
from gui.background.worker import Worker
from gui.look.theme import TICK_ROOM_PX, Theme
from gui.views.curves.number_axes import LossAxis, StepAxis
from gui.views.curves.strokes import CurveDrawing, Curves, draw_curves
from gui.views.plot import Plot
from gui.views.racer_look import RacerLook
from gui.views.raster_layer import RasterLayer

HEAD_PX = 20
LEAST_HEIGHT_PX = 64
"""Above the plot, for the name of the axis of losses."""
AXIS_WIDTH_PX, AXIS_HEIGHT_PX = 48, 22
"""Of fixed size: numbers of more digits must not push the plot about."""
LOSS = "loss"
REDRAW_S, REDRAW_TIMES = 0.1, 8.0
"""The least time between two pictures while racing, and how many times as long as one took: a landscape comes first."""
PAUSE_MS = 7
"""By then the landscape's own picture of a frame is drawn: at the same moment the two would delay each other."""


class LossCurves(Plot):
    """The loss of every racer at every step; a thread of its own draws them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__({"left": LossAxis("left"), "bottom": StepAxis("bottom")})
        self.setAccessibleName("Loss curves")
        self.setMinimumHeight(LEAST_HEIGHT_PX)
        self._box = self.getPlotItem().getViewBox()
        self._box.setMouseEnabled(x=False, y=False)
        self._box.disableAutoRange()
        self.getPlotItem().setContentsMargins(0, HEAD_PX, TICK_ROOM_PX, 0)
        self._title, self._note = QLabel(LOSS, self), QLabel(self)
        for label in (self._title, self._note):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._box.sigResized.connect(self._place_labels)
        self.getPlotItem().getAxis("left").setLogMode(y=True)
        self._worker = Worker("loss curves")
        self._lines = RasterLayer(self._box, self._worker, draw_curves, PAUSE_MS)
        self._lines.arrived.connect(self._follow)
        self._step = pg.InfiniteLine(0, angle=90)
        for item in (self._lines, self._step):
            self._box.addItem(item, ignoreBounds=True)
        self._asked_at = self._took_s = 0.0
        self._awaited = False
        self.set_theme(theme)

    @property
    def note(self) -> str:
        """What is said of what the plot does not show."""
        return self._note.text()

    @property
    def caption(self) -> str:
        """What the axis of losses says it shows."""
        return self._title.text()

    @property
    def logarithmic(self) -> bool:
        """Whether the axis of losses is logarithmic."""
        return bool(self.getPlotItem().getAxis("left").logMode)

    @property
    def up_to_date(self) -> bool:
        """Return whether the picture shows everything that was asked for."""
        return self._lines.up_to_date

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self._theme = theme
        self.setBackground(theme.window)
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.enableAutoSIPrefix(False)
            axis.setPen(theme.border)
            axis.setTextPen(theme.muted)
            axis.setStyle(maxTickLevel=0)
        self.getPlotItem().getAxis("left").setWidth(AXIS_WIDTH_PX)
        # Of fixed height, or else the name of the axis keeps away from its numbers.
        self.getPlotItem().getAxis("bottom").setHeight(AXIS_HEIGHT_PX)
        self._title.setStyleSheet(f"color: {theme.text}; font-size: 12px;")
        self._note.setStyleSheet(f"color: {theme.muted}; font-size: 12px;")
        self._step.setPen(pg.mkPen(theme.muted, width=1))

    def show_racers(
        self,
        looks: Sequence[RacerLook],
        racers: Sequence[RacerFrame],
        step: int,
        minimum: float | None = None,
        settled: bool = True,
    ) -> None:
        """Draw the losses of these racers, above the `minimum` where it is known, and mark the step.

        While they move, at most ten times a second.
        """
        now = time.monotonic()
        if not settled and now - self._asked_at < max(REDRAW_S, REDRAW_TIMES * self._took_s):
            return
        self._asked_at, self._awaited = now, True
        self._lines.show_content(Curves(looks, racers, minimum))
        self._step.setValue(step)

    def end(self) -> None:
        """End the thread that draws."""
        self._worker.end()

    def _follow(self, drawing: CurveDrawing) -> None:
        """Show the part of the plane that was drawn."""
        # Not so for one that only follows the axes.
        if self._awaited:
            self._took_s, self._awaited = time.monotonic() - self._asked_at, False
        across, up = drawing.viewport.bounds
        if drawing.logarithmic != self.logarithmic:
            self.getPlotItem().getAxis("left").setLogMode(y=drawing.logarithmic)
        self._box.setRange(xRange=across, yRange=up, padding=0.0)
        if (drawing.caption, drawing.note) != (self._title.text(), self._note.text()):
            self._title.setText(drawing.caption)
            self._note.setText(drawing.note)
            self._place_labels()

    def _place_labels(self) -> None:
        """Stand above the plot: the name of the axis of losses on the left, what does not fit on the right."""
        plot = self.mapFromScene(self._box.sceneBoundingRect()).boundingRect()
        for label in (self._title, self._note):
            label.adjustSize()
        self._title.move(plot.left(), plot.top() - self._title.height() - 1)
        self._note.move(plot.right() - self._note.width(), plot.top() - self._note.height() - 1)
