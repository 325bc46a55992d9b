"""What a person has chosen for the axes of the loss chart."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.session.choices import CURVE_AXES, LOSS_AXES
from gui.session.explaining.arrow_choice import ArrowChoice


class ChartChoice(ArrowChoice):
    """The fields of a session that belong to the loss chart.

    Attributes
    ----------
    loss_axis : str
        One of `LOSS_AXES`.
    curve_axis : str
        One of `CURVE_AXES`.
    quantity : str
        What is drawn beneath the losses, as in `engine.race.curves.quantities`; "" for nothing.
    """

    chart_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.loss_axis, self.curve_axis = LOSS_AXES[0], CURVE_AXES[0]
        self.quantity = ""

    def set_loss_axis(self, axis: str) -> None:
        """Set "logarithmic" or "linear"."""
        self.loss_axis = axis
        self.chart_changed.emit()

    def set_curve_axis(self, axis: str) -> None:
        """Set "step", "evaluations" or "epoch"."""
        self.curve_axis = axis
        self.chart_changed.emit()

    def set_quantity(self, quantity: str) -> None:
        """Draw a quantity beneath the losses, or nothing where it is ""."""
        self.quantity = quantity
        self.chart_changed.emit()
