"""The loss chart, and beneath it, once it is asked for, the curves of one quantity on the same axis of steps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from engine.live.frame import Frame
from gui.look.theme import Theme
from gui.session.session import Session
from gui.views.curves.axes_look import AXIS_HEIGHT_PX
from gui.views.curves.view import LossCurves
from gui.views.racer_look import RacerLook

if TYPE_CHECKING:
    from gui.views.quantities.view import QuantityPlot

BARE_AXIS_PX = 8
"""The height of an axis without numbers."""


class ChartStack(QWidget):
    """Both charts.  The plot of a quantity is made when one is first asked for, and hidden while none is.

    Attributes
    ----------
    step_asked : signal of int
        A person wants to go to this step.
    fill_asked : signal
        A person wants the charts to fill the window.
    curves : LossCurves
    """

    step_asked = Signal(int)
    fill_asked = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session, self._theme = session, theme
        self.curves = LossCurves(theme)
        self._plots: list[LossCurves | QuantityPlot] = []
        self._quantity_menu: QMenu | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._add(self.curves)
        self.curves.bounds_changed.connect(self._follow_bounds)
        session.chart_changed.connect(self._follow)
        self._follow()

    @cached_property
    def quantities(self) -> QuantityPlot:
        """The plot of a quantity."""
        from gui.views.quantities.view import QuantityPlot

        plot = QuantityPlot(self._theme)
        self._add(plot)
        plot.setVisible(bool(self._session.quantity))
        plot.close_button.clicked.connect(self._close)
        plot.whole_asked.connect(self.curves.show_all)
        plot.zoom_asked.connect(self.curves.zoom_along)
        plot.pointed.connect(self.curves.pointer.mark)
        self.curves.pointer.pointed.connect(plot.point_at)
        if self._quantity_menu is not None:
            plot.set_menu(self._quantity_menu)
        return plot

    def _add(self, plot: LossCurves | QuantityPlot) -> None:
        self._plots.append(plot)
        self._column.addWidget(plot, 1)
        plot.step_asked.connect(self.step_asked)
        plot.fill_asked.connect(self.fill_asked)

    def set_quantity_menu(self, menu: QMenu) -> None:
        """Open this menu from the plot of a quantity."""
        self._quantity_menu = menu
        if self._made:
            self.quantities.set_menu(menu)

    @property
    def _made(self) -> bool:
        """Whether there is a plot of a quantity."""
        return len(self._plots) > 1

    @property
    def up_to_date(self) -> bool:
        """Return whether both show the newest racers."""
        return all(plot.up_to_date for plot in self._plots)

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours and the sizes of a theme."""
        self._theme = theme
        for plot in self._plots:
            plot.set_theme(theme)
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
        for plot in self._plots:
            plot.end()

    def _follow(self) -> None:
        both = bool(self._session.quantity)
        if both or self._made:
            self.quantities.setVisible(both)
        # The numbers of one axis are enough for both.
        axis = self.curves.getPlotItem().getAxis("bottom")
        axis.setStyle(showValues=not both)
        axis.setHeight(BARE_AXIS_PX if both else self._theme.px(AXIS_HEIGHT_PX))
        self._follow_bounds()
        # The height that both need is another than that of one.
        self.updateGeometry()

    def _follow_bounds(self) -> None:
        if self._made:
            self.quantities.show_part(*self.curves.bounds[0])

    def _close(self) -> None:
        self._session.set_quantity("")
