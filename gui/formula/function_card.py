"""What the formula bar shows for a Python function: its name, its file, and how its derivatives are computed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from engine.live.frame import FormulaState
from engine.own.function_location import FunctionLocation
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.text_button import TextButton

SLOPES = {
    "given": "by the gradient that comes with it",
    "complex step": "exact to rounding, as far as a trial shows",
    "differences": "by differences, good to some eight digits",
}
BACK = "Back to the formula"


class FunctionCard(QFrame):
    """A function, which cannot be edited here.  `left` is emitted to ask for the earlier formula."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("A function of your own")
        self.name, self.slopes, self.remark = QLabel(), QLabel(), ElidedLabel()
        self.slopes.setObjectName("muted")
        self.remark.setObjectName("muted")
        self.back = TextButton(BACK, "offer")
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
        """Show the name and file of a function; hide the card where the loss is a formula."""
        self.setVisible(place is not None)
        if place is not None:
            self.name.setText(place.label)
            self.name.setToolTip(place.path)

    def show_state(self, state: FormulaState) -> None:
        """Show how the derivatives are computed, and the remark of the function's loss."""
        self.slopes.setText(f"slopes: {state.slopes}")
        self.slopes.setToolTip(f"The slopes are found {SLOPES.get(state.slopes, 'exactly')}.")
        if self.remark.text() != state.remark:
            self.remark.setText(state.remark)
            self.remark.setToolTip(state.remark)
