"""The buttons over a view: which are there, and where they stand so that they cover no title."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gui.look.theme import SPACING_PX, TICK_ROOM_PX
from gui.views.plot import TITLE_PX
from gui.widgets.icon_button import IconButton
from gui.widgets.segments import Segments

OVERLAY = "overlay"
LAYOUT_TIPS = {
    True: "Side by side: a panel a racer (Ctrl+L)",
    False: "Overlay: all racers in one panel (Ctrl+L)",
}
"""By whether the panels lie over one another now."""
TITLE_PT = 11
LEAST_TITLE_PX = 40
"""Where less of a title would be left beside the buttons, they stand above it."""
GAP_PX = SPACING_PX // 2


class ViewControls:
    """Controls in the upper right corner of `view`.

    Attributes
    ----------
    left : int
        Where they begin.
    head_px : int
        What is to stay free for them above all titles.
    """

    def __init__(
        self, view: QWidget, reset: Callable[[], object], lay_out: Callable[[], object], alone: Callable[[], object]
    ) -> None:
        self._view = view
        self.whole = IconButton("whole", "Show the whole landscape (R)", reset, "over")
        self.layout = IconButton("side by side", LAYOUT_TIPS[True], lay_out, "over")
        self.alone = IconButton("alone", "", alone, "over")
        self.left = self.head_px = 0
        self._controls: list[QWidget] = []
        for number, control in enumerate((self.whole, self.layout, self.alone)):
            self.insert(number, control)

    def insert(self, place: int, control: QWidget) -> None:
        """Insert a control at this place from the left."""
        self._controls.insert(place, control)
        control.setParent(self._view)
        control.show()

    def remove(self, control: QWidget) -> None:
        """Remove it, if it is there."""
        if control in self._controls:
            self._controls.remove(control)

    def show_layout(self, name: str) -> None:
        """Say what the button of the layout leads to."""
        self.layout.show_icon("side by side" if name == OVERLAY else "overlay")
        self.layout.setToolTip(LAYOUT_TIPS[name == OVERLAY])

    def show_alone(self, alone: bool, tip: str) -> None:
        """Say what the button does that leaves a view alone, or brings the other back."""
        self.alone.show_icon("both" if alone else "alone")
        self.alone.setToolTip(tip)
        self.alone.setAccessibleName(tip)

    def raise_(self) -> None:
        """Lie above everything else in the view."""
        for control in self._controls:
            control.raise_()

    def place(self, columns: int | None) -> None:
        """Stand over the only panel (None), or beside the last title of so many columns, or above all titles."""
        inset = SPACING_PX if columns is None else 0
        right = self._view.width() - TICK_ROOM_PX - inset
        room = right if columns is None else self._view.width() // columns - TICK_ROOM_PX - LEAST_TITLE_PX
        # Not isVisible(): the view itself may still have to be shown.
        shown = [control for control in self._controls if not control.isHidden()]
        fixed = sum(control.width() + GAP_PX for control in shown if not isinstance(control, Segments))
        for control in shown:
            if isinstance(control, Segments):
                control.fit(room - fixed - GAP_PX)
        self.left = right - sum(control.width() + GAP_PX for control in shown)
        self.head_px = TITLE_PX if columns is not None and right - self.left > room else 0
        left = self.left + GAP_PX
        for control in shown:
            control.move(left, TICK_ROOM_PX + (inset or (TITLE_PX - control.height()) // 2))
            left += control.width() + GAP_PX
