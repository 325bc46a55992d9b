"""The loss curves: loss over steps, one curve for each racer, drawn by a worker thread."""

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
"""Least height of the widget; `HEAD_PX` of it hold the name of the axis of losses above the plot."""
AXIS_WIDTH_PX, AXIS_HEIGHT_PX = 48, 22
"""Width and height of the axes; fixed, so that the plot keeps its place whatever digits the numbers have."""
LOSS = "loss"
REDRAW_S, REDRAW_TIMES = 0.1, 8.0
"""Least time between two drawings while racing: in seconds, and as a multiple of the time that the last one took, so
that most of the processor's time is left to the landscape."""
PAUSE_MS = 7
"""Delay of the drawing after a frame: the trails in the landscape are drawn first, because two threads that draw at the
same moment delay each other."""


class LossCurves(Plot):
    """A plot of the loss of every visible racer over steps; a worker thread draws the curves."""

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
        """The note above the plot: the minimum, and what does not fit on the axis."""
        return self._note.text()

    @property
    def caption(self) -> str:
        """The name of the axis of losses."""
        return self._title.text()

    @property
    def logarithmic(self) -> bool:
        """Whether the axis of losses is logarithmic."""
        return bool(self.getPlotItem().getAxis("left").logMode)

    @property
    def up_to_date(self) -> bool:
        """Return whether the image shows the newest racers that were given to be drawn."""
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
        # A fixed height, because pyqtgraph otherwise leaves a gap between the numbers and the name of the axis.
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
        """Draw the losses of these racers, less the `minimum` where it is known, and mark the step.

        While they are not `settled`, at most ten times a second; calls in between change nothing.
        """
        now = time.monotonic()
        if not settled and now - self._asked_at < max(REDRAW_S, REDRAW_TIMES * self._took_s):
            return
        self._asked_at, self._awaited = now, True
        self._lines.show_content(Curves(looks, racers, minimum))
        self._step.setValue(step)

    def end(self) -> None:
        """End the worker thread."""
        self._worker.end()

    def _follow(self, drawing: CurveDrawing) -> None:
        """Set the axes, their name and the note to those of a drawing that has arrived."""
        # A drawing that was asked for because the axes moved does not measure the time since the last frame.
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
        """Place the labels above the plot: the name of the axis of losses on the left, the note on the right."""
        plot = self.mapFromScene(self._box.sceneBoundingRect()).boundingRect()
        for label in (self._title, self._note):
            label.adjustSize()
        self._title.move(plot.left(), plot.top() - self._title.height() - 1)
        self._note.move(plot.right() - self._note.width(), plot.top() - self._note.height() - 1)
