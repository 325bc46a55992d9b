"""The buttons over a view, and their layout, which covers no title."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.look.theme import SPACING_PX, TICK_ROOM_PX, Theme
from gui.views.plot import TITLE_PX
from gui.widgets.icon_button import IconButton
from gui.widgets.segments import Segments

OVERLAY = "overlay"
OF_MENUS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
"""Modifiers with which a key belongs to the menus or to the desktop, and so does nothing in a view."""
LAYOUT_TIPS = {
    True: "Side by side: a panel a racer (Ctrl+L)",
    False: "Overlay: all racers in one panel (Ctrl+L)",
}
"""The tool tip of the layout button, by whether all racers share one panel now."""
FILL_TIPS = {
    False: "Fill the window with this view (F, or a double click beside the landscape)",
    True: "Show the other panes again (F)",
}
"""The tool tip of the last button, by whether the view fills the window."""
TITLE_PT, LARGEST_TITLE_PT = 11, 18
"""Of the names of racers above their panels: on a desk, and at the most, which is as high as their line."""
LEAST_TITLE_PX = 84
"""Least width of a title beside the buttons; if less would be left, the buttons are placed above the titles."""
GAP_PX = SPACING_PX // 2


def title_points(theme: Theme) -> int:
    """Return the size of the names above panels, in points."""
    return min(round(TITLE_PT * theme.magnification), LARGEST_TITLE_PT)


class ViewControls:
    """Controls in the upper right corner of `view`.

    Attributes
    ----------
    left : int
        The x coordinate of the left end of the controls.
    head_px : int
        Height that stays free for the controls above all titles; 0 if they lie beside one.
    """

    def __init__(
        self,
        view: QWidget,
        reset: Callable[[], object],
        lay_out: Callable[[], object],
        alone: Callable[[], object],
        fill: Callable[[], object],
    ) -> None:
        self._view = view
        self.fill = IconButton("fill", FILL_TIPS[False], fill, "over")
        self.whole = IconButton("whole", "Show the whole landscape (R)", reset, "over")
        self.layout = IconButton("side by side", LAYOUT_TIPS[True], lay_out, "over")
        self.alone = IconButton("alone", "", alone, "over")
        self.left = self.head_px = 0
        self._controls: list[QWidget] = []
        self._bare, self._put_away = False, set[QWidget]()
        for number, control in enumerate((self.whole, self.layout, self.alone, self.fill)):
            self.insert(number, control)

    def hide(self) -> None:
        """Hide all controls until they are placed again, for a picture."""
        for control in self._controls:
            control.hide()

    def set_bare(self, bare: bool) -> None:
        """Show no controls, or those again that were shown before; then place them."""
        self._bare = bare
        for control in () if bare else self._put_away:
            control.show()
        self._put_away.clear()

    def insert(self, place: int, control: QWidget) -> None:
        """Insert a control at this place from the left."""
        self._controls.insert(place, control)
        control.setParent(self._view)
        control.show()

    def remove(self, control: QWidget) -> None:
        """Remove a control, if it is there."""
        if control in self._controls:
            self._controls.remove(control)
            if control in self._put_away:
                self._put_away.remove(control)
                control.show()

    def show_layout(self, name: str) -> None:
        """Show on the layout button the layout that a click leads to; `name` is the current one."""
        self.layout.show_icon("side by side" if name == OVERLAY else "overlay")
        self.layout.setToolTip(LAYOUT_TIPS[name == OVERLAY])

    def show_alone(self, alone: bool, tip: str) -> None:
        """Show on the last button what a click does: hide the other view, or if this one is `alone`, show both."""
        self.alone.show_icon("both" if alone else "alone")
        self.alone.setToolTip(tip)
        self.alone.setAccessibleName(tip)

    def show_filling(self, filling: bool) -> None:
        """Show whether the view fills the window; there is no other view to show then."""
        self.fill.show_icon("unfill" if filling else "fill")
        self.fill.setToolTip(FILL_TIPS[filling])
        self.fill.setAccessibleName(FILL_TIPS[filling])
        self.alone.setVisible(not filling)

    def raise_(self) -> None:
        """Raise the controls above everything else in the view."""
        for control in self._controls:
            control.raise_()

    def place(self, columns: int | None) -> None:
        """Place the controls over the only panel (`columns` None), or beside the title of the last of so many columns.

        Where that title would be left too little room, they are placed above all titles.
        """
        inset = SPACING_PX if columns is None else 0
        right = self._view.width() - TICK_ROOM_PX - inset
        room = right if columns is None else self._view.width() // columns - TICK_ROOM_PX - LEAST_TITLE_PX
        if self._bare:
            self._put_away |= {control for control in self._controls if not control.isHidden()}
            self.hide()
            self.left, self.head_px = right, 0
            return
        # Not isVisible(), which is False while the view itself has not been shown yet.
        shown = [control for control in self._controls if not control.isHidden() and control is not self.fill]
        # A key and a double click fill the window too, so this button goes first where room is short.
        fits = sum(control.width() + GAP_PX for control in (*shown, self.fill)) <= room
        self.fill.setVisible(fits or columns is None)
        shown += [self.fill] if fits or columns is None else []
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
