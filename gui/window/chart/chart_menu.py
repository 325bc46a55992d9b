"""The menu of the loss chart: what its axes show; it hangs in the menu bar and opens from the chart itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from gui.session.choices import CURVE_AXES, LOSS_AXES
from gui.session.session import Session
from gui.window.chart.chart_stack import ChartStack
from gui.window.chart.quantity_menu import QuantityMenu
from gui.window.menus import add_entries, check_choice, make_action

LOSS_WORDS = {"logarithmic": ("&Logarithmic losses",), "linear": ("L&inear losses",)}
CURVE_WORDS = {"step": ("By &step",), "evaluations": ("By &evaluation",), "epoch": ("By e&poch",)}
"""The text of the entry for each of `LOSS_AXES` and `CURVE_AXES`."""
TIPS = {
    "logarithmic": "Losses, or their distance from the minimum where it is known, in decades",
    "linear": "Losses as they are",
    "step": "Curves run along the steps of the race",
    "evaluations": "Curves run along the points at which each racer has asked for the loss or its slopes",
    "epoch": "Curves run along the passes over all rows of the data set; without one, along steps",
}


class ChartMenu(QMenu):
    """Keeps its check marks, and the axes of the chart, those of the session.

    Parameters
    ----------
    window : QWidget
        The parent of the menu.

    `picture_asked` is emitted where a picture of the chart is to be saved.
    """

    picture_asked = Signal()

    def __init__(self, window: QWidget, session: Session, charts: ChartStack) -> None:
        super().__init__("Loss &chart", window)
        self.setToolTipsVisible(True)
        self._session, self._curves = session, charts.curves
        self.loss_axes = add_entries(self, LOSS_AXES, session.set_loss_axis, LOSS_WORDS)
        self.addSeparator()
        self.curve_axes = add_entries(self, CURVE_AXES, session.set_curve_axis, CURVE_WORDS)
        self.addSeparator()
        for action in (*self.loss_axes.actions(), *self.curve_axes.actions()):
            action.setToolTip(TIPS[action.data()])
        self.quantities = QuantityMenu(window, session)
        self.addMenu(self.quantities)
        self.addSeparator()
        self.whole = make_action(window, "Show &all of the chart", (), charts.curves.show_all)
        self.addAction(self.whole)
        self.picture = make_action(window, "Save a &picture of the chart ...", (), self.picture_asked.emit)
        self.addAction(self.picture)
        charts.curves.set_menu(self)
        charts.set_quantity_menu(self.quantities)
        session.chart_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        check_choice(self.loss_axes, self._session.loss_axis)
        check_choice(self.curve_axes, self._session.curve_axis)
        self._curves.set_axes(self._session.loss_axis == "linear", self._session.curve_axis)
