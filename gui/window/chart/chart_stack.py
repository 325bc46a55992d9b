"""The loss chart, and beneath it, once it is asked for, the curves of one quantity on the same axis of steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.live.frame import Frame
from gui.look.theme import Theme
from gui.session.session import Session
from gui.views.curves.axes_look import AXIS_HEIGHT_PX
from gui.views.curves.view import LossCurves
from gui.views.quantities.view import QuantityPlot
from gui.views.racer_look import RacerLook

BARE_AXIS_PX = 8
"""The height of an axis without numbers."""


class ChartStack(QWidget):
    """Both charts.  While no quantity is asked for, its plot is hidden and is given nothing.

    Attributes
    ----------
    step_asked : signal of int
        A person wants to go to this step.
    fill_asked : signal
        A person wants the charts to fill the window.
    curves : LossCurves
    quantities : QuantityPlot
    """

    step_asked = Signal(int)
    fill_asked = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session, self._theme = session, theme
        self.curves, self.quantities = LossCurves(theme), QuantityPlot(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for plot in (self.curves, self.quantities):
            layout.addWidget(plot, 1)
            plot.step_asked.connect(self.step_asked)
            plot.fill_asked.connect(self.fill_asked)
        self.quantities.close_button.clicked.connect(self._close)
        self.quantities.whole_asked.connect(self.curves.show_all)
        self.quantities.zoom_asked.connect(self.curves.zoom_along)
        self.quantities.pointed.connect(self.curves.pointer.mark)
        self.curves.pointer.pointed.connect(self.quantities.point_at)
        self.curves.bounds_changed.connect(self._follow_bounds)
        session.chart_changed.connect(self._follow)
        self._follow()

    @property
    def up_to_date(self) -> bool:
        """Return whether both show the newest racers."""
        return self.curves.up_to_date and self.quantities.up_to_date

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours and the sizes of a theme."""
        self._theme = theme
        self.curves.set_theme(theme)
        self.quantities.set_theme(theme)
        self._follow()

    def show_frame(self, frame: Frame, looks: Sequence[RacerLook]) -> None:
        """Draw the racers of a frame."""
        settled = not frame.playing
        self.curves.show_racers(looks, frame.racers, frame.step, frame.minimum, settled, frame.steps_per_epoch)
        self.curves.show_minimum(frame.minimum, frame.minimum_is_known)
        quantity = self._session.quantity
        # A frame from before the choice tells of another quantity.
        if quantity and quantity == frame.quantity:
            self.quantities.show_racers(quantity, looks, frame.racers, frame.step, self.curves.progress)

    def end(self) -> None:
        """End the worker threads."""
        self.curves.end()
        self.quantities.end()

    def _follow(self) -> None:
        both = bool(self._session.quantity)
        self.quantities.setVisible(both)
        # The numbers of one axis are enough for both.
        axis = self.curves.getPlotItem().getAxis("bottom")
        axis.setStyle(showValues=not both)
        axis.setHeight(BARE_AXIS_PX if both else self._theme.px(AXIS_HEIGHT_PX))
        self._follow_bounds()
        # The height that both need is another than that of one.
        self.updateGeometry()

    def _follow_bounds(self) -> None:
        self.quantities.show_part(*self.curves.bounds[0])

    def _close(self) -> None:
        self._session.set_quantity("")
