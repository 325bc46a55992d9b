"""How the axes of the charts look: alike in size, so that the steps of charts beneath each other are in line."""

from __future__ import annotations

from gui.look.theme import TICK_ROOM_PX, Theme
from gui.views.axis_look import dress
from gui.views.plot import Plot

HEAD_PX, LETTER_PX = 20, 12
LEAST_HEIGHT_PX = 64
"""Least height of the widget; `HEAD_PX` of it hold the name of the axis of losses above the plot."""
AXIS_WIDTH_PX, AXIS_HEIGHT_PX = 48, 22
"""Width and height of the axes; fixed, so that the plot keeps its place whatever digits the numbers have."""


def prepare_axes(plot: Plot) -> None:
    """Give a chart its least height; it is moved by no mouse but its own."""
    plot.setMinimumHeight(LEAST_HEIGHT_PX)
    box = plot.getPlotItem().getViewBox()
    box.setMouseEnabled(x=False, y=False)
    box.disableAutoRange()


def dress_axes(plot: Plot, theme: Theme) -> None:
    """Give the ground and the axes the colours and the sizes of a theme."""
    plot.setBackground(theme.window)
    for side in ("left", "bottom"):
        dress(plot.getPlotItem().getAxis(side), theme)
    plot.getPlotItem().setContentsMargins(0, theme.px(HEAD_PX), TICK_ROOM_PX, 0)
    # Numbers of linear losses; of decades `LossAxis` itself knows how many fit.
    plot.getPlotItem().getAxis("left").setTickDensity(1.0 / theme.magnification)
    plot.getPlotItem().getAxis("left").magnification = theme.magnification
    plot.getPlotItem().getAxis("left").setWidth(theme.px(AXIS_WIDTH_PX))
    # A fixed height, because pyqtgraph otherwise leaves a gap between the numbers and the name of the axis.
    plot.getPlotItem().getAxis("bottom").setHeight(theme.px(AXIS_HEIGHT_PX))
