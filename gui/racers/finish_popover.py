"""The finish popover: how near to the minimum a racer has arrived, and whether the race is held at the end."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout

from engine.live.frame import Frame
from engine.race.arrivals import TOLERANCES
from gui.session.session import Session
from gui.views.curves.minimum_words import minimum_words
from gui.views.curves.number_axes import power_text
from gui.widgets.popover import Popover
from gui.widgets.wheel import ChoiceBox

WIDTH_PX = 340
MEANING = (
    "A racer has arrived once its loss, less the minimum, is at most this share of what it was at the start. "
    "Whoever arrives in fewer steps has the better place, and keeps it; a diamond on the loss curve marks the step."
)
HOLD = "Hold the race once everyone is done"
HOLD_TIP = "Done is who has arrived, has diverged, or moves no more; Play lets the race go on"


class FinishPopover(Popover):
    """Controls of `Session.finish`."""

    def __init__(self, owner: FinishButton, session: Session) -> None:
        super().__init__(owner)
        self._session = session
        self.setFixedWidth(WIDTH_PX)
        heading, meaning, self.minimum = QLabel("Finish"), QLabel(MEANING), QLabel()
        heading.setObjectName("heading")
        for label in (meaning, self.minimum):
            label.setObjectName("muted")
            label.setWordWrap(True)
        self.tolerance = ChoiceBox()
        self.tolerance.setAccessibleName("Tolerance of an arrival")
        for tolerance in TOLERANCES:
            self.tolerance.addItem(written(tolerance), tolerance)
        self.hold = QCheckBox(HOLD)
        self.hold.setToolTip(HOLD_TIP)
        layout = QVBoxLayout(self)
        for widget in (heading, meaning, self.tolerance, self.minimum, self.hold):
            layout.addWidget(widget)
        self.tolerance.activated.connect(lambda: session.set_finish(tolerance=self.tolerance.currentData()))
        self.hold.toggled.connect(lambda holds: session.set_finish(holds=holds))
        session.finish_changed.connect(self._follow)
        self._follow()

    def show_minimum(self, words: str) -> None:
        """Say what the losses are measured from."""
        self.minimum.setText(words)
        self.take_room()

    def _follow(self) -> None:
        finish = self._session.finish
        self.tolerance.setCurrentIndex(TOLERANCES.index(finish.tolerance))
        self.hold.blockSignals(True)
        self.hold.setChecked(finish.holds)
        self.hold.blockSignals(False)


class FinishButton(QPushButton):
    """A button that says how near to the minimum the finish is, and opens the popover."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._words = ""
        self.setAccessibleName("Finish")
        self.clicked.connect(self.open_popover)
        session.finish_changed.connect(self._follow)
        self._follow()

    def open_popover(self) -> FinishPopover:
        """Open the controls; return them."""
        popover = FinishPopover(self, self._session)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popover.show_minimum(self._words)
        popover.open(popover.tolerance)
        return popover

    def show_frame(self, frame: Frame) -> None:
        """Say in the tooltip what the losses are measured from."""
        words = minimum_words(frame.minimum, frame.minimum_is_known)
        if words != self._words:
            self._words = words
            self._follow()

    def _follow(self) -> None:
        finish = self._session.finish
        self.setText(f"Finish {written(finish.tolerance)}")
        held = "the race is held once everyone is done" if finish.holds else "the race goes on when everyone is done"
        self.setToolTip(
            f"A racer has arrived once its loss, less the minimum, is at most {written(finish.tolerance)} of what it "
            f"was at the start; {held}. {self._words}".strip()
        )


def written(tolerance: float) -> str:
    """Return a tolerance as a person reads it: 0.01, 10⁻⁶."""
    return power_text(math.log10(tolerance))
