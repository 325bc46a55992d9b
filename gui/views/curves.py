"""Loss over steps, a line a racer, on a logarithmic scale."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from engine.frame import RacerFrame
from gui.theme import Theme
from gui.views.look import RacerLook

REDRAW_S = 0.1
MOST_LOOKED_AT = 40_000
"""Rows of a trail that are looked at for a line: of longer trails every second, third ... one."""
MOST_POINTS = 1200
"""Points a line: more than a plot has pixels across."""
SMALLEST_LOSS = 1e-16
"""Losses below are drawn here: rounding decides them."""


class LossCurves(pg.PlotWidget):
    """The loss of every racer at every step."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Loss curves")
        self.setMinimumHeight(110)
        self.getPlotItem().getViewBox().setMenuEnabled(False)
        self.getPlotItem().getViewBox().setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setLogMode(y=True)
        self._lines: list[pg.PlotDataItem] = []
        self._step = pg.InfiniteLine(0, angle=90)
        self.addItem(self._step, ignoreBounds=True)
        self._drawn_at = 0.0
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Dress the plot."""
        self._theme = theme
        self.setBackground(theme.window)
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(theme.border)
            axis.setTextPen(theme.muted)
        self.setLabel("bottom", "step", color=theme.muted)
        self.setLabel("left", "loss", color=theme.muted)
        self._step.setPen(pg.mkPen(theme.muted, width=1))

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw the losses of these racers; while they move, at most ten times a second."""
        now = time.monotonic()
        if not settled and now - self._drawn_at < REDRAW_S:
            return
        self._drawn_at = now
        while len(self._lines) < len(racers):
            self._lines.append(self.plot())
        shown = [thinned(racer.trail.steps, racer.trail.losses) for racer in racers]
        lowest = min((float(losses.min()) for _, losses in shown if len(losses)), default=0.0)
        shift = lowest if lowest <= 0.0 else 0.0
        self.setLabel("left", "loss - lowest" if shift else "loss", color=self._theme.muted)
        for number, line in enumerate(self._lines):
            visible = number < len(racers) and looks[number].visible
            line.setVisible(visible)
            if visible:
                steps, losses = shown[number]
                line.setData(steps, np.maximum(losses - shift, SMALLEST_LOSS))
                line.setPen(pg.mkPen(looks[number].colour, width=1.5))

    def set_step(self, step: int) -> None:
        """Mark the current step."""
        self._step.setValue(step)


def thinned(steps: NDArray[np.int64], losses: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the smallest and largest loss of each of at most `MOST_POINTS` / 2 stretches, in order."""
    every = len(steps) // MOST_LOOKED_AT + 1
    steps, losses = steps[::every], losses[::every]
    stretch = len(steps) // (MOST_POINTS // 2)
    if stretch < 2:
        return steps, losses
    whole = len(steps) // stretch * stretch
    rows = losses[:whole].reshape(-1, stretch)
    first = np.arange(0, whole, stretch)
    picked = np.sort(np.concatenate([first + rows.argmin(axis=1), first + rows.argmax(axis=1), [len(steps) - 1]]))
    return steps[picked], losses[picked]
