"""A function of the user's own in the place of a formula: its name, its file, how its slopes are found."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from engine.live.frame import FormulaState
from engine.own.function_location import FunctionLocation
from gui.widgets.elided_label import ElidedLabel

SLOPES = {
    "given": "by the gradient that comes with it",
    "complex step": "exact to rounding, as far as a trial shows",
    "differences": "by differences, good to some eight digits",
}
BACK = "Back to the formula"


class FunctionCard(QFrame):
    """What there is to know of a function that cannot be edited here.  `left` asks for the formula before."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("A function of your own")
        self.name, self.slopes, self.remark = QLabel(), QLabel(), ElidedLabel()
        self.slopes.setObjectName("muted")
        self.remark.setObjectName("muted")
        self.back = QToolButton(text=BACK)
        self.back.setObjectName("offer")
        self.back.clicked.connect(self.left)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 4, 4)
        layout.setSpacing(16)
        layout.addWidget(self.name)
        layout.addWidget(self.slopes)
        layout.addWidget(self.remark, 1)
        layout.addWidget(self.back)
        self.hide()

    def show_place(self, place: FunctionLocation | None) -> None:
        """Show which function it is; nothing where it is a formula."""
        self.setVisible(place is not None)
        if place is not None:
            self.name.setText(place.label)
            self.name.setToolTip(place.path)

    def show_state(self, state: FormulaState) -> None:
        """Show how the slopes are found, and what is to be known."""
        self.slopes.setText(f"slopes: {state.slopes}")
        self.slopes.setToolTip(f"The slopes are found {SLOPES.get(state.slopes, 'exactly')}.")
        if self.remark.text() != state.remark:
            self.remark.setText(state.remark)
            self.remark.setToolTip(state.remark)
